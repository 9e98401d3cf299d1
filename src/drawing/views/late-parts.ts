/** Parts of the stage that a first picture can do without: notes, menus, crowds, clients. */
import { late } from '../late.svelte';

export const lateStage = {
  callouts: late(() => import('./StageCallouts.svelte')),
  cutLine: late(() => import('./CutLine.svelte')),
  client: late(() => import('./ClientFigure.svelte')),
  exchanges: late(async () => ({
    default: (await import('../layout/client-picture')).exchangePictures,
  })),
  crowd: late(() => import('./CrowdLayer.svelte')),
  crowdLayout: late(() => import('../layout/crowd-layout')),
  flights: late(() => import('./MessageCanvas.svelte')),
  menu: late(() => import('./StageMenu.svelte')),
};
