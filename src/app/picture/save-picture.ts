/** Saves what the reader sees, named after the run and the moment, and says so. */
import { words } from '../../words/words.svelte';
import type { Bench } from '../bench.svelte';
import { captionOf } from '../telling/caption';
import { nameOf } from '../links/file-io';
import type { Session } from '../session.svelte';
import { exportPicture, type Picture, type PictureKind } from './export-picture';

export async function savePicture(
  session: Session,
  bench: Bench,
  picture: Picture,
  kind: PictureKind,
): Promise<void> {
  const fileName = `${nameOf(session)}-${picture}`;
  const { clock } = words.app;
  const title = words.picture.title(session.frame.nodes.length, clock(session.atMs));
  const description = descriptionOf(session);
  const isSaved = await exportPicture(picture, kind, { title, description, fileName }).catch(
    () => false,
  );
  bench.tell(isSaved ? words.picture.saved(`${fileName}.${kind}`) : words.picture.failed);
}

/** Through whose eyes, and what has happened. */
function descriptionOf(session: Session): string {
  const { viewpoint, beat, beats, notes, frame, scene, cursor } = session;
  const printSeconds = words.app.seconds;
  return [
    viewpoint === null ? '' : words.picture.seenBy(viewpoint),
    captionOf({ beat, beats, notes, frame, untilStep: cursor.step, printSeconds }, words.caption),
    words.picture.simulated(scene.seed),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
