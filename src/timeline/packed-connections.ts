/** Connections put away small: of most only the times change. They are read one by one. */
import type { Connection } from '../protocol/bus-state';
import { Connections, type PastConnections } from '../protocol/connections';
import type { ConnectionId } from '../protocol/effects';
import { ConnectionPlaces } from './connection-places';
import { RowReader, packRows, type EarlierRows, type PackedRows, type Row } from './packed-rows';
import { CONNECTIONS } from './packings';

export interface PackedConnections {
  readonly rows: PackedRows<Connection>;
  /** Where each stands or once stood; all worlds of a line share it, and it only grows. */
  readonly places: ConnectionPlaces;
}

/** Connections that were put away, and the rows of them as they are. */
export interface EarlierConnections {
  readonly packed: PackedConnections;
  readonly rows: EarlierRows<Connection>;
  /** The same, to go on from: what changes in them is known without looking at all. */
  readonly connections: Connections;
}

/** Room for connections to come, as a share of those there are: not every new one moves the end. */
const ROOM = 0.5;

/** Puts connections away. */
export function packConnections(
  connections: Connections,
  earlier: EarlierConnections | null,
): EarlierConnections {
  const before = earlier?.connections.past === connections.past ? earlier : null;
  const places = before?.packed.places ?? new ConnectionPlaces();
  const placed = before
    ? withChanges(before.rows.rows, connections.since, places)
    : inTheirPlaces([], connections, places);
  const rows = packRows(placed, before?.rows ?? null, CONNECTIONS);
  const now = Connections.from(new InTheirPlaces(placed, places));
  return { packed: { rows: rows.packed, places }, rows, connections: now };
}

function withChanges(
  before: readonly Row<Connection>[],
  since: Connections['since'],
  places: ConnectionPlaces,
): readonly Row<Connection>[] {
  if (since.size === 0) return before;
  const placed = [...before];
  const added: Connection[] = [];
  for (const [id, one] of since) {
    const place = places.get(id);
    if (place !== null && placed[place]?.id === id) placed[place] = one;
    else if (one) added.push(one);
  }
  return inTheirPlaces(placed, added, places);
}

/** In places that nobody has; if there are none, there is room for more at the end. */
function inTheirPlaces(
  placed: Row<Connection>[],
  added: Iterable<Connection>,
  places: ConnectionPlaces,
): readonly Row<Connection>[] {
  const before = placed.length;
  let place = 0;
  for (const one of added) {
    while (place < placed.length && placed[place] !== null) place++;
    placed[place] = one;
    places.set(one.id, place);
  }
  if (placed.length === before) return placed;
  const room = new Array<null>(Math.ceil(placed.length * ROOM)).fill(null);
  return [...placed, ...room];
}

/** The connections that were put away. */
export function unpackConnections({ rows, places }: PackedConnections): Connections {
  return Connections.from(new InTheirPlaces(new Later(rows), places));
}

interface Rows {
  readonly length: number;
  at(place: number): Row<Connection> | undefined;
}

/** Rows, and where each connection stands among them, or once stood. */
class InTheirPlaces implements PastConnections {
  private readonly rows: Rows;
  private readonly places: ConnectionPlaces;

  constructor(rows: Rows, places: ConnectionPlaces) {
    this.rows = rows;
    this.places = places;
  }

  get(id: ConnectionId): Connection | null {
    const place = this.places.get(id);
    const found = place === null ? null : this.rows.at(place);
    // Its place may be another's now.
    return found?.id === id ? found : null;
  }

  *all(): Generator<Connection> {
    for (let place = 0; place < this.rows.length; place++) {
      const one = this.rows.at(place);
      if (one) yield one;
    }
  }
}

/** Rows that were put away, read when somebody asks for one. */
class Later implements Rows {
  private readonly packed: PackedRows<Connection>;
  private reader: RowReader<Connection> | null = null;

  constructor(packed: PackedRows<Connection>) {
    this.packed = packed;
  }

  get length(): number {
    return this.packed.base.rows.length;
  }

  at(place: number): Row<Connection> {
    return (this.reader ??= new RowReader(this.packed, CONNECTIONS)).at(place);
  }
}
