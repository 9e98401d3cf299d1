/**
 * Real connections and ours, while they come and go: our machine dials when its rules say so; the
 * dial becomes the connection that the real node opened at that time, and lives and dies with it.
 */
import { wholeEntries } from '../protocol/whole-entries';
import type { NodeNumber } from './capture';
import type { KnownLink, LiveConnections } from './live-connections';
import type { LiveNode } from './live-node';
import type { Outlook } from './live-outlook';

/** A dialled connection opens within this time, or not at all. */
export const DIAL_MS = 95;

export interface Surroundings {
  readonly connections: LiveConnections;
  readonly outlook: Outlook;
  /** Whether the process of a node does not listen. */
  isDown(number: NodeNumber): boolean;
}

export class LiveWires {
  private readonly ours: LiveNode;
  private readonly around: Surroundings;

  constructor(ours: LiveNode, around: Surroundings) {
    this.ours = ours;
    this.around = around;
  }

  private get number(): NodeNumber {
    return this.ours.node.number;
  }

  /** A real connection opened or closed. */
  take(link: KnownLink): void {
    if (link.event === 'close') this.closed(link);
    else if (link.dialer === this.number) this.opened(link);
    // Who is dialled learns of it with the first message: then, and not before, it matters.
  }

  /** Dials that nobody answers, in a tick at `atMs`: no process listens, and nothing opens. */
  refuse(atMs: number): void {
    const { outlook } = this.around;
    for (const { connection, to, busPort, atMs: dialledMs } of [...this.ours.dials]) {
      if (dialledMs !== atMs || !(to === null || this.around.isDown(to))) continue;
      const opens = to !== null && outlook.openTo(to, atMs - 1, atMs + DIAL_MS) !== null;
      const isSaid = outlook.isRefusedBetween(busPort, atMs - 1, atMs + DIAL_MS);
      if (!opens && !isSaid) this.end(connection, atMs);
    }
  }

  /** The log says that a dial was refused. */
  refused(atMs: number, busPort: number): void {
    const dial = this.ours.dials.findLast((one) => one.busPort === busPort);
    if (dial) this.end(dial.connection, atMs);
  }

  private end(connection: string, atMs: number): void {
    this.ours.dials = this.ours.dials.filter((dial) => dial.connection !== connection);
    this.ours.event(atMs, { type: 'LINK_CLOSED', connection, refused: true });
  }

  private opened({ connection, acceptor, atMs }: KnownLink): void {
    const { ours } = this;
    let dial = ours.dials.findLast(({ to }) => to === acceptor);
    if (!dial) {
      const entry = ours.entryOf(acceptor);
      if (!entry) return;
      if (entry.link) ours.do(atMs, { type: 'rule', rule: 'drop', id: entry.id });
      ours.do(atMs, { type: 'rule', rule: 'dial', id: entry.id });
      dial = ours.dials.at(-1);
    }
    if (!dial) return;
    ours.bind(connection, dial.connection);
    ours.event(atMs, { type: 'LINK_CONNECTED', connection: dial.connection });
  }

  private closed({ connection, atMs, endedBy }: KnownLink): void {
    const { ours } = this;
    const name = ours.connections.get(connection) ?? this.unheard(connection);
    if (name === null) return;
    ours.connections.delete(connection);
    const entry = wholeEntries(ours.state).find(({ link }) => link?.connection === name);
    if (entry && endedBy === this.number) {
      ours.do(atMs, { type: 'rule', rule: 'drop', id: entry.id });
    } else ours.event(atMs, { type: 'LINK_CLOSED', connection: name, refused: false });
  }

  /** Our link on a connection that was there before anything was told, and never said a word. */
  private unheard(connection: number): string | null {
    const one = this.around.connections.get(connection);
    if (one?.dialer !== this.number || one.openedMs !== null) return null;
    return this.freeLinkTo(one.acceptor);
  }

  /** Our name of the real connection a message came on, or goes out on; null: we have none. */
  nameOf(connection: number, atMs: number): string | null {
    const { ours } = this;
    const known = ours.connections.get(connection);
    const one = this.around.connections.get(connection);
    if (!one) return known ?? null;
    if (one.dialer !== this.number) return known ?? this.accept(connection, atMs);
    const entry = ours.entryOf(one.acceptor);
    if (known !== undefined && entry?.link?.connection === known) return known;
    const name = this.freeLinkTo(one.acceptor);
    if (name !== null) {
      ours.bind(connection, name);
      if (!entry?.link?.connected) ours.event(atMs, { type: 'LINK_CONNECTED', connection: name });
    }
    return name ?? known ?? null;
  }

  /** It has just read the first message of somebody who dialled it. */
  private accept(connection: number, atMs: number): string {
    const name = `in${connection}`;
    this.ours.bind(connection, name);
    this.ours.event(atMs, { type: 'LINK_ACCEPTED', connection: name, channel: 'bus' });
    return name;
  }

  /** Our link to a node, if no other real connection is it. */
  private freeLinkTo(number: NodeNumber): string | null {
    const name = this.ours.entryOf(number)?.link?.connection;
    const isTaken = name !== undefined && [...this.ours.connections.values()].includes(name);
    return name === undefined || isTaken ? null : name;
  }
}
