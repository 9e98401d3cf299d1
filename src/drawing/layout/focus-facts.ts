/** The facts of the shard in focus, for the words beside the lens. */
import type { ClusterFrame, FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { ArrangedNode } from './arrangement';
import type { ReportsPicture } from './beliefs';

export interface FocusFacts {
  readonly shard: number;
  /** In figures; empty for a shard that serves none. */
  readonly slots: string;
  readonly quorum: { readonly needed: number; readonly size: number } | null;
  readonly reports: { readonly count: number; readonly own: boolean } | null;
  /** The replica that stands for election, or would be first to. */
  readonly next: {
    readonly name: NodeName;
    readonly rank: number;
    /** Its requests are out; else it waits for its turn. */
    readonly asks: boolean;
  } | null;
  readonly stopped: {
    readonly name: NodeName;
    readonly process: 'frozen' | 'killed';
    readonly forMs: number;
  } | null;
}

export interface FocusOptions {
  /** By the viewpoint's table. */
  readonly arranged: readonly ArrangedNode[];
  readonly reports: ReportsPicture | null;
  readonly atMs: number;
}

const MOST_RANGES = 2;

/** What is worth saying of the shard of `focus`; null for nobody. */
export function focusFacts(
  frame: ClusterFrame,
  focus: NodeName | null,
  { arranged, reports, atMs }: FocusOptions,
): FocusFacts | null {
  const node = frame.nodes.find(({ name }) => name === focus);
  const place = arranged.find(({ name }) => name === focus);
  if (!node || !place) return null;
  const lead = arranged.find(({ name }) => name === (place.around ?? place.name)) ?? place;
  const told = reports?.subject === focus ? reports : null;
  return {
    shard: place.shard,
    slots: rangesText(lead),
    quorum: told && { needed: told.needed, size: told.size },
    reports: told && { count: told.reports.length, own: told.own === 'counts' },
    next: nextUp(frame, lead.name),
    stopped:
      node.process === 'running'
        ? null
        : { name: node.name, process: node.process, forMs: atMs - node.processSinceMs },
  };
}

function rangesText({ slots }: ArrangedNode): string {
  const shown = slots.slice(0, MOST_RANGES).map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`));
  return shown.join(', ') + (slots.length > MOST_RANGES ? ' …' : '');
}

/** Who asks for votes, or will be the first to; ranks are the replicas' own. */
function nextUp(frame: ClusterFrame, master: NodeName): FocusFacts['next'] {
  const stands = ({ view }: FrameNode) =>
    view.master === master &&
    (view.failover.phase === 'waiting' || view.failover.phase === 'collecting');
  const asks = ({ view }: FrameNode) => view.failover.phase === 'collecting';
  const candidates = frame.nodes.filter(stands);
  candidates.sort(
    (a, b) => Number(asks(b)) - Number(asks(a)) || a.view.failover.rank - b.view.failover.rank,
  );
  const first = candidates[0];
  return first ? { name: first.name, rank: first.view.failover.rank, asks: asks(first) } : null;
}
