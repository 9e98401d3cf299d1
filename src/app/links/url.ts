/**
 * Place <-> address. A place is a page with all it needs to be the same picture again.
 * #/ · #/reference?q=TEXT · #/lesson/SLUG?step=ID&at=MS&as=NODE · #/lesson/SLUG/handout
 * #/own?z=1.DATA&step=ID · #/sandbox?masters=3&replicas=1&timeout=5000&seed=42&do=…&do=…&at=…
 * A long one is packed: #/sandbox?z=1.DATA, which packed-link.ts reads.
 */
import { DEFAULT_SCENE } from '../../kernel/scene';
import { TEACHING_SWITCHES, type TeachingSwitch } from '../../protocol/teaching-switches';
import { printView, readView, type LinkView } from './link-view';

export type Place =
  | { readonly page: 'home' }
  | ({ readonly page: 'lesson'; readonly slug: string; readonly step: string | null } & LessonLook)
  | { readonly page: 'reference'; readonly query: string }
  | { readonly page: 'paper'; readonly slug: string; readonly paper: Paper | typeof PRESENTER }
  /** A lesson from the reader's own files, packed into the link. */
  | { readonly page: 'own'; readonly packed: string; readonly step: string | null }
  | ({ readonly page: 'sandbox' } & SandboxPlace)
  /** Real processes; the key to their bridge, if the address has it. */
  | { readonly page: 'live'; readonly token: string | null }
  | { readonly page: 'recording' }
  /** A long link, still to be unpacked. */
  | { readonly page: 'packed'; readonly packed: string }
  | { readonly page: 'wrong'; readonly problem: Problem };

/** A moment of the step, for a link that shows something in it. */
export interface LessonLook {
  readonly atMs?: number;
  readonly view?: LinkView;
}

/** What of a lesson can be printed. */
export const PAPERS = ['reference', 'handout', 'key', 'notes'] as const;
export type Paper = (typeof PAPERS)[number];
/** The page beside a projector: what comes next and what to say. */
export const PRESENTER = 'presenter';

/** What else a scene may have, as it stands in the address; scene-texts.ts reads it. */
const SCENE_TEXTS = [
  'start',
  'latency',
  'ports',
  'copies',
  'host',
  'published',
  'outside',
] as const;
export type SceneTexts = Readonly<Partial<Record<(typeof SCENE_TEXTS)[number], string>>>;

export interface SandboxPlace {
  readonly masters: number;
  readonly replicas: number;
  /** Processes more, which know nobody; none unless given. */
  readonly spare?: number;
  readonly timeoutMs: number;
  readonly seed: number;
  /** Rules of Redis this cluster does without; none unless given. */
  readonly switches?: readonly TeachingSwitch[];
  /** Ports, network and the like; none unless given. */
  readonly scene?: SceneTexts;
  /** What was done, as sentences with their times: `at 4200ms freeze 8901`. */
  readonly deeds: readonly string[];
  /** Where to stand; null for the beginning. */
  readonly atMs: number | null;
  /** After which kernel step, where several share that instant and the last is not meant. */
  readonly step?: number;
  /** The first characters of the hash of the world there: whether it is still the same run. */
  readonly hash?: string;
  readonly view?: LinkView;
  /** Parts of the address that say nothing this page knows. */
  readonly unknown?: readonly string[];
}

/** What is wrong with an address, in facts; the words are made where it is shown. */
export type Problem =
  | ({ readonly kind: 'page'; readonly found: string } & Misspelt)
  | ({ readonly kind: 'lesson'; readonly found: string } & Misspelt)
  | ({ readonly kind: 'number'; readonly name: string; readonly found: string } & Range)
  | { readonly kind: 'few-masters'; readonly nodes: number; readonly replicas: number }
  | { readonly kind: 'many-nodes'; readonly nodes: number; readonly most: number }
  /** `rest` is the same place without the sentences that cannot be read. */
  | {
      readonly kind: 'sentence';
      readonly found: string;
      readonly why: string;
      readonly rest?: SandboxPlace;
    }
  /** A packed link; `version` is one that this page does not know, else it is damaged. */
  | { readonly kind: 'packed'; readonly version: string | null };

/** A word nobody knows, and those that would be known. */
interface Misspelt {
  readonly word: string;
  readonly known: readonly string[];
}

