/** Writes the pages that are made from the code, and what is made from the lessons. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCourse } from './lesson-files';
import { courseIndex, printIndex, SIGHTINGS } from './sightings';
import { SIMPLIFICATIONS, simplificationsPage } from './simplifications';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

writeFileSync(ROOT + SIMPLIFICATIONS, simplificationsPage(ROOT));
process.stdout.write(`wrote ${SIMPLIFICATIONS}\n`);

const index = courseIndex(readCourse(`${ROOT}lessons`));
writeFileSync(ROOT + SIGHTINGS, printIndex(index));
process.stdout.write(`wrote ${SIGHTINGS}: ${index.things.length} things\n`);
