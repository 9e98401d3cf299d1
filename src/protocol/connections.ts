/**
 * Every connection of a network by its id, as a value: a change makes another one, and what it was
 * made from stays as it was.
 * Source: none; each of redis-server's processes knows only its own sockets.
 */
import type { Connection } from './bus-state';
import type { ConnectionId } from './effects';
import { ConnectionTable } from './connection-table';
import { ValueMap } from './value-map';

/** Connections as they once were, looked up one by one when they are asked for. */
export interface PastConnections {
  get(id: ConnectionId): Connection | null;
  /** In no particular order. */
  all(): Iterable<Connection>;
}

const NOBODY: PastConnections = { get: () => null, all: () => [] };

export class Connections {
  /** Of nobody yet; each network begins with its own. */
  static none(): Connections {
    return Connections.from(NOBODY);
  }

  /** Those it began with. */
  readonly past: PastConnections;
  /** What has changed since. Null: that connection is gone. */
  readonly since: ValueMap<ConnectionId, Connection | null>;

  private constructor(past: PastConnections, since: ValueMap<ConnectionId, Connection | null>) {
    this.past = past;
    this.since = since;
  }

  static from(past: PastConnections): Connections {
    return new Connections(past, ValueMap.of(new ConnectionTable()));
  }

  get(id: ConnectionId): Connection | null {
    const known = this.since.get(id);
    return known === undefined ? this.past.get(id) : known;
  }

  with(connection: Connection): Connections {
    return new Connections(this.past, this.since.set(connection.id, connection));
  }

  without(id: ConnectionId): Connections {
    if (this.past === NOBODY) return new Connections(NOBODY, this.since.delete(id));
    return new Connections(this.past, this.since.set(id, null));
  }

  withAll(connections: Iterable<Connection>): Connections {
    let { since } = this;
    for (const connection of connections) since = since.set(connection.id, connection);
    return new Connections(this.past, since);
  }

  /** The same, of which nothing comes that this one has to do with. */
  apart(): Connections {
    return new Connections(this.past, this.since.apart());
  }

  /** Nobody will read this version any more, nor any from before, as `ValueMap.letGo` says. */
  letGo(): void {
    this.since.letGo();
  }

  /** In no particular order. */
  *[Symbol.iterator](): Generator<Connection> {
    for (const connection of this.past.all()) {
      if (!this.since.has(connection.id)) yield connection;
    }
    for (const connection of this.since.values()) if (connection) yield connection;
  }

  /** By id, for the hash of a world; equal whichever version it is read from. */
  toJSON(): Readonly<Record<ConnectionId, Connection>> {
    const byId = [...this].map((connection) => [connection.id, connection] as const);
    return Object.fromEntries(byId.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
