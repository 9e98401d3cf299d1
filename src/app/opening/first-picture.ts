/** What the first picture of a lesson needs besides ring, nodes and messages comes before it. */
import { hasMoments, loadMoments } from '../../drawing/views/late-parts';
import { loadLaterWords } from '../../words/words.svelte';
import { keyWalks } from '../key-place.svelte';
import { latePanels } from '../panels/late-panels';
import type { LessonOpening } from './openings';

/** Brings the needle, the facts, the client or the count of votes, where there are any. */
export async function completeFirstPicture(opening: LessonOpening): Promise<void> {
  const { lesson, recording } = opening;
  const hasNeedle = lesson.steps[0]!.view.key !== null;
  if (hasNeedle || hasMoments(recording.frame)) {
    await Promise.all([loadMoments(), loadTelling(), hasNeedle && keyWalks.come()]);
  }
}

/** Where something goes on, the caption may have to say that nobody can decide anything. */
async function loadTelling(): Promise<void> {
  await loadLaterWords();
  await latePanels.telling.come();
}
