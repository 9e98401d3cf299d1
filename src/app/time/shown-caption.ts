/** What happened last in one of two futures, as the caption of the one stage says it. */
import { words } from '../../words/words.svelte';
import { captionOf } from '../telling/caption';
import type { Shown } from './comparison.svelte';

export const shownCaption = ({ beat, sight, frame }: Shown): string =>
  captionOf(
    {
      ...{ beat, beats: sight.beats(), notes: sight.notes(), frame },
      untilStep: sight.cursor.step,
      printSeconds: words.app.seconds,
    },
    words.caption,
  );
