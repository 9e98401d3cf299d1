/**
 * When a real node's cron ran. Nothing on the bus says so, but what only a tick does leaves traces:
 * a PING nobody asked for, a connection dialled or given up. Between two traces ticks are spread
 * evenly, about 100.5 ms apart. The phase of the ticks is all that is taken from the traces: what
 * our machine does in a tick is its own affair.
 * Source: serverCron, src/server.c; clusterCron, src/cluster.c.
 */
import type { Capture, CaptureFrame, CaptureNode } from './capture';
import { cronPings, refusalTraces, tickTraces } from './tick-traces';

/** Measured: 100 and 101 ms, equally often. */
const PERIOD_MS = 100.5;
/** What one tick does reaches the recorder within this time. */
const ONE_TICK_MS = 30;
/** From a tick to the first trace of it. */
const TRACE_LAG_MS = 0.5;
/** Gaps beyond this many periods are more than one tick. */
const LONGEST_TICK = 1.15;
/** A period is measured on the gaps of this time before and after, if there are a few. */
const AROUND_MS = 3_000;
const FEW = 3;
/** Two ticks are never nearer to each other than this. */
const MIN_GAP_MS = 80;
/** A dialled connection opens within this time, or not at all. */
export const DIAL_MS = 95;

export interface Tick {
  readonly atMs: number;
  /** Whether it left an exact trace; if not, its time is an estimate. */
  readonly traced: boolean;
  /** The PINGs the real node sent in this tick, on connections that were up. */
  readonly pings: readonly CaptureFrame[];
}

/** A span in which the process ran. */
export interface Life {
  readonly fromMs: number;
  readonly toMs: number;
  /** How it began in the recording: its first tick comes at once. */
  readonly began: 'before' | 'started' | 'woken';
}

/** The ticks of `node` in one of its lives. */
export function tickPlan(capture: Capture, node: CaptureNode, life: Life): Tick[] {
  const pings = cronPings(capture, node, life);
  const traces = tickTraces(capture, node, life);
  const times = fill(settle(cluster([...traces, ...refusalTraces(capture, node, life)])), life);
  return times.map((atMs, i) => {
    const nextMs = times[i + 1] ?? Number.POSITIVE_INFINITY;
    const traced = traces.some((trace) => trace >= atMs && trace < atMs + ONE_TICK_MS);
    return { atMs, traced, pings: pings.filter((ping) => ping.atMs >= atMs && ping.atMs < nextMs) };
  });
}

/** The first trace of each tick. */
function cluster(traces: readonly number[]): number[] {
  const first: number[] = [];
  for (const atMs of [...traces].sort((a, b) => a - b)) {
    const last = first.at(-1);
    if (last === undefined || atMs - last > ONE_TICK_MS) first.push(atMs);
  }
  return first.map((atMs) => atMs - TRACE_LAG_MS);
}

/** A trace too near to the next was late: its node was held up, writing to disk. */
function settle(times: readonly number[]): number[] {
  const settled: number[] = [];
  for (let i = times.length - 1; i >= 0; i--) {
    const next = settled[0];
    const atMs = times[i]!;
    if (next === undefined || next - atMs >= MIN_GAP_MS) settled.unshift(atMs);
    else if (next - PERIOD_MS - (times[i - 1] ?? -Infinity) >= MIN_GAP_MS) {
      settled.unshift(next - PERIOD_MS);
    }
  }
  return settled;
}

/** How far apart the ticks are around a moment: a busy machine stretches them. */
function periodAround(anchors: readonly number[], atMs: number): number {
  const gaps = anchors.slice(1).flatMap((next, i) => {
    const gapMs = next - anchors[i]!;
    const isOneTick = gapMs < PERIOD_MS * LONGEST_TICK;
    return isOneTick && Math.abs(next - atMs) < AROUND_MS ? [gapMs] : [];
  });
  if (gaps.length < FEW) return PERIOD_MS;
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
}

/** The ticks that left no trace. */
function fill(anchors: readonly number[], { fromMs, toMs, began }: Life): number[] {
  const first = anchors[0] ?? fromMs + PERIOD_MS / 2;
  const times: number[] = [];
  if (began === 'before')
    for (let at = first - PERIOD_MS; at > fromMs; at -= PERIOD_MS) times.unshift(at);
  for (const [i, anchor] of [first, ...anchors.slice(1)].entries()) {
    times.push(anchor);
    const next = anchors[i + 1];
    if (next === undefined) continue;
    const ticks = Math.max(1, Math.round((next - anchor) / periodAround(anchors, anchor)));
    for (let k = 1; k < ticks; k++) times.push(anchor + ((next - anchor) * k) / ticks);
  }
  for (let at = times.at(-1)! + PERIOD_MS; at < toMs; at += PERIOD_MS) times.push(at);
  return times;
}
