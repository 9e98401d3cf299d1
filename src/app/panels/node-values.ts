/** What a node's card and table print: values as CLUSTER NODES has them, ages in seconds. */
import type { FrameNode, FrameRow, NodeView } from '../../protocol/cluster-frame';
import type { NodeFlag } from '../../protocol/flags';
import { printSlots, slotCount } from '../../protocol/slot-ranges';
import type { inspector } from '../../words/en/inspector';

type Words = typeof inspector;

export interface CardValue {
  readonly key: string;
  readonly value: string;
  /** A few words after the value, such as whose it is. */
  readonly aside: string;
}

const NOT_PRINTED: ReadonlySet<NodeFlag> = new Set(['meet', 'migrate-to']);
const PRINTED: Partial<Record<NodeFlag, string>> = { replica: 'slave', pfail: 'fail?' };

/** The flags as CLUSTER NODES prints them. */
export function redisFlags(flags: readonly NodeFlag[]): string {
  const printed = flags.filter((flag) => !NOT_PRINTED.has(flag)).map((f) => PRINTED[f] ?? f);
  return printed.length > 0 ? printed.join(',') : 'noflags';
}

/** `16 384`: thousands apart by a thin space. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** A duration in seconds; a long one needs no decimal. */
export function secondsOf(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(ms < 99_950 ? 1 : 0);
}

/** The six values under a node's name; a replica's differ from a master's. */
export function cardValues(node: FrameNode, atMs: number, words: Words): CardValue[] {
  const { view } = node;
  const own = view.rows.find((row) => row.name === node.name);
  const flags = plain(words.card.flags, redisFlags(own?.flags ?? ['myself', view.role]));
  const offset = known(words.card.offset, view.offsetBytes, words);
  if (view.role === 'master') {
    return [
      plain('currentEpoch', String(view.currentEpoch)),
      flags,
      plain('configEpoch', String(view.configEpoch)),
      offset,
      known('lastVoteEpoch', view.lastVoteEpoch, words),
      plain(words.card.clusterState, view.clusterState),
    ];
  }
  const master = view.rows.find((row) => row.name === view.master);
  return [
    plain('currentEpoch', String(view.currentEpoch)),
    flags,
    {
      ...plain('configEpoch', String(master?.configEpoch ?? view.configEpoch)),
      aside: words.card.itsMasters,
    },
    offset,
    {
      ...plain(words.card.replication, linkText(view, atMs, words)),
      aside: syncText(view, words),
    },
    plain(words.card.rank, `#${view.failover.rank}`),
  ];
}

/** One row of the table as text, cell by cell, for showing and for comparing. */
export interface RowTexts {
  readonly flags: string;
  readonly slots: string;
  readonly epoch: string;
  readonly link: string;
  readonly reports: string;
}

/**
 * The texts of a row that mean something when they change; ages always do and are not among them.
 */
export function rowTexts(row: FrameRow, view: NodeView | null, words: Words): RowTexts {
  const ofMaster = row.master === null ? '' : `${words.table.replicaOf} ${row.master}`;
  const open = row.flags.includes('myself') && view ? openSlotTexts(view) : [];
  const slots = [printSlots(row.slots), ...open].filter(Boolean).join(' ');
  return {
    flags: redisFlags(row.flags),
    slots: slots || ofMaster || words.table.none,
    epoch: String(row.configEpoch),
    link: linkWord(row, words),
    reports: row.failReports.map((report) => report.by).join(', '),
  };
}

/** What each changed cell of a row held in the table before; empty if nothing is known of it. */
export function changesOf(
  row: FrameRow,
  [view, before]: readonly [now: NodeView, before: NodeView | null],
  words: Words,
): Partial<RowTexts> {
  if (before === null) return {};
  const earlier = before.rows.find((other) => other.id === row.id);
  const now = rowTexts(row, view, words);
  const then = earlier
    ? rowTexts(earlier, before, words)
    : { flags: '', slots: '', epoch: '', link: '', reports: '' };
  const changed = (Object.keys(now) as (keyof RowTexts)[]).filter((key) => now[key] !== then[key]);
  return Object.fromEntries(changed.map((key) => [key, then[key] || words.table.gone]));
}

/** `[866->-8902]`: as CLUSTER NODES prints them on a node's own line, with names for ids. */
function openSlotTexts({ openSlots }: NodeView): string[] {
  return openSlots.map(({ slot, mark, peer }) =>
    mark === 'migrating' ? `[${slot}->-${peer}]` : `[${slot}-<-${peer}]`,
  );
}

/** How many slots a row owns, for its title. */
export function ownedSlots(row: FrameRow): string {
  return grouped(slotCount(row.slots));
}

/** A number, or that nobody has been told it. */
function known(key: string, value: number | null, { card, table }: Words): CardValue {
  if (value === null) return { key, value: table.none, aside: card.unheard };
  return plain(key, grouped(value));
}

function plain(key: string, value: string): CardValue {
  return { key, value, aside: '' };
}

function linkWord(row: FrameRow, words: Words): string {
  if (row.flags.includes('myself')) return words.table.none;
  return row.linkConnected ? words.table.connected : words.table.disconnected;
}

/** How the data came here, once it has. */
function syncText({ replication: { link, lastSync } }: NodeView, words: Words): string {
  return link === 'up' && lastSync ? words.card.lastSync[lastSync] : '';
}

function linkText({ replication }: NodeView, atMs: number, words: Words): string {
  const link = words.card.link[replication.link];
  if (replication.link !== 'down') return link;
  return words.card.linkFor(link, words.seconds(secondsOf(atMs - replication.sinceMs)));
}
