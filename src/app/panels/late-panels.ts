/** Panels that come after the first picture, into the room that is kept for them. */
import { late } from '../../drawing/late.svelte';

export const latePanels = {
  command: late(() => import('./CommandLine.svelte')),
  drop: late(() => import('./DropRun.svelte')),
  find: late(() => import('./FindBox.svelte')),
  inspector: late(() => import('./InspectorRoom.svelte')),
  keyOnStage: late(() => import('./KeyOnStage.svelte')),
  keys: late(() => import('./KeysDialog.svelte')),
  lanes: late(() => import('../../drawing/views/SpaceTime.svelte')),
  lessonEnd: late(() => import('./LessonEnd.svelte')),
  news: late(() => import('./NewsLine.svelte')),
  papers: late(() => import('./LessonPapers.svelte')),
  phoneFoot: late(() => import('./LessonPhoneFoot.svelte')),
  predict: late(() => import('./Predict.svelte')),
  quotes: late(() =>
    import('../lesson/quote-guesses').then(({ quoteGuesses }) => ({ default: quoteGuesses })),
  ),
  share: late(() => import('./ShareMenu.svelte')),
  switches: late(() => import('./SwitchesLine.svelte')),
  tape: late(() => import('./KeyToolDock.svelte')),
  telling: late(() => import('../telling/telling')),
  tasks: late(() => import('./TaskList.svelte')),
  terminal: late(() => import('./LessonTerminal.svelte')),
  timeTools: late(() => import('./TimeTools.svelte')),
  viewpoints: late(() => import('./ViewpointMenu.svelte')),
};
