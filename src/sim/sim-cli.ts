/** The command line `npm run sim`: options in, lines of JSON out. */
import { SIM_HELP } from './sim-help';
import { simLines } from './sim-lines';
import { parseSimOptions } from './sim-options';

/** Exit code of a command line that makes no sense. */
const USAGE = 2;

// A reader that has seen enough (head, for one) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const parsed = parseSimOptions(process.argv.slice(2));
if (parsed.type === 'help') {
  process.stdout.write(SIM_HELP);
} else if (parsed.type === 'wrong') {
  process.stderr.write(`${parsed.sentence}\n`);
  process.exitCode = USAGE;
} else {
  for (const line of simLines(parsed.options)) process.stdout.write(`${line}\n`);
}
