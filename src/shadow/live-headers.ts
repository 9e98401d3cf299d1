/**
 * What a real node says of itself in every message, held against ours: and what it says of others
 * in gossip, as far as it is about failure.
 * Source: clusterBuildMessageHdr, clusterSetGossipEntry, src/cluster.c.
 */
import type { BusHeader, BusMessage } from '../protocol/bus-message';
import {
  isReplica,
  lookupNode,
  myself,
  nameOf,
  type ClusterState,
} from '../protocol/cluster-state';
import { FAIL, MASTER, PFAIL, REPLICA, flagNames } from '../protocol/flags';
import { buildHeader } from '../protocol/messages/send';
import { printSlots } from '../protocol/slot-ranges';
import { Turn } from '../protocol/turn';
import { BEHIND_MS, ON_ITS_WAY_MS } from './explanations';
import type { DivergenceField, Differences, LiveExplanation } from './live-differences';
import type { LiveNode } from './live-node';

type Field = Extract<
  DivergenceField,
  'currentEpoch' | 'configEpoch' | 'flags' | 'slots' | 'master' | 'state'
>;

const FIELDS: Readonly<Record<Field, (header: BusHeader) => string>> = {
  currentEpoch: ({ currentEpoch }) => String(currentEpoch),
  configEpoch: ({ configEpoch }) => String(configEpoch),
  flags: ({ flags }) => flagNames(flags & (MASTER | REPLICA)).join(','),
  slots: ({ slots }) => printSlots(slots) || 'none',
  master: ({ masterId }) => masterId ?? 'none',
  state: ({ clusterState }) => clusterState,
};
const NAMES = Object.keys(FIELDS) as Field[];

/** A message may be judged when this has passed: our machine may be a little behind. */
export const JUDGED_AFTER_MS = BEHIND_MS;

/** Holds one message of a real node against ours; sets ours right where they have parted. */
export function judgeHeader(
  ours: LiveNode,
  message: BusMessage,
  differences: Differences,
  atMs: number,
): void {
  const states = ours.statesBetween(atMs - ON_ITS_WAY_MS, atMs + BEHIND_MS);
  const headers = states.map((state) => headerOf(state, atMs));
  const node = ours.node.number;
  const about = String(ours.node.port);
  for (const field of NAMES) {
    const print = FIELDS[field];
    const real = print(message);
    if (headers.some((header) => print(header) === real)) {
      differences.agree({ node, about, field });
      continue;
    }
    const setRight = (): void => setHeaderRight(ours, message, field, atMs);
    const explanation = whyUnknown(ours, message, field, atMs);
    const mine = print(headers[0]!);
    differences.differ(atMs, { node, about, field, ours: mine, real, setRight, explanation });
  }
  if ('gossip' in message) judgeGossip(ours, message, states, differences, atMs);
}

/** A process is believed to be new for this long. */
export const NEW_MS = 4_000;

/** What a table does not print. */
function whyUnknown(
  { began, state }: LiveNode,
  said: BusMessage,
  field: Field,
  atMs: number,
): LiveExplanation | null {
  const isNew = began.isAlone && atMs - began.atMs < NEW_MS;
  if (field === 'state' && isNew) return 'before-the-run';
  const isBare = said.masterId === null && said.slots.length === 0 && !isReplica(myself(state));
  return field === 'configEpoch' && began.asReplica && isBare ? 'not-printed' : null;
}

/** A header is asked for thousands of times: one for each state. */
const headers = new WeakMap<ClusterState, BusHeader>();

function headerOf(state: ClusterState, atMs: number): BusHeader {
  const known = headers.get(state);
  if (known) return known;
  const header = buildHeader(new Turn(state, Math.floor(atMs), true));
  headers.set(state, header);
  return header;
}

function setHeaderRight(ours: LiveNode, said: BusMessage, field: Field, atMs: number): void {
  const { state } = ours;
  const me = myself(state);
  const owner = isReplica(me) && me.masterId ? me.masterId : me.id;
  const todo = { ...state.todo, updateState: true };
  switch (field) {
    case 'currentEpoch':
      return ours.adopt(atMs, { currentEpoch: said.currentEpoch });
    case 'configEpoch':
      return ours.adoptEntry(atMs, owner, { configEpoch: said.configEpoch });
    case 'flags': {
      const role = said.flags & (MASTER | REPLICA);
      return ours.adoptEntry(atMs, me.id, { flags: (me.flags & ~(MASTER | REPLICA)) | role });
    }
    case 'slots':
      ours.adoptEntry(atMs, owner, { slots: said.slots });
      return ours.adopt(atMs, { todo });
    case 'master':
      return ours.do(atMs, { type: 'master', id: me.id, masterId: said.masterId });
    case 'state':
      return ours.adopt(atMs, { state: said.clusterState });
  }
}

const FAILING = PFAIL | FAIL;
const printFailing = (flags: number): string => flagNames(flags & FAILING).join(',') || 'none';

function judgeGossip(
  ours: LiveNode,
  message: Extract<BusMessage, { gossip: unknown }>,
  states: readonly ClusterState[],
  differences: Differences,
  atMs: number,
): void {
  const node = ours.node.number;
  for (const entry of message.gossip) {
    const mine = lookupNode(states[0]!, entry.id);
    if (!mine) continue;
    const about = nameOf(mine);
    const believes = (state: ClusterState): boolean =>
      ((lookupNode(state, entry.id)?.flags ?? 0) & FAILING) === (entry.flags & FAILING);
    if (states.some(believes)) {
      differences.agree({ node, about, field: 'flags' });
      continue;
    }
    const [said, held] = [printFailing(entry.flags), printFailing(mine.flags)];
    differences.differ(atMs, {
      ...{ node, about, field: 'flags', ours: held, real: said },
      // Nothing shows when a PING was drawn for a node to which no connection is up.
      explanation: mine.link?.connected ? null : 'unseen-ping',
      setRight: () => setFailingRight(ours, entry.id, entry.flags & FAILING, atMs),
    });
  }
}

/** Flags of failure as the real node holds them. */
export function setFailingRight(
  ours: LiveNode,
  id: Parameters<LiveNode['entry']>[0],
  failing: number,
  atMs: number,
): void {
  const entry = ours.entry(id);
  if (!entry || (entry.flags & FAILING) === failing) return;
  const failMs = failing & FAIL ? entry.failMs || Math.floor(atMs) : 0;
  ours.adoptEntry(atMs, id, { flags: (entry.flags & ~FAILING) | failing, failMs });
  const [at, about] = [String(ours.node.port), nameOf(entry)];
  for (const [bit, flag] of [[PFAIL, 'pfail'] as const, [FAIL, 'fail'] as const]) {
    const [was, is] = [entry.flags & bit, failing & bit];
    if (was !== is)
      ours.told.notes.push({ event: is ? 'flag.set' : 'flag.clear', at, about, flag });
  }
  ours.adopt(atMs, { todo: { ...ours.state.todo, updateState: true } });
}
