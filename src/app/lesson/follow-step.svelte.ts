/**
 * Keeps the page in step with the lesson: goals, the address, the panel and the needle it asks
 * for.
 */
import { untrack } from 'svelte';
import type { Bench } from '../bench.svelte';
import { layoutOf } from '../layout';
import type { Player } from '../player';
import type { InspectorTab } from '../panels/inspector-tab';

const TAB_OF_PANEL: Readonly<Record<string, InspectorTab>> = {
  table: 'table',
  message: 'message',
  log: 'log',
  machine: 'machine',
  crc16: 'crc16',
};

/** Call while a component is being made; ends with it. */
export function followStep(
  player: () => Player,
  bench: Bench,
  onstep: (step: string) => void,
): void {
  const usesKeys = player().lesson.steps.some(({ view }) => view.key !== null);
  bench.keyToolPlace = usesKeys ? 'first' : 'none';
  // The same step, whichever player shows it: what the reader opened meanwhile stays open.
  const step = $derived(player().step);
  $effect(() => {
    if (player().session.revision >= 0) player().watchGoals();
  });
  $effect(() => {
    const { ask, view, seals } = step;
    const { phase } = player();
    const isOpen = phase === 'entering' || phase === 'asking';
    bench.keyIsSealed = isOpen && ask !== null && view.key !== null;
    player().session.quorumIsSealed = (isOpen || ask === null) && seals.includes('quorum');
  });
  $effect(() => {
    const { id, view, highlight } = step;
    onstep(id);
    bench.phoneTab = 'pane';
    const tab = TAB_OF_PANEL[view.panel ?? ''];
    if (tab !== undefined) bench.tab = tab;
    if (tab === 'log') untrack(() => openLog(bench, player()));
    if (view.key !== null) {
      bench.key.choose(view.key);
      bench.keyIsPinned = true;
    }
    const { session } = untrack(player);
    // Reports are shown where the picture tells of the node they are about.
    const [reports] = highlight.flatMap((h) => (h.type === 'reports' ? [h] : []));
    session.chosenSubject = reports?.about ?? null;
    const spot = highlight.find(
      (h) => h.type === 'node' || h.type === 'log' || h.type === 'message',
    );
    if (spot === undefined) return;
    if ('node' in spot) session.selected = { type: 'node', node: spot.node };
    else if ('messageType' in spot) {
      const { source } = session;
      const isMeant = (type: string) => type === spot.messageType;
      const newest = source.messages(0, source.cursor.atMs, isMeant).at(-1);
      if (newest) session.selected = { type: 'message', message: newest.id };
    }
  });
}

/**
 * Of a log the lines are what there is to see, and of what is compared with it: its drawer opens
 * where there is room beside it.
 */
function openLog(bench: Bench, { lesson }: Player): void {
  const hasRoom = layoutOf(window.innerWidth, window.innerHeight) === 'compact';
  const isOfLogs = Object.values(lesson.scenes).some(({ scene }) => scene.log !== undefined);
  if (isOfLogs && hasRoom) bench.inspectorIsOpen = true;
}
