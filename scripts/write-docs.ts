/** Writes the pages that are made from the code. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SIMPLIFICATIONS, simplificationsPage } from './simplifications';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

writeFileSync(ROOT + SIMPLIFICATIONS, simplificationsPage(ROOT));
process.stdout.write(`wrote ${SIMPLIFICATIONS}\n`);
