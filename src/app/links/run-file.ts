/**
 * A run as a file: what a link holds, for runs too long for one; and, when exported, all that
 * happened besides. docs/run-file.md documents every field.
 */
import type { TimedInput } from '../../kernel/inputs';
import type { RecordedNote } from '../../protocol/notes';
import type { TeachingSwitch } from '../../protocol/teaching-switches';
import type { Beat, MessageTrace } from '../../timeline/cluster-source';
import type { futures } from '../../words/en/futures';
import type { Bench } from '../bench.svelte';
import { printView, readView } from './link-view';
import type { Session } from '../session.svelte';
import { lookedAtPlaceOf } from './share';
import type { Problem, SandboxPlace, SceneTexts } from './place';
import { hashOf, placeOf } from './url';

export const RUN_FILE_VERSION = 1;
/** Longer than a link, shorter than a film: no run of this page is larger. */
export const MOST_BYTES = 200_000_000;

export interface RunFile {
  /** The version of this format. */
  readonly slotscope: number;
  readonly masters: number;
  readonly replicas: number;
  readonly spare: number;
  readonly timeoutMs: number;
  readonly seed: number;
  readonly switches: readonly string[];
  readonly scene: SceneTexts;
  readonly deeds: readonly string[];
  readonly atMs: number | null;
  readonly step: number | null;
  readonly hash: string | null;
  readonly view: string;
}

/** A run file with what happened; it opens as any other. */
export interface ExportedRun extends RunFile {
  readonly untilMs: number;
  readonly inputs: readonly TimedInput[];
  readonly beats: readonly Pick<Beat, 'atMs' | 'step' | 'kind'>[];
  readonly notes: readonly RecordedNote[];
  readonly messages: readonly MessageTrace[];
}

export type FileProblem =
  | { readonly kind: 'not-json' | 'no-run' | 'too-large' }
  | { readonly kind: 'newer'; readonly found: number }
  | { readonly kind: 'field'; readonly field: string; readonly expected: 'number' | 'texts' }
  | { readonly kind: 'place'; readonly problem: Problem };

/** The run on the stage, as a file. */
export function runFileOf(session: Session, bench: Bench): RunFile {
  const {
    step,
    hash,
    view,
    unknown: _,
    spare,
    switches,
    scene,
    ...rest
  } = lookedAtPlaceOf(session, bench);
  return {
    slotscope: RUN_FILE_VERSION,
    ...rest,
    spare: spare ?? 0,
    switches: switches ?? [],
    scene: scene ?? {},
    step: step ?? null,
    hash: hash ?? null,
    view: printView(view ?? {}).join('&'),
  };
}

/** The same with all that is known of the future on the stage. */
export function exportedRunOf(session: Session, bench: Bench): ExportedRun {
  const { source } = session;
  return {
    ...runFileOf(session, bench),
    untilMs: source.computedUntilMs,
    inputs: source.inputs,
    beats: source.beats().map(({ atMs, step, kind }) => ({ atMs, step, kind })),
    notes: source.notes(),
    messages: source.messages(0, source.computedUntilMs),
  };
}

/** The place a file holds, or what is wrong with it. Never throws. */
export function readRunFile(text: string): SandboxPlace | FileProblem {
  const fields = parsed(text);
  if (fields === null) return { kind: 'not-json' };
  const version = fields['slotscope'];
  if (typeof version !== 'number') return { kind: 'no-run' };
  if (version > RUN_FILE_VERSION) return { kind: 'newer', found: version };
  const wrong = wrongField(fields);
  if (wrong !== null) return wrong;
  // A file may say no more than a link; the link's own reader knows what is allowed.
  const place = placeOf(hashOf({ page: 'sandbox', ...placeIn(fields) }), []);
  if (place.page === 'sandbox') {
    const { page: _, ...sandbox } = place;
    return sandbox;
  }
  const problem: Problem =
    place.page === 'wrong' ? place.problem : { kind: 'packed', version: null };
  return { kind: 'place', problem };
}

/** What is wrong with a file, in a sentence. */
export function fileProblemText(
  problem: Exclude<FileProblem, { kind: 'place' }>,
  name: string,
  words: (typeof futures)['save'],
): string {
  return `${words.wrongFile(name)}${words.because(reasonOf(problem, words))}`;
}

function reasonOf(
  problem: Exclude<FileProblem, { kind: 'place' }>,
  words: (typeof futures)['save'],
): string {
  switch (problem.kind) {
    case 'not-json':
      return words.notJson;
    case 'too-large':
      return words.tooLarge(MOST_BYTES / 1_000_000);
    case 'no-run':
      return words.noRun;
    case 'newer':
      return words.newer(problem.found, RUN_FILE_VERSION);
    case 'field':
      return words.missing(problem.field, words.kinds[problem.expected]);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

const NUMBERS = ['masters', 'replicas', 'timeoutMs', 'seed'] as const;

function wrongField(fields: Fields): FileProblem | null {
  const field = NUMBERS.find((name) => typeof fields[name] !== 'number');
  if (field !== undefined) return { kind: 'field', field, expected: 'number' };
  const { deeds } = fields;
  const areTexts = Array.isArray(deeds) && deeds.every((deed) => typeof deed === 'string');
  return areTexts ? null : { kind: 'field', field: 'deeds', expected: 'texts' };
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null;

function placeIn(fields: Fields): SandboxPlace {
  const { masters, replicas, timeoutMs, seed, deeds, spare, atMs, step, hash, view, switches } =
    fields;
  const { view: looked } = readView(new URLSearchParams(typeof view === 'string' ? view : ''));
  return {
    masters: masters as number,
    replicas: replicas as number,
    ...(typeof spare === 'number' && spare !== 0 ? { spare } : {}),
    timeoutMs: timeoutMs as number,
    seed: seed as number,
    deeds: deeds as string[],
    ...(Array.isArray(switches) && switches.length > 0
      ? { switches: switches as TeachingSwitch[] }
      : {}),
    ...(isRecord(fields['scene']) ? { scene: fields['scene'] as SceneTexts } : {}),
    atMs: typeof atMs === 'number' ? atMs : null,
    ...(typeof step === 'number' ? { step } : {}),
    ...(typeof hash === 'string' ? { hash } : {}),
    view: looked,
  };
}
