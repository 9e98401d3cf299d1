/**
 * What the bridge mends by itself, at times known beforehand: with that an episode is whole before
 * it is over, and what the model played of it stays true when the bridge has done its part.
 */
import type { TimedInput } from '../kernel/inputs';
import type { NodeName } from '../protocol/ids';
import { mends, withoutRest, type Episode } from './deeds-of-notes';

/** Processes and links as they stand, each with the time at which the bridge mends it. */
export interface Standing {
  readonly nodes: readonly {
    readonly number: number;
    readonly port: number;
    readonly state: 'running' | 'stopped' | 'dead';
    readonly untilMs: number | null;
  }[];
  readonly faults: readonly {
    readonly mode: 'cut' | 'hold' | 'delay' | 'reset';
    readonly ways: readonly (readonly [number, number])[];
    readonly untilMs: number;
  }[];
}

/** A deed of the bridge comes a little after its time, and is noted a little later. */
const LATE_MS = 1_000;
const NOTED_WITHIN_MS = 3_000;

/** In the order of time. */
export function mendingsOf({ nodes, faults }: Standing): TimedInput[] {
  const nameOf = (number: number): NodeName =>
    String(nodes.find((node) => node.number === number)?.port ?? number);
  const processes = nodes.flatMap(({ port, state, untilMs }): TimedInput[] => {
    if (state === 'running' || untilMs === null) return [];
    const type = state === 'stopped' ? 'wake' : 'restart';
    return [{ atMs: untilMs, input: { type, node: String(port) } }];
  });
  const links = faults.flatMap(({ mode, ways, untilMs }) =>
    ways.map(([from, to]): TimedInput => {
      const type = mode === 'hold' ? 'release' : 'heal';
      const link = { from: nameOf(from), to: nameOf(to), oneWay: true };
      return { atMs: untilMs, input: { type, ...link } };
    }),
  );
  return [...processes, ...links].sort((a, b) => a.atMs - b.atMs);
}

/** The newest episode with what is still to be mended, as far as something follows from it. */
export function withMendings(
  episode: Episode,
  mendings: readonly TimedInput[],
  nodeTimeoutMs: number,
): Episode {
  const { fromMs } = episode;
  const fromLastMs = episode.deeds.at(-1)?.atMs ?? 0;
  const planned = mendings
    .map(({ atMs, input }) => ({ atMs: Math.max(atMs - fromMs, fromLastMs), input }))
    .filter(({ input }) => isBroken(episode, input));
  const deeds = [...episode.deeds, ...planned];
  return withoutRest({ fromMs, untilMs: Infinity, deeds }, nodeTimeoutMs);
}

/** The bridge's word and the notes come apart: one may know already what the other does not. */
function isBroken({ deeds }: Episode, input: TimedInput['input']): boolean {
  const last = deeds.findLast((deed) => subjectOf(deed.input) === subjectOf(input));
  return last !== undefined && !mends(last.input);
}

function subjectOf(input: TimedInput['input']): string {
  if ('from' in input) return `${input.from}>${input.to}`;
  return 'node' in input ? String(input.node) : '';
}

/** Whether what was played is still what was done, by `nowMs`: nothing came of which it knew not. */
export function isStillTrue(played: Episode, episode: Episode, nowMs: number): boolean {
  if (played.fromMs !== episode.fromMs) return false;
  const left = [...played.deeds];
  for (const deed of episode.deeds) {
    const at = left.findIndex((one) => isSame(one, deed));
    if (at === -1) return false;
    left.splice(at, 1);
  }
  return left.every(({ atMs }) => played.fromMs + atMs + NOTED_WITHIN_MS > nowMs);
}

const isSame = (a: TimedInput, b: TimedInput): boolean =>
  JSON.stringify(a.input) === JSON.stringify(b.input) && Math.abs(a.atMs - b.atMs) <= LATE_MS;
