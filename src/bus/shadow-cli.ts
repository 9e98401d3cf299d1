/** `npm run bus -- shadow`: recordings of real nodes, lived through by ours. */
import { liveVerdict, printLiveVerdict } from '../shadow/live-report';
import { isClean, printVerdict, verdictJson } from '../shadow/report';
import { shadowCapture } from '../shadow/shadow';
import type { BusCommand } from './bus-options';
import { readRecording, readRecordingFiles } from './recording-cli';

/** Exit codes: something is left unexplained; a recording that cannot be read. */
const UNEXPLAINED = 1;
const USAGE = 2;

type ShadowCommand = Extract<BusCommand, { command: 'shadow' }>;

/** Shadows each recording and prints what came of it; returns the exit code. */
export function shadow({ inputs, json, live }: ShadowCommand): number {
  let exitCode = 0;
  for (const input of inputs) {
    try {
      const clean = live ? shadowLive(input, json) : shadowWhole(input, json);
      if (!clean) exitCode = Math.max(exitCode, UNEXPLAINED);
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      exitCode = USAGE;
    }
  }
  return exitCode;
}

function shadowWhole(input: string, json: boolean): boolean {
  const verdict = shadowCapture(readRecording(input));
  const text = json ? `${JSON.stringify(verdictJson(verdict))}\n` : printVerdict(verdict);
  process.stdout.write(text);
  return isClean(verdict);
}

function shadowLive(input: string, json: boolean): boolean {
  const verdict = liveVerdict(readRecordingFiles(input));
  process.stdout.write(json ? `${JSON.stringify(verdict)}\n` : printLiveVerdict(verdict));
  return verdict.divergences.length === 0;
}
