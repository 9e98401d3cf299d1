/**
 * The rest of a scene as texts of an address, and back: what a plain cluster has not.
 * start=empty · latency=20-30 · ports=8901,8900,8902 · copies=8906:8905 ·
 * host=203.0.113.10,172.17.0.1,172.17.0.5
 * (host, bridge, first container) · published=8901-8906,18901 · outside=c2
 */
import { DEFAULT_SCENE, type Scene, type SceneNetwork } from '../../kernel/scene';
import { isIpAddress } from '../../protocol/ip-address';
import type { SandboxPlace, SceneTexts } from './place';

type SceneRest = Pick<Partial<Scene>, 'start' | 'latencyMs' | 'ports' | 'network' | 'copies'>;

const MOST_PORT = 65_535;
/** A node's bus port has to be one, too. */
const MOST_NODE_PORT = 22_767;
const LEAST_PORT = 1_024;
const MOST_LATENCY_MS = 60_000;

/** What of a scene is not as it is everywhere. */
export function textsOfScene(scene: Scene): Pick<SandboxPlace, 'scene'> {
  const { start, latencyMs, ports, network, copies } = scene;
  const { min, max } = latencyMs;
  const isUsual = min === DEFAULT_SCENE.latencyMs.min && max === DEFAULT_SCENE.latencyMs.max;
  const texts: SceneTexts = {
    ...(start === DEFAULT_SCENE.start ? {} : { start }),
    ...(isUsual ? {} : { latency: `${min}-${max}` }),
    ...(ports ? { ports: ports.join() } : {}),
    ...(copies ? { copies: printCopies(copies) } : {}),
    ...(network ? textsOfNetwork(network) : {}),
  };
  return Object.keys(texts).length === 0 ? {} : { scene: texts };
}

function textsOfNetwork(network: SceneNetwork): SceneTexts {
  const { hostIp, bridgeIp, firstContainerIp, publishedPorts, outside } = network;
  return {
    host: [hostIp, bridgeIp, firstContainerIp].join(),
    ...(publishedPorts.length > 0 ? { published: rangesOf(publishedPorts).join() } : {}),
    ...(outside.length > 0 ? { outside: outside.join() } : {}),
  };
}

/** 8901, 8902, 8903, 18901 as 8901-8903 and 18901. */
export function rangesOf(ports: readonly number[]): string[] {
  const ranges: [first: number, last: number][] = [];
  for (const port of ports.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && port <= range[1] + 1) range[1] = port;
    else ranges.push([port, port]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
}

/** What texts say of a scene, and those that say nothing. */
export function sceneOfTexts(place: Pick<SandboxPlace, 'masters' | 'replicas' | 'scene'>): {
  readonly scene: SceneRest;
  readonly unread: readonly string[];
} {
  const texts = place.scene ?? {};
  const nodes = place.masters * (1 + place.replicas);
  const read: Record<string, SceneRest | null> = {
    start: texts.start === 'empty' || texts.start === 'create' ? { start: texts.start } : null,
    latency: latencyOf(texts.latency),
    ports: portsOf(texts.ports, nodes),
    copies: copiesOf(texts.copies),
    host: networkOf(texts),
  };
  const names = Object.keys(texts).filter((name) => (read[name] ?? null) === null);
  const known = texts.host && read['host'] ? ['published', 'outside'] : [];
  return {
    scene: Object.assign({}, ...Object.values(read)) as SceneRest,
    unread: names.filter((name) => !known.includes(name)),
  };
}

function latencyOf(text = ''): SceneRest | null {
  const [, min, max] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const latencyMs = { min: Number(min), max: Number(max) };
  return latencyMs.min <= latencyMs.max && latencyMs.max <= MOST_LATENCY_MS ? { latencyMs } : null;
}

const isPort = (port: number): boolean =>
  Number.isInteger(port) && port >= LEAST_PORT && port <= MOST_PORT;

/** Each node has one, and none is given twice. */
function portsOf(text = '', nodes: number): SceneRest | null {
  const ports = text.split(',').map(Number);
  const areGood = ports.every((port) => isPort(port) && port <= MOST_NODE_PORT);
  return areGood && ports.length === nodes && new Set(ports).size === nodes ? { ports } : null;
}

const printCopies = (copies: NonNullable<Scene['copies']>): string =>
  Object.entries(copies)
    .map((pair) => pair.join(':'))
    .join();

/** Who starts with a copy of whose nodes.conf: 8906:8905. */
function copiesOf(text = ''): SceneRest | null {
  const pairs = text.split(',').map((pair) => pair.split(':'));
  const areGood = pairs.every((pair) => pair.length === 2 && pair.every((p) => isPort(Number(p))));
  return areGood ? { copies: Object.fromEntries(pairs) as Record<string, string> } : null;
}

function networkOf({ host = '', published, outside }: SceneTexts): SceneRest | null {
  const addresses = host.split(',');
  const publishedPorts = published === undefined ? [] : portsInRanges(published);
  if (addresses.length !== 3 || !addresses.every(isIpAddress) || !publishedPorts) return null;
  const [hostIp, bridgeIp, firstContainerIp] = addresses as [string, string, string];
  const names = outside?.split(',').filter((name) => /^\w+$/.test(name)) ?? [];
  return { network: { hostIp, bridgeIp, firstContainerIp, publishedPorts, outside: names } };
}

function portsInRanges(text: string): number[] | null {
  const ranges = text.split(',').map((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return { first, last };
  });
  if (!ranges.every(({ first, last }) => isPort(first) && isPort(last))) return null;
  return ranges.flatMap(({ first, last }) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i),
  );
}
