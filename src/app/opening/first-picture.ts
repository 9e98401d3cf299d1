/** What the first picture of a lesson needs besides ring, nodes and messages comes before it. */
import { hasMoments, loadMoments } from '../../drawing/views/late-parts';
import type { Lesson } from '../../lesson/lesson';
import type { Recording } from '../../timeline/recorded-source';
import { loadLaterWords } from '../../words/words.svelte';
import { keyWalks } from '../key-place.svelte';
import { latePanels } from '../panels/late-panels';

/** Brings the needle, the facts, the client or the count of votes, where there are any. */
export async function completeFirstPicture({ steps }: Lesson, { frame }: Recording): Promise<void> {
  const hasNeedle = steps.some(({ view }, i) => i === 0 && view.key !== null);
  if (hasNeedle || hasMoments(frame)) {
    await Promise.all([loadMoments(), loadTelling(), hasNeedle && keyWalks.come()]);
  }
}

/** Where something goes on, the caption may have to say that nobody can decide anything. */
async function loadTelling(): Promise<void> {
  await loadLaterWords();
  await latePanels.telling.come();
}
