/** Keeps the page in step with the lesson: goals, the address, the panel and the needle it asks for. */
import { keySlot } from '../protocol/key-slot';
import type { Bench } from './bench.svelte';
import type { LessonPlayer } from './lesson-player.svelte';
import type { InspectorTab } from './panels/inspector-tab';

const TAB_OF_PANEL: Readonly<Record<string, InspectorTab>> = {
  table: 'table',
  message: 'message',
  log: 'log',
};

/** Call while a component is being made; ends with it. */
export function followStep(
  player: LessonPlayer,
  bench: Bench,
  onstep: (step: string) => void,
): void {
  $effect(() => {
    if (player.session.revision >= 0) player.watchGoals();
  });
  $effect(() => {
    const { id, view, highlight } = player.step;
    onstep(id);
    bench.phoneTab = 'pane';
    const tab = TAB_OF_PANEL[view.panel ?? ''];
    if (tab !== undefined) bench.tab = tab;
    if (view.key !== null) bench.needle = { slot: keySlot(view.key), label: view.key };
    const spot = highlight.find((h) => h.type === 'node' || h.type === 'log');
    if (spot !== undefined && 'node' in spot) {
      player.session.selected = { type: 'node', node: spot.node };
    }
  });
}
