/** What heartbeats have said, but for times and offsets. It only grows, by what changes. */
import type { GossipEntry, HeartbeatMessage } from '../protocol/bus-message';

/** Words and the numbers that stand for them. */
class Words {
  private readonly all: string[] = [];
  private readonly places = new Map<string, number>();

  placeOf(word: string): number {
    const known = this.places.get(word);
    if (known !== undefined) return known;
    this.places.set(word, this.all.length);
    return this.all.push(word) - 1;
  }

  at(place: number): string {
    return this.all[place]!;
  }
}

export class GossipBook {
  /** Names of nodes and connections. */
  readonly words = new Words();
  readonly entries: GossipEntry[] = [];
  readonly headers: HeartbeatMessage[] = [];
  private readonly placeByKey = new Map<string, number>();
  /** What was said of a node last: most often it is said again. */
  private readonly latest = new Map<string, number>();

  /** Where the book has what an entry says; it is added if it is new. */
  entryPlaceOf(entry: GossipEntry): number {
    const { id, ip, port, busPort, flags } = entry;
    const last = this.latest.get(id);
    if (last !== undefined && saysTheSame(this.entries[last]!, entry)) return last;
    const key = `${id} ${ip} ${port} ${busPort} ${flags}`;
    const place = this.placeByKey.get(key) ?? this.entries.push(entry) - 1;
    this.placeByKey.set(key, place);
    this.latest.set(id, place);
    return place;
  }

  /** The same for all of a heartbeat but its gossip and its offset. */
  headerPlaceOf(message: HeartbeatMessage): number {
    const base = { ...message, offsetBytes: 0, gossip: [] };
    const key = JSON.stringify(base);
    const place = this.placeByKey.get(key) ?? this.headers.push(base) - 1;
    this.placeByKey.set(key, place);
    return place;
  }
}

const saysTheSame = (a: GossipEntry, b: GossipEntry): boolean =>
  a.id === b.id &&
  a.ip === b.ip &&
  a.port === b.port &&
  a.busPort === b.busPort &&
  a.flags === b.flags;
