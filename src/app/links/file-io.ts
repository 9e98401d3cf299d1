/** Runs to files on the reader's disk and back; nothing leaves the page. */
import { words } from '../../words/words.svelte';
import type { Bench } from '../bench.svelte';
import { linkOf } from './packed-link';
import { problemText } from '../telling/problem-text';
import { exportedRunOf, fileProblemText, MOST_BYTES, readRunFile, runFileOf } from './run-file';
import { saveFile } from './save-file';
import type { Session } from '../session.svelte';

export function saveRun(session: Session, bench: Bench): void {
  download(runFileOf(session, bench), `${nameOf(session)}.slotscope.json`);
}

export function exportRun(session: Session, bench: Bench): void {
  download(exportedRunOf(session, bench), `${nameOf(session)}-data.slotscope.json`);
}

/** Goes to the run in a file; a sentence says why where that cannot be. */
export async function openRun(file: File, bench: Pick<Bench, 'tell'>): Promise<void> {
  const isSmall = file.size <= MOST_BYTES;
  const read = isSmall ? readRunFile(await file.text()) : ({ kind: 'too-large' } as const);
  if (!('kind' in read)) location.hash = linkOf(read);
  else if (read.kind !== 'place') bench.tell(fileProblemText(read, file.name, words.futures.save));
  else bench.tell(problemText(read.problem, words.wrong));
}

/** Goes to the run in a file if there is one, or says what is wrong with it; false: it is none. */
export async function openRunIfAny(file: File, tell: Bench['tell']): Promise<boolean> {
  const read = file.size <= MOST_BYTES ? readRunFile(await file.text()) : null;
  const isNone = read && 'kind' in read && (read.kind === 'not-json' || read.kind === 'no-run');
  if (isNone) return false;
  await openRun(file, { tell });
  return true;
}

/** The beginning of a file's name: which run, and when. */
export function nameOf({ scene, cursor }: Session): string {
  return `slotscope-seed${scene.seed}-${(cursor.atMs / 1000).toFixed(3)}s`;
}

function download(content: object, name: string): void {
  saveFile(new Blob([JSON.stringify(content)], { type: 'application/json' }), name);
}
