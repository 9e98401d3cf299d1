/** The command line `npm run bus`: bytes of the cluster bus. Each command returns an exit code. */
import { writeFileSync } from 'node:fs';
import { BUS_HELP } from './bus-help';
import { parseBusOptions, type BusCommand } from './bus-options';
import { readComplaint, readInput, writeComplaint } from './files-cli';
import { decodeLines, encodeLines } from './frame-file';
import { fuzz, printFuzzReport } from './fuzz';
import { shadow } from './shadow-cli';

/** Exit codes: something was refused; a command line that makes no sense. */
const REFUSED = 1;
const USAGE = 2;

// A reader that has seen enough (head, for one) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const parsed = parseBusOptions(process.argv.slice(2));
if (parsed.type === 'help') process.stdout.write(BUS_HELP);
else if (parsed.type === 'wrong') process.exitCode = complain(parsed.sentence, USAGE);
else process.exitCode = run(parsed.options);

function complain(sentence: string, exitCode: number): number {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}

function run(options: BusCommand): number {
  switch (options.command) {
    case 'decode':
      return withInput(options.input, decode);
    case 'encode':
      return withInput(options.input, (bytes) => encode(bytes, options.out));
    case 'fuzz': {
      const report = fuzz({ ...options, nowMs: () => performance.now() });
      process.stdout.write(printFuzzReport(report));
      return report.failure === null ? 0 : REFUSED;
    }
    case 'shadow':
      return shadow(options);
  }
}

function withInput(name: string, act: (bytes: Uint8Array) => number): number {
  let bytes: Uint8Array;
  try {
    bytes = readInput(name);
  } catch (error) {
    return complain(readComplaint(name, error), USAGE);
  }
  return act(bytes);
}

function decode(bytes: Uint8Array): number {
  let exitCode = 0;
  for (const part of decodeLines(bytes)) {
    if (part.type === 'line') process.stdout.write(`${part.text}\n`);
    else exitCode = complain(part.text, REFUSED);
  }
  return exitCode;
}

/** All frames or nothing: half a file would look whole. */
function encode(json: Uint8Array, out: string | null): number {
  const frames: Uint8Array[] = [];
  let exitCode = 0;
  for (const part of encodeLines(new TextDecoder().decode(json))) {
    if (part.type === 'bytes') frames.push(part.bytes);
    else exitCode = complain(part.text, REFUSED);
  }
  if (exitCode !== 0) return complain('nothing was written', exitCode);
  const bytes = Buffer.concat(frames);
  if (out === null) {
    process.stdout.write(bytes);
    return 0;
  }
  try {
    writeFileSync(out, bytes);
    return 0;
  } catch (error) {
    return complain(writeComplaint(out, error), USAGE);
  }
}
