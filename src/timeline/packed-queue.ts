/**
 * The future of a world put away small. Most of it is gossip under way: each entry is written as
 * three numbers, what it says of its node in a book that all worlds of a line share.
 */
import type { EventQueue } from '../kernel/event-queue';
import type { ScheduledEvent } from '../kernel/world';
import type { GossipEntry, HeartbeatMessage } from '../protocol/bus-message';

type Queue = EventQueue<ScheduledEvent>;

export interface PackedQueue {
  /** As it was, but its heartbeats gossip about nobody. */
  readonly queue: Queue;
  /** Of each heartbeat how many entries, and of each entry its place in the book and two times. */
  readonly codes: Int32Array;
  readonly book: GossipBook;
}

/** What has been gossiped about nodes, times aside. It only grows, by what changes. */
export class GossipBook {
  readonly entries: GossipEntry[] = [];
  private readonly places = new Map<string, number>();

  /** Where the book has what an entry says; it is added if it is new. */
  placeOf(entry: GossipEntry): number {
    const { id, ip, port, busPort, flags } = entry;
    const key = `${id} ${ip} ${port} ${busPort} ${flags}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.entries.length);
    return this.entries.push(entry) - 1;
  }
}

const SECOND_MS = 1_000;

/** Puts a queue away. */
export function packQueue(queue: Queue, book: GossipBook): PackedQueue {
  const codes: number[] = [];
  const packed = mapHeartbeats(queue, (message) => {
    codes.push(message.gossip.length);
    for (const entry of message.gossip) {
      const { pingSentSecondMs: pingMs, pongReceivedSecondMs: pongMs } = entry;
      codes.push(book.placeOf(entry), pingMs / SECOND_MS, pongMs / SECOND_MS);
    }
    return { ...message, gossip: [] };
  });
  return { queue: packed, codes: Int32Array.from(codes), book };
}

/** The queue that was put away. */
export function unpackQueue({ queue, codes, book }: PackedQueue): Queue {
  let at = 0;
  return mapHeartbeats(queue, (message) => {
    const gossip: GossipEntry[] = [];
    for (let left = codes[at++]!; left > 0; left--) {
      const base = book.entries[codes[at++]!]!;
      const pingSentSecondMs = codes[at++]! * SECOND_MS;
      gossip.push({ ...base, pingSentSecondMs, pongReceivedSecondMs: codes[at++]! * SECOND_MS });
    }
    return { ...message, gossip };
  });
}

/** The same queue with other heartbeats under way; the order of changes is always the same. */
function mapHeartbeats(
  queue: Queue,
  change: (message: HeartbeatMessage) => HeartbeatMessage,
): Queue {
  if (!queue) return null;
  const value = withHeartbeat(queue.value, change);
  const left = mapHeartbeats(queue.left, change);
  return { value, rank: queue.rank, left, right: mapHeartbeats(queue.right, change) };
}

function withHeartbeat(
  event: ScheduledEvent,
  change: (message: HeartbeatMessage) => HeartbeatMessage,
): ScheduledEvent {
  const { what } = event;
  if (what.target !== 'bus' || what.event.type !== 'ARRIVE') return event;
  const { arrival } = what.event;
  if (arrival.type !== 'envelope') return event;
  const { payload } = arrival.envelope;
  if (payload.channel !== 'bus' || !('gossip' in payload.message)) return event;
  const envelope = {
    ...arrival.envelope,
    payload: { ...payload, message: change(payload.message) },
  };
  const changed = { ...what.event, arrival: { ...arrival, envelope } };
  return { ...event, what: { ...what, event: changed } };
}
