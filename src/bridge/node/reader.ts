/**
 * How one page reads the journal: at its own pace. What it is sent and has not taken is bounded,
 * and nothing is queued for it beyond that; when it is far behind, frames are left out and counted.
 */
import { FrameWriter, type CutFrame, type ServerMessage, type Topic } from '../wire';
import type { FrameEntry, Journal } from './journal';

/** A WebSocket, as far as a reader needs it. */
export interface Outlet {
  readonly bufferedAmount: number;
  readonly send: (data: string | Uint8Array) => void;
}

/** While so much waits to be taken, nothing is sent. */
export const MOST_WAITING_BYTES = 262_144;
/** What one turn sends at most. */
const TURN_BYTES = 262_144;
/** Who is further behind than this has not the past to catch up with, but the present. */
const FAR_BEHIND_BYTES = 4_194_304;

const TOPIC_OF: Partial<Record<ServerMessage['t'], Topic>> = {
  log: 'logs',
  view: 'views',
  cmd: 'commands',
  fates: 'frames',
};

export class JournalReader {
  topics: ReadonlySet<Topic>;
  private readonly journal: Journal;
  private readonly outlet: Outlet;
  private readonly writer = new FrameWriter();
  private next: number;
  private gap = 0;
  private isLive = false;

  constructor(journal: Journal, outlet: Outlet, topics: ReadonlySet<Topic>) {
    this.journal = journal;
    this.outlet = outlet;
    this.topics = topics;
    this.next = journal.begin;
    for (const message of journal.standing()) {
      this.sendIfWanted(message.t, JSON.stringify(message));
    }
  }

  /**
   * Sends what is new, as much as may wait. `more`: there is more to send now; `lost`: this reader
   * has not taken anything for so long that what it was to be told is forgotten.
   */
  turn(nowMs: number): 'done' | 'more' | 'lost' {
    if (this.next < this.journal.begin) return 'lost';
    if (this.outlet.bufferedAmount > MOST_WAITING_BYTES) return 'done';
    const keepsFrames = !this.isLive || !this.isFarBehind();
    const frames: CutFrame[] = [];
    const later: string[] = [];
    let bytes = 0;
    while (this.next < this.journal.end && bytes < TURN_BYTES) {
      const entry = this.journal.at(this.next++);
      if (entry.type === 'frame') bytes += this.takeFrame(entry, keepsFrames, frames);
      else if (entry.kind === 'fates') later.push(entry.text);
      else bytes += this.sendIfWanted(entry.kind, entry.text);
    }
    this.sendFrames(frames, later);
    if (this.next < this.journal.end) return 'more';
    if (!this.isLive) this.send(JSON.stringify({ t: 'live', atMs: nowMs }));
    this.isLive = true;
    return 'done';
  }

  private takeFrame({ frame, bytes }: FrameEntry, keeps: boolean, frames: CutFrame[]): number {
    if (!this.topics.has('frames')) return 0;
    if (!keeps) {
      this.gap++;
      return 0;
    }
    frames.push(frame);
    return bytes;
  }

  private sendFrames(frames: readonly CutFrame[], later: readonly string[]): void {
    if (frames.length > 0 || this.gap > 0) {
      const { slots, bytes } = this.writer.write({ gap: this.gap, frames });
      this.gap = 0;
      for (const message of slots) this.send(JSON.stringify(message));
      this.outlet.send(bytes);
    }
    if (this.topics.has('frames')) for (const text of later) this.send(text);
  }

  private sendIfWanted(kind: ServerMessage['t'], text: string): number {
    const topic = TOPIC_OF[kind];
    if (topic && !this.topics.has(topic)) return 0;
    this.send(text);
    return text.length;
  }

  private isFarBehind(): boolean {
    let bytes = 0;
    for (let at = this.journal.end - 1; at >= this.next && bytes < FAR_BEHIND_BYTES; at--) {
      bytes += this.journal.at(at).bytes;
    }
    return bytes >= FAR_BEHIND_BYTES;
  }

  private send(text: string): void {
    this.outlet.send(text);
  }
}
