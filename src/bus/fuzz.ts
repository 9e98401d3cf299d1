/** Feeds hostile bytes to the codec, and checks each time what must hold for any input. */
import fc from 'fast-check';
import { decodeFrame } from '../protocol/wire/decode-frame';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { messageOfFrame } from '../protocol/wire/message-frame';
import type { Problem, Refusal } from '../protocol/wire/refusal';
import { hexOf } from '../protocol/wire/frame-values';
import { frameSplitter, readFrames } from '../protocol/wire/split-frames';
import { hostileBytes } from './hostile-bytes';

export type Verdict = 'decoded' | Problem;

export interface FuzzReport {
  readonly count: number;
  readonly seed: number;
  readonly verdicts: ReadonlyMap<Verdict, number>;
  readonly seconds: number;
  readonly slowestMs: number;
  /** What did not hold, and for which bytes; null: everything held for every input. */
  readonly failure: string | null;
}

/** Runs `count` inputs; `nowMs` is a clock for the report. */
export function fuzz(options: { count: number; seed: number; nowMs: () => number }): FuzzReport {
  const { count, seed, nowMs } = options;
  const verdicts = new Map<Verdict, number>();
  const startMs = nowMs();
  let slowestMs = 0;
  const property = fc.property(hostileBytes(), (bytes) => {
    const beforeMs = nowMs();
    const verdict = judge(bytes);
    slowestMs = Math.max(slowestMs, nowMs() - beforeMs);
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  });
  const details = fc.check(property, { numRuns: count, seed });
  const failure = details.failed
    ? `${String(details.errorInstance)}, for ${hexOf(details.counterexample?.[0] ?? new Uint8Array())}`
    : null;
  return { count, seed, verdicts, seconds: (nowMs() - startMs) / 1_000, slowestMs, failure };
}

/** What the codec makes of `bytes`; throws, in one sentence, where something does not hold. */
export function judge(bytes: Uint8Array): Verdict {
  checkStream(bytes);
  const decoded = decodeFrame(bytes);
  if (!decoded.ok) {
    checkRefusal(decoded.refusal, bytes.length);
    return decoded.refusal.problem;
  }
  must(same(encodeFrame(decoded.frame), bytes), 'a decoded frame gives its bytes again');
  const understood = messageOfFrame(decoded.frame);
  must(understood.ok || understood.reason !== '', 'a frame without a meaning has a reason');
  return 'decoded';
}

function must(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(`it does not hold that ${sentence}`);
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

function checkRefusal(refusal: Refusal, length: number): void {
  const { problem, at, log, closesLink, countedAs } = refusal;
  must(at >= 0 && at <= length, 'a refusal points into the input');
  const isBadPrefix = problem === 'signature' || problem === 'totlen';
  must(closesLink === isBadPrefix, 'only a bad signature or length closes a connection');
  must(!closesLink || countedAs === null, 'what closes a connection is not counted');
  const isSilent = problem === 'incomplete' || problem === 'surplus' || problem === 'version';
  must((log === null) === isSilent, 'redis-server logs what it refuses, but for versions');
}

/** Two chunks, cut somewhere: the same messages as from the whole. */
function checkStream(bytes: Uint8Array): void {
  const splitter = frameSplitter();
  const middle = bytes.length >> 1;
  const frames = [bytes.subarray(0, middle), bytes.subarray(middle)].flatMap(splitter.push);
  const whole = [...readFrames(bytes)].filter(
    ({ decoded }) => decoded.ok || isWhole(decoded.refusal),
  );
  must(frames.length === whole.length, 'a stream and a file hold the same messages');
  must(
    frames.every((frame, i) => same(frame, whole[i]!.bytes)),
    'a message of a stream is the message of the file',
  );
  const taken = frames.reduce((sum, frame) => sum + frame.length, 0);
  must(
    splitter.refusal() !== null || taken + splitter.heldBytes() === bytes.length,
    'a stream loses nothing',
  );
}

const isWhole = ({ problem, closesLink }: Refusal): boolean =>
  !closesLink && problem !== 'incomplete';

/** The report, a fact a line. */
export function printFuzzReport(report: FuzzReport): string {
  const { count, seed, seconds, slowestMs, failure } = report;
  if (failure !== null) return `seed ${seed}: ${failure}\n`;
  const verdicts = [...report.verdicts].sort(([, a], [, b]) => b - a);
  return [
    `${count} inputs, seed ${seed}: nothing thrown, every frame gave its bytes again`,
    ...verdicts.map(([verdict, times]) => `  ${verdict.padEnd(10)} ${times}`),
    `${seconds.toFixed(1)} s, the slowest input ${slowestMs.toFixed(1)} ms`,
    '',
  ].join('\n');
}
