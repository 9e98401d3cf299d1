/** Panels that come after the first picture, into the room that is kept for them. */
import { late } from '../../drawing/late.svelte';

export const latePanels = {
  command: late(() => import('./CommandLine.svelte')),
  inspector: late(() => import('./InspectorHost.svelte')),
  keys: late(() => import('./KeysDialog.svelte')),
  lanes: late(() => import('../../drawing/views/SpaceTime.svelte')),
  lessonEnd: late(() => import('./LessonEnd.svelte')),
  tape: late(() => import('./KeyToolDock.svelte')),
};
