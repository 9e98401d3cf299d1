/**
 * One frame as one line of JSON, and back. `totlen` and `ver` are printed for the reader; on the
 * way back they may be left out, and must be right where they are there.
 */
import * as v from 'valibot';
import { nearestWord } from '../lesson/nearest-word';
import type { BusFrame } from '../protocol/wire/bus-frame';
import { decodeFrame } from '../protocol/wire/decode-frame';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { VERSION } from '../protocol/wire/layout';
import { printRefusal } from '../protocol/wire/refusal';
import { FRAME_SCHEMAS, UNKNOWN_FRAME_SCHEMA } from './frame-schema';

/** A line without its line feed. */
export function printFrameLine(frame: BusFrame, totlen: number): string {
  const { type, ...rest } = frame;
  return JSON.stringify({ type, totlen, ver: VERSION, ...rest });
}

export type ParsedLine =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** One sentence: where, what was found, what is expected. */
  | { readonly ok: false; readonly sentence: string };

/** The bytes of the frame a line tells of. */
export function parseFrameLine(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return wrong(`this is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong(`found ${show(value)}; expected one JSON object, a frame`);
  }
  return parseFrame(value);
}

const wrong = (sentence: string): ParsedLine => ({ ok: false, sentence });

const isNamed = (type: unknown): type is keyof typeof FRAME_SCHEMAS =>
  typeof type === 'string' && Object.hasOwn(FRAME_SCHEMAS, type);

function parseFrame(value: object): ParsedLine {
  const { type } = value as { type?: unknown };
  const schema = isNamed(type) ? FRAME_SCHEMAS[type] : UNKNOWN_FRAME_SCHEMA;
  if (typeof type !== 'number' && !isNamed(type)) return wrong(typeSentence(type));
  const result = v.safeParse(schema, value, { abortEarly: false });
  if (!result.success) return wrong(issueSentence(result.issues, value));
  const { totlen, ver: _, ...frame } = result.output;
  return checked(frame, totlen);
}

/** What redis-server would refuse, or read otherwise, is not written. */
function checked(frame: BusFrame, totlen: number | undefined): ParsedLine {
  const bytes = encodeFrame(frame);
  if (totlen !== undefined && totlen !== bytes.length) {
    const expected = `${bytes.length}, the length of this frame, or no totlen at all`;
    return wrong(`totlen is ${totlen}; expected ${expected}`);
  }
  const decoded = decodeFrame(bytes);
  if (decoded.ok) return { ok: true, bytes };
  return wrong(`redis-server would refuse this frame at ${printRefusal(decoded.refusal)}`);
}

function typeSentence(type: unknown): string {
  const known = Object.keys(FRAME_SCHEMAS);
  const nearest = typeof type === 'string' ? nearestWord(type, known) : null;
  const hint = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  return `type is ${show(type)}; expected one of ${known.join(', ')}, or a number above 10.${hint}`;
}

type Issue = v.BaseIssue<unknown>;

/** The one to mend first: a misspelt name is often why another is missing. */
function issueSentence(issues: readonly Issue[], value: object): string {
  const isMissing = (issue: Issue) => issue.type === 'strict_object' && issue.expected !== 'never';
  const isUnknown = (issue: Issue) => issue.expected === 'never';
  const issue = issues.find(isUnknown) ?? issues[0]!;
  const path = (issue.path ?? []).map((item) => String(item.key));
  const name = path.join('.');
  if (isUnknown(issue)) {
    const missing = issues.filter(isMissing).map((other) => String(other.path?.at(-1)?.key));
    return unknownSentence(name, path.at(-1)!, missing, value);
  }
  if (isMissing(issue)) return `${name} is missing`;
  return `${name} is ${show(issue.input)}; expected ${issue.message}`;
}

function unknownSentence(name: string, word: string, missing: string[], value: object): string {
  const nearest = nearestWord(word, [...missing, ...OPTIONAL]);
  const hint = nearest === null || nearest in value ? '' : ` Did you mean "${nearest}"?`;
  return `${name} is no field of this frame.${hint}`;
}

const OPTIONAL = ['totlen', 'ver', 'count', 'extensionCount', 'notused1', 'unused'];

const MOST_SHOWN = 80;
function show(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'missing';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
