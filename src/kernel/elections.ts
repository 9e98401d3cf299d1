/**
 * Elections as an all-seeing observer counts them. No node reads this; pictures do.
 */
import type { FrameElection } from '../protocol/cluster-frame';
import {
  hasSlots,
  isMaster,
  lookupNode,
  myself,
  nameOf,
  neededQuorum,
  type ClusterNode,
} from '../protocol/cluster-state';
import { FAIL } from '../protocol/flags';
import type { NodeName } from '../protocol/ids';
import type { Note, NoteOf } from '../protocol/notes';
import { namesById } from './node-view';
import type { NamedNodes } from './node-view';
import type { World } from './world';

type Seat = FrameElection['seats'][number];

/** What an observer of elections sees: simulated nodes, or our machines beside real ones. */
type Electorate = Pick<World, 'elections' | 'nowMs' | 'names'> & NamedNodes;

/**
 * The elections after a step that left these notes; the same list when none of them is about one.
 */
export function observeElections(
  world: Electorate,
  notes: readonly Note[],
): readonly FrameElection[] {
  let elections = world.elections;
  for (const note of notes) {
    switch (note.event) {
      case 'election.start':
        elections = [
          ...elections.filter((one) => one.candidate !== note.node),
          opened(world, note),
        ];
        break;
      case 'vote.grant':
        elections = vote(elections, note, { vote: 'granted', reason: null, atMs: world.nowMs });
        break;
      case 'vote.deny':
        elections = vote(elections, note, {
          vote: 'denied',
          reason: note.reason,
          atMs: world.nowMs,
        });
        break;
      case 'received':
        if (note.type === 'FAILOVER_AUTH_ACK') elections = counted(elections, note, world.nowMs);
        break;
      case 'promote':
        elections = close(elections, note.node, 'won');
        break;
      case 'election.expire':
      case 'manual.expire':
        elections = close(elections, note.node, 'expired');
        break;
      case 'manual.ask':
        // A TAKEOVER does not wait for the votes that were asked for before.
        if (note.mode === 'takeover') elections = close(elections, note.node, 'expired');
        break;
      default:
        break;
    }
  }
  return elections;
}

function opened(world: Electorate, note: NoteOf<'election.start'>): FrameElection {
  const state = world.nodes.get(note.node)!.context;
  const me = myself(state);
  const master = me.masterId ? lookupNode(state, me.masterId) : null;
  return {
    candidate: note.node,
    epoch: note.epoch,
    startedAtMs: world.nowMs,
    outcome: 'open',
    needed: neededQuorum(state),
    claims: master?.slots ?? [],
    delayMs: note.delayMs,
    seats: state.nodes
      .filter((node) => isMaster(node) && hasSlots(node))
      .map((node) => seatOf(node, world))
      .sort((a, b) => a.voter.localeCompare(b.voter)),
  };
}

/** A master the candidate holds FAIL is asked all the same, but cannot answer. */
function seatOf(node: ClusterNode, world: Electorate): Seat {
  const vote = node.flags & FAIL || !node.link ? 'cannot' : 'asked';
  const voter = namesById(world, world.names).get(node.id) ?? nameOf(node);
  return { voter, vote, reason: null, atMs: world.nowMs };
}

function vote(
  elections: readonly FrameElection[],
  note: { readonly by: NodeName; readonly to: NodeName; readonly epoch: number },
  cast: Pick<Seat, 'vote' | 'reason' | 'atMs'>,
): readonly FrameElection[] {
  return elections.map((election) =>
    election.candidate === note.to
      ? { ...election, seats: withSeat(election.seats, { voter: note.by, ...cast }) }
      : election,
  );
}

function withSeat(seats: readonly Seat[], seat: Seat): readonly Seat[] {
  const known = seats.some((one) => one.voter === seat.voter);
  return known ? seats.map((one) => (one.voter === seat.voter ? seat : one)) : [...seats, seat];
}

function counted(
  elections: readonly FrameElection[],
  note: { readonly from: NodeName; readonly to: NodeName },
  atMs: number,
): readonly FrameElection[] {
  return elections.map((election) => {
    if (election.candidate !== note.to || election.outcome !== 'open') return election;
    const seat: Seat = { voter: note.from, vote: 'counted', reason: null, atMs };
    return { ...election, seats: withSeat(election.seats, seat) };
  });
}

function close(
  elections: readonly FrameElection[],
  candidate: NodeName,
  outcome: 'won' | 'expired',
): readonly FrameElection[] {
  return elections.map((election) =>
    election.candidate === candidate && election.outcome === 'open'
      ? { ...election, outcome }
      : election,
  );
}
