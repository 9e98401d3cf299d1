/**
 * The header of every message a real node sent, field by field, against the header of ours.
 * Source: clusterBuildMessageHdr, src/cluster.c.
 */
import type { BusHeader, BusMessage } from '../protocol/bus-message';
import { flagNames } from '../protocol/flags';
import { buildHeader } from '../protocol/messages/send';
import { printSlots } from '../protocol/slot-ranges';
import { Turn } from '../protocol/turn';
import type { Capture } from './capture';
import { virtualMs } from './capture-time';
import { statesAround } from './beliefs';
import type { Pair } from './pair-messages';
import type { Replayed } from './replay';

type Header = BusHeader & { readonly forceAck: boolean };

/** What is compared, and how it is printed. Offsets are given, not compared. */
const FIELDS: Readonly<Record<string, (message: Header) => string>> = {
  currentEpoch: (message) => String(message.currentEpoch),
  configEpoch: (message) => String(message.configEpoch),
  flags: (message) => flagNames(message.flags).join(','),
  slots: (message) => printSlots(message.slots) || 'none',
  master: (message) => message.masterId ?? 'none',
  'cluster state': (message) => message.clusterState,
  paused: (message) => String(message.paused),
  'force-ack': (message) => String(message.forceAck),
  address: (message) => `${message.ip}:${message.port}@${message.busPort}`,
};

/** What a message says beside its header: exact, for it is no belief but the point of it. */
function contentOf(message: BusMessage): string | null {
  switch (message.type) {
    case 'FAIL':
      return message.about;
    case 'UPDATE':
      return `${message.about} ${message.aboutConfigEpoch} ${printSlots(message.aboutSlots)}`;
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      return `${message.channel} ${message.message}`;
    case 'PING':
    case 'PONG':
    case 'MEET':
      return JSON.stringify(message.extensions);
    default:
      return null;
  }
}

/** Compares each pair. */
export function judgeHeaders(capture: Capture, replayed: Replayed, pairs: readonly Pair[]): void {
  for (const pair of pairs) {
    for (const [field, print] of Object.entries(FIELDS)) judgeField(replayed, pair, field, print);
    judgeContent(replayed, pair);
  }

  function judgeField(
    { shadow, tally }: Replayed,
    { frame, ours }: Pair,
    field: string,
    print: (message: Header) => string,
  ): void {
    const kind = `header: ${field}`;
    const real = print(frame.message);
    const mine = print(ours.message);
    if (real === mine) return tally.agree(kind);
    const nowMs = virtualMs(capture, frame.atMs);
    const soon = statesAround(shadow, frame.atMs).some(
      (state) => print(buildHeader(new Turn(state, nowMs))) === real,
    );
    tally.disagree({
      ...{ kind, atMs: frame.atMs, node: shadow.node.number },
      ...{ ours: mine, real: `${real} (${frame.message.type} to node ${frame.to})` },
      explanation: soon ? 'on-its-way' : null,
    });
  }
}

function judgeContent({ shadow, tally }: Replayed, { frame, ours }: Pair): void {
  const real = contentOf(frame.message);
  if (real === null) return;
  const mine = contentOf(ours.message);
  const kind = `content: ${'extensions' in frame.message ? 'extensions' : frame.message.type}`;
  if (real === mine) return tally.agree(kind);
  tally.disagree({
    ...{ kind, atMs: frame.atMs, node: shadow.node.number, explanation: null },
    ...{ ours: mine ?? 'nothing', real },
  });
}
