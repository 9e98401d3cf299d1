/** `npm run bus -- shadow`: recordings of real nodes, lived through by ours. */
import { existsSync } from 'node:fs';
import { readMessage } from './read-message';
import { readCapture } from '../shadow/capture-file';
import { isClean, printVerdict, verdictJson } from '../shadow/report';
import { shadowCapture } from '../shadow/shadow';
import type { BusCommand } from './bus-options';
import { readComplaint, readInput } from './files-cli';

/** Exit codes: something is left unexplained; a recording that cannot be read. */
const UNEXPLAINED = 1;
const USAGE = 2;
const INDEX = /\.index\.json(\.gz)?$/;

type ShadowCommand = Extract<BusCommand, { command: 'shadow' }>;

/** Shadows each recording and prints what came of it; returns the exit code. */
export function shadow({ inputs, json }: ShadowCommand): number {
  let exitCode = 0;
  for (const input of inputs) {
    try {
      const verdict = shadowCapture(readCapture(filesBeside(input), readMessage));
      process.stdout.write(
        json ? `${JSON.stringify(verdictJson(verdict))}\n` : printVerdict(verdict),
      );
      if (!isClean(verdict)) exitCode = Math.max(exitCode, UNEXPLAINED);
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      exitCode = USAGE;
    }
  }
  return exitCode;
}

/** The files of a recording, by the name of its index. */
function filesBeside(index: string) {
  if (!INDEX.test(index)) {
    throw new Error(`"${index}" is no recording: a name that ends in .index.json is expected`);
  }
  const base = index.replace(INDEX, '');
  const optional = (name: string): string => {
    const found = [name, `${name}.gz`].find((one) => existsSync(one));
    return found === undefined ? '' : new TextDecoder().decode(read(found));
  };
  const bytes = [`${base}.bin`, `${base}.bin.gz`].find((one) => existsSync(one));
  return {
    name: base.replace(/^.*[/\\]/, ''),
    index: new TextDecoder().decode(read(index)),
    bytes: read(bytes ?? `${base}.bin`),
    nodes: optional(`${base}.nodes.json`),
    log: optional(`${base}.redis.log`),
  };
}

function read(name: string): Uint8Array {
  try {
    return readInput(name);
  } catch (error) {
    throw new Error(readComplaint(name, error), { cause: error });
  }
}
