/** Connections put away small: of most only the times change. They are read one by one. */
import type { Connection } from '../protocol/bus-state';
import { Connections, type PastConnections } from '../protocol/connections';
import type { ConnectionId } from '../protocol/effects';
import { RowReader, packRows, type EarlierRows, type PackedRows, type Row } from './packed-rows';
import { CONNECTIONS } from './packings';

export interface PackedConnections {
  readonly rows: PackedRows<Connection>;
  /** Where each stands or once stood; all worlds of a line share it, and it only grows. */
  readonly placeById: Map<ConnectionId, number>;
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
  const placeById = before?.packed.placeById ?? new Map<ConnectionId, number>();
  const placed = before
    ? withChanges(before.rows.rows, connections.since, placeById)
    : inTheirPlaces([], connections, placeById);
  const rows = packRows(placed, before?.rows ?? null, CONNECTIONS);
  const now = Connections.from(new InTheirPlaces(placed, placeById));
  return { packed: { rows: rows.packed, placeById }, rows, connections: now };
}

function withChanges(
  before: readonly Row<Connection>[],
  since: Connections['since'],
  placeById: Map<ConnectionId, number>,
): readonly Row<Connection>[] {
  if (since.size === 0) return before;
  const placed = [...before];
  const added: Connection[] = [];
  for (const [id, one] of since) {
    const place = placeById.get(id);
    if (place !== undefined && placed[place]?.id === id) placed[place] = one;
    else if (one) added.push(one);
  }
  return inTheirPlaces(placed, added, placeById);
}

/** In places that nobody has; if there are none, there is room for more at the end. */
function inTheirPlaces(
  placed: Row<Connection>[],
  added: Iterable<Connection>,
  placeById: Map<ConnectionId, number>,
): readonly Row<Connection>[] {
  const before = placed.length;
  let place = 0;
  for (const one of added) {
    while (place < placed.length && placed[place] !== null) place++;
    placed[place] = one;
    placeById.set(one.id, place);
  }
  if (placed.length === before) return placed;
  const room = new Array<null>(Math.ceil(placed.length * ROOM)).fill(null);
  return [...placed, ...room];
}

/** The connections that were put away. */
export function unpackConnections({ rows, placeById }: PackedConnections): Connections {
  return Connections.from(new InTheirPlaces(new Later(rows), placeById));
}

interface Rows {
  readonly length: number;
  at(place: number): Row<Connection> | undefined;
}

/** Rows, and where each connection stands among them, or once stood. */
class InTheirPlaces implements PastConnections {
  private readonly rows: Rows;
  private readonly placeById: ReadonlyMap<ConnectionId, number>;

  constructor(rows: Rows, placeById: ReadonlyMap<ConnectionId, number>) {
    this.rows = rows;
    this.placeById = placeById;
  }

  get(id: ConnectionId): Connection | null {
    const place = this.placeById.get(id);
    const found = place === undefined ? null : this.rows.at(place);
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
