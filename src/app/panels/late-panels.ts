/** Panels that come after the first picture, into the room that is kept for them. */
import { late } from '../../drawing/late.svelte';

export const latePanels = {
  inspector: late(() => import('./InspectorHost.svelte')),
  lanes: late(() => import('../../drawing/views/SpaceTime.svelte')),
};