interface Range {
  readonly least: number;
  readonly most: number;
}

export const MOST_NODES = 300;
const RANGES = {
  masters: { least: 1, most: MOST_NODES },
  replicas: { least: 0, most: 10 },
  spare: { least: 0, most: 10 },
  timeout: { least: 100, most: 600_000 },
  seed: { least: 0, most: 4_294_967_295 },
  at: { least: 0, most: 3_600_000 },
  event: { least: 0, most: 1_000_000_000 },
} as const satisfies Record<string, Range>;

const KNOWN: readonly string[] = [
  ...Object.keys(RANGES),
  ...SCENE_TEXTS,
  ...['do', 'switches', 'hash', 'lang', 'as', 'open', 'tab', 'speed', 'show', 'view'],
];

export const BARE_SANDBOX: SandboxPlace = {
  masters: DEFAULT_SCENE.masters,
  replicas: DEFAULT_SCENE.replicasPerMaster,
  timeoutMs: DEFAULT_SCENE.nodeTimeoutMs,
  seed: 42,
  deeds: [],
  atMs: null,
};

/** The pages one can ask for by name. */
const PAGES = ['lesson', 'sandbox', 'live', 'reference'];

/** The place an address names. Never throws: what cannot be read is a place of its own. */
export function placeOf(hash: string, slugs: readonly string[]): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const words = path.split('/').filter((word) => word !== '');
  const params = new URLSearchParams(query);
  if (words.length === 0) return { page: 'home' };
  if (words[0] === 'lesson' && words.length <= 3) return lessonPlace(words, params, slugs);
  if (words[0] === 'own' && params.has('z')) {
    return { page: 'own', packed: params.get('z')!, step: params.get('step') };
  }
  if (words[0] === 'sandbox' && words.length === 1) return sandboxPlace(params);
  if (words[0] === 'live') return { page: 'live', token: params.get('token') };
  if (words[0] === 'reference') return { page: 'reference', query: params.get('q') ?? '' };
  if (words[0] === 'recording') return { page: 'recording' };
  return wrong({ kind: 'page', found: path, word: words[0]!, known: PAGES });
}

function lessonPlace(
  [, slug, paper]: readonly string[],
  params: URLSearchParams,
  slugs: readonly string[],
): Place {
  if (slug === undefined) return { page: 'home' };
  const found = ([...PAPERS, PRESENTER] as const).find((name) => name === paper);
  if (slugs.includes(slug)) {
    return found ? { page: 'paper', slug, paper: found } : lessonAt(slug, params);
  }
  const name = decode(slug);
  return wrong({ kind: 'lesson', found: name, word: name, known: slugs });
}

function lessonAt(slug: string, params: URLSearchParams): Place {
  const place = { page: 'lesson', slug, step: params.get('step') } as const;
  const atMs = wholeNumber(params.get('at') ?? '', RANGES.at);
  return Number.isNaN(atMs) ? place : { ...place, atMs, view: readView(params).view };
}

function sandboxPlace(params: URLSearchParams): Place {
  const packed = params.get('z');
  if (packed !== null) return { page: 'packed', packed };
  const numbers: Record<string, number | null> = {};
  for (const [name, range] of Object.entries(RANGES)) {
    const text = params.get(name);
    const value = text === null ? null : wholeNumber(text, range);
    if (Number.isNaN(value)) return wrong({ kind: 'number', name, found: text ?? '', ...range });
    numbers[name] = value;
  }
  const masters = numbers['masters'] ?? BARE_SANDBOX.masters;
  const replicas = numbers['replicas'] ?? BARE_SANDBOX.replicas;
  const problem = topologyProblem(masters, replicas);
  if (problem !== null) return wrong(problem);
  return {
    page: 'sandbox',
    masters,
    replicas,
    ...(numbers['spare'] ? { spare: numbers['spare'] } : {}),
    timeoutMs: numbers['timeout'] ?? BARE_SANDBOX.timeoutMs,
    seed: numbers['seed'] ?? BARE_SANDBOX.seed,
    deeds: params
      .getAll('do')
      .map((deed) => deed.trim())
      .filter((deed) => deed !== ''),
    atMs: numbers['at'] ?? null,
    ...switchesOf(params),
    ...sceneTextsOf(params),
    ...lookOf(params, numbers['event'] ?? null),
  };
}

