/**
 * Where each connection stands in a list, or once stood: a number for each that any node has ever
 * dialled. It only grows.
 */
import type { ConnectionId } from '../protocol/effects';
import { Column } from './column';

const NO_PLACE = 0;

export class ConnectionPlaces {
  /** By who dialled; each has numbered its connections. A place is one more than it is. */
  private readonly byDialer = new Map<string, Column>();

  get(id: ConnectionId): number | null {
    const [dialer, number] = partsOf(id);
    const places = this.byDialer.get(dialer);
    const place = places && number < places.length ? places.at(number) : NO_PLACE;
    return place === NO_PLACE ? null : place - 1;
  }

  set(id: ConnectionId, place: number): void {
    const [dialer, number] = partsOf(id);
    const places = this.byDialer.get(dialer) ?? new Column();
    this.byDialer.set(dialer, places);
    while (places.length <= number) places.push(NO_PLACE);
    places.set(number, place + 1);
  }
}

/** `8901#3` is the third connection of 8901; an id of another kind is a dialer's only one, 0. */
export function partsOf(id: ConnectionId): readonly [string, number] {
  const mark = id.lastIndexOf('#');
  if (mark === -1 || id.length - mark > MOST_DIGITS + 1) return [id, 0];
  let number = 0;
  for (let at = mark + 1; at < id.length; at++) {
    const digit = id.charCodeAt(at) - ZERO;
    // A number begins with no 0.
    if (digit < 0 || digit > 9 || (digit === 0 && number === 0)) return [id, 0];
    number = number * 10 + digit;
  }
  return number === 0 ? [id, 0] : [id.slice(0, mark), number];
}

const ZERO = 48;
const MOST_DIGITS = 7;
