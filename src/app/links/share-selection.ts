/** Ties the pictures to the session's selection. Call while a component is being made. */
import { late } from '../../drawing/late.svelte';
import { sharePicked, type Picked } from '../../drawing/picked';
import type { Bench } from '../bench.svelte';
import type { Session } from '../session.svelte';

/** Nothing can be picked before the engine is there. */
const selectionOf = late(() => import('./selection-of'));

export function shareSelection(session: () => Session, bench: () => Bench): void {
  sharePicked({
    now: () => pickedOf(session()),
    pick: (what) => {
      if (what.type === 'link') session().selected = what;
      else if (selectionOf.part) bench().select(selectionOf.part(session(), what));
    },
  });
}

function pickedOf({ selected, pickedNodes, pickedMessage }: Session): Picked {
  return {
    nodes: pickedNodes,
    message: pickedMessage,
    pair:
      selected?.type === 'link'
        ? { observer: selected.from, subject: selected.to }
        : selected?.type === 'report'
          ? { observer: selected.at, subject: selected.about }
          : null,
    reporter: selected?.type === 'report' ? selected.by : null,
    client: selected?.type === 'client' ? selected.client : null,
  };
}