const switchWords = (params: URLSearchParams): string[] => params.get('switches')?.split(',') ?? [];

function switchesOf(params: URLSearchParams): Pick<SandboxPlace, 'switches'> {
  const words = switchWords(params);
  const switches = TEACHING_SWITCHES.filter((one) => words.includes(one));
  return switches.length === 0 ? {} : { switches };
}

function sceneTextsOf(params: URLSearchParams): Pick<SandboxPlace, 'scene'> {
  const texts = SCENE_TEXTS.flatMap((name) => (params.has(name) ? [[name, params.get(name)]] : []));
  return texts.length === 0 ? {} : { scene: Object.fromEntries(texts) as SceneTexts };
}

const strangeSwitches = (params: URLSearchParams): string[] =>
  switchWords(params)
    .filter((word) => !(TEACHING_SWITCHES as readonly string[]).includes(word))
    .map((word) => `switches=${word}`);

/** The rest of a sandbox's address: where exactly, and how it is looked at. */
function lookOf(params: URLSearchParams, step: number | null): Partial<SandboxPlace> {
  const hash = params.get('hash');
  const { view, unknown } = readView(params);
  const strangers = [...new Set(params.keys())].filter((name) => !KNOWN.includes(name));
  const notRead = [...unknown, ...strangers, ...strangeSwitches(params)];
  return {
    ...(step === null ? {} : { step }),
    ...(hash !== null && /^[0-9a-f]{4,16}$/.test(hash) ? { hash } : {}),
    ...(Object.keys(view).length === 0 ? {} : { view }),
    ...(notRead.length === 0 ? {} : { unknown: notRead }),
  };
}

/** What redis-cli --cluster create would refuse, or this page could not draw; else null. */
export function topologyProblem(masters: number, replicas: number): Problem | null {
  const nodes = masters * (1 + replicas);
  if (masters < 3) return { kind: 'few-masters', nodes, replicas };
  if (nodes > MOST_NODES) return { kind: 'many-nodes', nodes, most: MOST_NODES };
  return null;
}

/** The address of a place; reading it back gives the same place. */
export function hashOf(place: Place): string {
  if (place.page === 'lesson') {
    const { slug, step, atMs, view = {} } = place;
    const look = atMs === undefined ? [] : [`at=${atMs}`, ...printView(view)];
    return `#/lesson/${slug}${step === null ? '' : `?${[`step=${step}`, ...look].join('&')}`}`;
  }
  if (place.page === 'reference') {
    return `#/reference${place.query === '' ? '' : `?q=${readable(place.query)}`}`;
  }
  if (place.page === 'paper') return `#/lesson/${place.slug}/${place.paper}`;
  if (place.page === 'own') {
    return `#/own?z=${place.packed}${place.step === null ? '' : `&step=${place.step}`}`;
  }
  if (place.page === 'sandbox') return `#/sandbox?${sandboxQuery(place)}`;
  if (place.page === 'packed') return `#/sandbox?z=${place.packed}`;
  return '#/';
}

/** The part of a sandbox's address after the question mark. */
export function sandboxQuery(place: SandboxPlace): string {
  const parts = [
    `masters=${place.masters}`,
    `replicas=${place.replicas}`,
    ...(place.spare ? [`spare=${place.spare}`] : []),
    `timeout=${place.timeoutMs}`,
    `seed=${place.seed}`,
    ...(place.switches ? [`switches=${place.switches.join(',')}`] : []),
  ];
  for (const [name, text] of Object.entries(place.scene ?? {}))
    parts.push(`${name}=${readable(text)}`);
  for (const deed of place.deeds) parts.push(`do=${readable(deed)}`);
  if (place.atMs !== null) parts.push(`at=${Math.round(place.atMs)}`);
  if (place.step !== undefined) parts.push(`event=${place.step}`);
  if (place.view !== undefined) parts.push(...printView(place.view));
  if (place.hash !== undefined) parts.push(`hash=${place.hash}`);
  return parts.join('&');
}

/** Escapes only what would end the value, so that a person can read the link. */
function readable(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%3A', ':');
}

function wholeNumber(text: string, { least, most }: Range): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : Number.NaN;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wrong(problem: Problem): Place {
  return { page: 'wrong', problem };
}
