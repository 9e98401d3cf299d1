/** Which evidence belongs to a moment: what the sentence of the caption rests on. */
import type { ClusterFrame, FrameClient, FrameElection } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { reportsOn, type ReportsPicture } from './beliefs';
import { activeClient } from './talk';
import { shownElection } from './tally';

export type Evidence =
  | { readonly kind: 'ballots'; readonly election: FrameElection }
  | { readonly kind: 'talk'; readonly client: FrameClient }
  | { readonly kind: 'reports'; readonly reports: ReportsPicture }
  | { readonly kind: 'table'; readonly node: NodeName }
  | { readonly kind: 'cluster' };

/** How long a client's words are what the moment is about, in virtual milliseconds. */
const TALK_MS = 4_000;

/** An election before all; then a client that spoke a moment ago, then reports, then tables. */
export function evidenceOf(
  frame: ClusterFrame,
  {
    atMs,
    viewpoint,
    subject,
  }: { atMs: number; viewpoint: NodeName | null; subject: NodeName | null },
): Evidence {
  const election = shownElection(frame, atMs);
  if (election) return { kind: 'ballots', election };
  const client = activeClient(frame.clients, atMs);
  if (client && spokeWithin(client, atMs)) return { kind: 'talk', client };
  const reports = subject === null ? null : reportsOn(subject, { ...frame, atMs }, viewpoint);
  if (reports) return { kind: 'reports', reports };
  return viewpoint === null ? { kind: 'cluster' } : { kind: 'table', node: viewpoint };
}

function spokeWithin({ exchanges }: FrameClient, atMs: number): boolean {
  const last = exchanges.findLast(({ sentAtMs }) => sentAtMs <= atMs);
  return last !== undefined && atMs - Math.max(last.sentAtMs, last.deliverAtMs) < TALK_MS;
}
