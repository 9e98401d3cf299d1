/** CLUSTER NODES and CLUSTER INFO as rows that two worlds can be compared by. */
import type { NodeName } from './cluster';
import type { Names } from './names';

/** One line of CLUSTER NODES; ping and pong times are left out, they differ from run to run. */
export interface TableRow {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly flags: readonly string[];
  readonly master: string;
  readonly configEpoch: number;
  readonly link: string;
  /** Ranges and open slots, as printed. */
  readonly slots: readonly string[];
}

/** Reads a table in the names of the scripts, sorted by name: the order of lines is arbitrary. */
export function parseTable(text: string, names: Names): TableRow[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseRow(names.say(line)))
    .sort((a, b) => a.address.localeCompare(b.address));
}

function parseRow(line: string): TableRow {
  const [id, address, flags, master, , , epoch, link, ...slots] = line.split(' ');
  const name = /^<(\d+)>$/.exec(id!)?.[1] ?? id!;
  return {
    name,
    id: id!,
    address: address!,
    flags: flags!.split(','),
    master: master!,
    configEpoch: Number(epoch),
    link: link!,
    slots,
  };
}

/** The id of the master a node says it follows, from its own CLUSTER NODES; null for a master. */
export function ownMasterId(nodesText: string): string | null {
  const mine = nodesText.split('\n').find((line) => line.split(' ')[2]?.includes('myself'));
  const master = mine?.split(' ')[3];
  return master === undefined || master === '-' ? null : master;
}

/** A row as one line. A dead node's link is dialled ten times a second: its state is luck. */
export function printRow(row: TableRow): string {
  const isDead = row.flags.some((flag) => flag === 'fail' || flag === 'fail?');
  const link = isDead ? '-' : row.link;
  const fields = [row.id, row.address, row.flags.join(','), row.master, row.configEpoch, link];
  return [...fields, ...row.slots].join(' ');
}

/** CLUSTER INFO without its counts of messages. */
export function comparableInfo(text: string): string[] {
  return text.split('\r\n').filter((line) => line !== '' && !line.startsWith('cluster_stats_'));
}

/** What two nodes agree on: everything but who is speaking. */
export function sharedView(rows: readonly TableRow[]): string {
  const lines = rows.map((row) =>
    printRow({
      ...row,
      flags: row.flags.filter((flag) => flag !== 'myself'),
      slots: row.slots.filter((slot) => !slot.startsWith('[')),
    }),
  );
  return lines.join('\n');
}

export const rowOf = (rows: readonly TableRow[], name: NodeName): TableRow | undefined =>
  rows.find((row) => row.name === name);
