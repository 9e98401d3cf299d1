/**
 * After a connection was lost, the bridge tells once more all that it remembers. What a page has
 * heard already is left out: it is told by its number, or word for word.
 */
import type { LiveEvent } from '../../shadow/live-events';
import { timeOf } from '../../shadow/live-events';

/** Things are told within this of when they happened. */
const LATE_MS = 5_000;
const MANY = 4_096;

export class ToldOnce {
  private lastFrame = -1;
  private lastMs = Number.NEGATIVE_INFINITY;
  /** Of the few frames that are stopped, each has one fate. */
  private readonly fated = new Set<number>();
  private resumedMs = Number.NEGATIVE_INFINITY;
  private heard = new Map<string, number>();
  /** What was heard before the connection was lost. */
  private before: ReadonlySet<string> = new Set();

  /** Whether a memory that begins then reaches back to what was heard. */
  meets(knownFromMs: number): boolean {
    return knownFromMs <= this.lastMs;
  }

  /** From here on things are told again. */
  resume(): void {
    this.resumedMs = this.lastMs;
    this.before = new Set(this.heard.keys());
  }

  /** Those of the events that are new. */
  take(events: readonly LiveEvent[]): LiveEvent[] {
    const fresh = events.filter((event) => this.isNew(event));
    if (this.heard.size > MANY) {
      this.heard = new Map([...this.heard].filter(([, atMs]) => atMs >= this.lastMs - LATE_MS));
    }
    return fresh;
  }

  private isNew(event: LiveEvent): boolean {
    const atMs = timeOf(event);
    if (event.type === 'frame') {
      if (event.frame <= this.lastFrame) return false;
      this.lastFrame = event.frame;
    } else if (event.type === 'fate') {
      if (this.fated.has(event.frame)) return false;
      this.fated.add(event.frame);
    } else {
      const text = JSON.stringify(event);
      if (this.before.has(text) || atMs < this.resumedMs - LATE_MS) return false;
      this.heard.set(text, atMs);
    }
    this.lastMs = Math.max(this.lastMs, atMs);
    return true;
  }
}
