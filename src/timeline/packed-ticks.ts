/** The ticks to come of all processes, put away: each as five numbers, most of them small. */
import type { Tick, Ticks } from '../kernel/ticks';
import type { NodeName } from '../protocol/ids';
import { ByteLog, LogReader } from './byte-log';

type Line = Ticks[number];

export interface PackedTicks {
  readonly log: ByteLog;
  readonly from: number;
}

/** Puts ticks away; `places`: of every process there is. */
export function packTicks(
  ticks: Ticks,
  places: ReadonlyMap<NodeName, number>,
  log: ByteLog,
): PackedTicks {
  const from = log.length;
  for (const { items, from: first, to } of ticks) {
    log.natural(to - first);
    let [lastMs, lastSeq] = [0, 0];
    for (const { atMs, seq, node, run, passed } of items.slice(first, to)) {
      log.whole(atMs - lastMs);
      log.whole(seq - lastSeq);
      log.natural(places.get(node)!);
      log.natural(run);
      log.natural(passed);
      [lastMs, lastSeq] = [atMs, seq];
    }
  }
  return { log, from };
}

/** The ticks that were put away. */
export function unpackTicks({ log, from }: PackedTicks, names: readonly NodeName[]): Ticks {
  const reader = new LogReader(log, from);
  const read = (): Line => {
    const items: Tick[] = [];
    let [atMs, seq] = [0, 0];
    for (let left = reader.natural(); left > 0; left--) {
      atMs += reader.whole();
      seq += reader.whole();
      const node = names[reader.natural()]!;
      items.push({ atMs, seq, node, run: reader.natural(), passed: reader.natural() });
    }
    return { items, from: 0, to: items.length };
  };
  return [read(), read()];
}
