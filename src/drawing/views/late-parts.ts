/** Parts of the stage that a first picture can do without: notes, menus, crowds, clients. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { late } from '../late.svelte';

export const lateStage = {
  callouts: late(() => import('./StageCallouts.svelte')),
  cutLine: late(() => import('./CutLine.svelte')),
  crowd: late(() => import('./CrowdLayer.svelte')),
  crowdPicture: late(() => import('./crowd-picture.svelte')),
  bead: late(() => import('../marks/BeadMark.svelte')),
  flights: late(() => import('./MessageCanvas.svelte')),
  linkMark: late(() => import('../marks/LinkMark.svelte')),
  menu: late(() => import('./StageMenu.svelte')),
  moments: late(() => import('./stage-moments.svelte')),
  overNodes: late(() => import('./OverNodes.svelte')),
  transition: late(async () => ({ default: await import('../layout/transition') })),
  underNodes: late(() => import('./UnderNodes.svelte')),
};

/** Whether something goes on between the nodes of a frame. */
export function hasMoments({ nodes, clients, elections, faults }: ClusterFrame): boolean {
  return (
    clients.length + elections.length + faults.length > 0 ||
    nodes.some(
      ({ process, view, partings }) =>
        partings ||
        process !== 'running' ||
        view.openSlots.length > 0 ||
        view.handover === 'paused',
    )
  );
}

/** Brings what draws that, for a first picture that has some of it. */
export async function loadMoments(): Promise<void> {
  const { linkMark, moments, overNodes, underNodes } = lateStage;
  await Promise.all([linkMark, moments, overNodes, underNodes].map((part) => part.come()));
}
