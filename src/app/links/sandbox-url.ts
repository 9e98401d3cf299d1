/**
 * Place <-> address, of a sandbox:
 * #/sandbox?masters=3&replicas=1&timeout=5000&seed=42&do=…&do=…&at=…
 * A long one is packed: #/sandbox?z=1.DATA, which packed-link.ts reads.
 */
import { TEACHING_SWITCHES } from '../../protocol/teaching-switches';
import { printView, readView } from './link-view';
import {
  BARE_SANDBOX,
  MOMENTS,
  MOST_NODES,
  SCENE_TEXTS,
  topologyProblem,
  type Place,
  type Range,
  type SandboxPlace,
  type SceneTexts,
} from './place';
import { readable, wholeNumber, wrong } from './url-words';

const RANGES = {
  masters: { least: 1, most: MOST_NODES },
  replicas: { least: 0, most: 10 },
  spare: { least: 0, most: 10 },
  timeout: { least: 100, most: 600_000 },
  seed: { least: 0, most: 4_294_967_295 },
  at: MOMENTS,
  event: { least: 0, most: 1_000_000_000 },
} as const satisfies Record<string, Range>;

const KNOWN: readonly string[] = [
  ...Object.keys(RANGES),
  ...SCENE_TEXTS,
  ...['do', 'switches', 'hash', 'lang', 'as', 'open', 'tab', 'speed', 'show', 'view'],
];

/** The sandbox an address asks for. */
export function sandboxPlace(params: URLSearchParams): Place {
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
