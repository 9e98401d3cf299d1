/** Connections put away small: of most only the times change. They are read page by page. */
import type { Connection } from '../protocol/bus-state';
import { Connections, type PastConnections } from '../protocol/connections';
import type { ConnectionId } from '../protocol/effects';
import { ConnectionPlaces } from './connection-places';
import { CONNECTIONS, CONNECTION_NUMBERS, withNumbers, writeNumbers, type Row } from './packings';
import { RowDiary, type Page } from './row-diary';

export interface PackedConnections {
  readonly diary: ConnectionDiary;
  /** Of each page: where in its diary. */
  readonly ends: Int32Array;
}

type Rows = readonly Row<Connection>[];

/** Places on a page. */
const PAGE_BITS = 7;
const PAGE = 1 << PAGE_BITS;
const NOBODY: Rows = new Array<null>(PAGE).fill(null);

/** Connections of all worlds of a line. */
export class ConnectionDiary {
  /** Where each stands or once stood. */
  readonly places = new ConnectionPlaces();
  private readonly diaries: RowDiary<Connection>[] = [];
  private readonly ends: number[] = [];
  private pages: readonly Rows[] = [];
  private readonly free: number[] = [];
  private used = 0;
  /** Those that were put away last. */
  private latest: PastConnections | null = null;
  /** Of each page: the numbers that change all the time. */
  private readonly numbers: Float64Array[] = [];

  /** Puts connections away; returns the same, to go on from: their changes are found sooner. */
  put(connections: Connections, nowMs: number) {
    const changes = connections.past === this.latest ? connections.since : this.since(connections);
    const pages = [...this.pages];
    const touched = new Map<number, Row<Connection>[]>();
    for (const [id, one] of changes) {
      const place = this.placeFor(id, one);
      if (place === null) continue;
      const number = place >> PAGE_BITS;
      const page = touched.get(number) ?? [...(pages[number] ?? NOBODY)];
      touched.set(number, page);
      pages[number] = page;
      page[place & (PAGE - 1)] = one;
      const numbers = (this.numbers[number] ??= new Float64Array(PAGE * CONNECTION_NUMBERS));
      writeNumbers(one, numbers, (place & (PAGE - 1)) * CONNECTION_NUMBERS);
    }
    this.pages = pages;
    for (const [number, page] of touched) {
      const diary = (this.diaries[number] ??= new RowDiary(CONNECTIONS));
      this.ends[number] = diary.write(page, this.numbers[number]!, nowMs);
    }
    this.latest = new InTheirPlaces(new LivePages(pages), this.places);
    const packed: PackedConnections = { diary: this, ends: Int32Array.from(this.ends) };
    return { packed, connections: Connections.from(this.latest) };
  }

  /** All that differs from those put away last. */
  private since(connections: Connections): Map<ConnectionId, Row<Connection>> {
    const all = new Map<ConnectionId, Row<Connection>>();
    for (const { id } of this.latest?.all() ?? []) all.set(id, null);
    for (const one of connections) all.set(one.id, one);
    return all;
  }

  /** Null: it came and went. */
  private placeFor(id: ConnectionId, one: Row<Connection>): number | null {
    const place = this.places.get(id);
    if (place !== null && this.rowAt(place)?.id === id) {
      if (one === null) this.free.push(place);
      return place;
    }
    if (one === null) return null;
    const found = this.free.pop() ?? this.used++;
    this.places.set(id, found);
    return found;
  }

  private rowAt(place: number): Row<Connection> {
    return this.pages[place >> PAGE_BITS]?.[place & (PAGE - 1)] ?? null;
  }

  /** The connections that were put away. */
  read({ ends }: PackedConnections): Connections {
    return Connections.from(new InTheirPlaces(new LaterPages(this.diaries, ends), this.places));
  }
}

interface Pages {
  readonly length: number;
  at(number: number, place: number): Row<Connection>;
}

/** Rows, and where each connection stands among them, or once stood. */
class InTheirPlaces implements PastConnections {
  private readonly pages: Pages;
  private readonly places: ConnectionPlaces;

  constructor(pages: Pages, places: ConnectionPlaces) {
    this.pages = pages;
    this.places = places;
  }

  get(id: ConnectionId): Connection | null {
    const place = this.places.get(id);
    const found = place === null ? null : this.pages.at(place >> PAGE_BITS, place & (PAGE - 1));
    // Its place may be another's now.
    return found?.id === id ? found : null;
  }

  *all(): Generator<Connection> {
    for (let number = 0; number < this.pages.length; number++) {
      for (let place = 0; place < PAGE; place++) {
        const one = this.pages.at(number, place);
        if (one) yield one;
      }
    }
  }
}

class LivePages implements Pages {
  private readonly pages: readonly Rows[];

  constructor(pages: readonly Rows[]) {
    this.pages = pages;
  }

  get length(): number {
    return this.pages.length;
  }

  at(number: number, place: number): Row<Connection> {
    return this.pages[number]?.[place] ?? null;
  }
}

/** Pages that were put away, read when somebody asks for one. */
class LaterPages implements Pages {
  private readonly diaries: readonly RowDiary<Connection>[];
  private readonly ends: Int32Array;
  private readonly pages: Page<Connection>[] = [];

  constructor(diaries: readonly RowDiary<Connection>[], ends: Int32Array) {
    this.diaries = diaries;
    this.ends = ends;
  }

  get length(): number {
    return this.ends.length;
  }

  at(number: number, place: number): Row<Connection> {
    if (number >= this.length) return null;
    const page = (this.pages[number] ??= this.diaries[number]!.read(this.ends[number]!));
    const row = page.rows[place] ?? null;
    return row && withNumbers(row, page.numbers, place * CONNECTION_NUMBERS);
  }
}
