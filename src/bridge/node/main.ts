/** `npm run bridge`: from the command line to a link, and to the end. */
import { fileURLToPath } from 'node:url';
import { Complaint, reasonOf } from './complaint';
import { BRIDGE_HELP, parseOptions } from './options';
import { startBridge } from './bridge';

const PAGE = fileURLToPath(new URL('../../../dist', import.meta.url));
const MISUSE = 2;

function endWith(error: unknown): never {
  const isExpected = error instanceof Complaint || (error as NodeJS.ErrnoException).code;
  console.error(isExpected ? sentenceOf(error) : error);
  process.exit(1); // ends the children too
}

const sentenceOf = (error: unknown): string =>
  error instanceof Complaint ? error.message : `The bridge had to end: ${reasonOf(error)}.`;

const parsed = parseOptions(process.argv.slice(2));
if (parsed.type === 'help') {
  console.log(BRIDGE_HELP);
} else if (parsed.type === 'wrong') {
  console.error(parsed.sentence);
  process.exitCode = MISUSE;
} else {
  process.on('uncaughtException', endWith);
  process.on('unhandledRejection', endWith);
  try {
    const { link, about } = await startBridge(parsed.options, {
      page: PAGE,
      say: (line) => console.error(line),
    });
    console.error(about);
    console.log(link);
  } catch (error) {
    endWith(error);
  }
}
