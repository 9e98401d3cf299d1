/**
 * Commands that nobody recorded, inferred from the first thing that proves them. Each says from
 * what: the report lists them as assumptions.
 */
import type { BusMessage } from '../protocol/bus-message';
import { MASTER } from '../protocol/flags';
import {
  NO_SLOTS,
  eachSlot,
  slotCount,
  withoutSlots,
  type SlotRanges,
} from '../protocol/slot-ranges';
import type { Capture, CaptureFrame, CaptureNode, Deed } from './capture';

/** A command comes this long before the first trace of it. */
const LEAD_MS = 0.8;
/** MEET and what a new node is told come before the tick that dials. */
const NEW_NODE_LEAD_MS = 4;
/** Messages of one PUBLISH reach the recorder within this time. */
const ONE_PUBLISH_MS = 50;

type Command = Deed & { readonly type: 'command' };

/** Every command to `node` that the recording proves but does not name, in order of time. */
export function inferredDeeds(capture: Capture, node: CaptureNode): Command[] {
  const said = capture.frames.filter((frame) => frame.from === node.number && frame.sent);
  const found = [
    ...firstWords(capture, node, said),
    ...meetings(capture, node, said),
    ...imports(capture, node, said),
    ...replications(capture, node, said),
    ...publications(node, said),
    ...hostnames(capture, node, said),
    ...failovers(node, said),
  ];
  const recorded = new Set(
    capture.deeds.flatMap((deed) =>
      deed.node === node.number && deed.type === 'command' ? [subjectOf(deed)] : [],
    ),
  );
  return found.filter((deed) => !recorded.has(subjectOf(deed))).sort((a, b) => a.atMs - b.atMs);
}

/** What a command is about: CLUSTER MEET, PUBLISH. */
function subjectOf({ argv }: Command): string {
  return argv
    .slice(0, argv[0]?.toUpperCase() === 'CLUSTER' ? 2 : 1)
    .join(' ')
    .toUpperCase();
}

function command(
  node: CaptureNode,
  atMs: number,
  text: string | readonly string[],
  inferredFrom: string,
): Command {
  const argv = typeof text === 'string' ? text.split(' ') : text;
  return { type: 'command', node: node.number, atMs, argv, inferredFrom };
}

/** A node without peers: its slots and its epoch are those of its first words. */
function firstWords(
  capture: Capture,
  node: CaptureNode,
  [first]: readonly CaptureFrame[],
): Command[] {
  if (!first || (capture.before.get(node.number)?.length ?? 1) > 1) return [];
  const known = capture.before.get(node.number)?.[0];
  const slots = withoutSlots(first.message.slots, known?.slots ?? NO_SLOTS);
  const configEpoch = known && known.configEpoch > 0 ? 0 : first.message.configEpoch;
  const told = /^configEpoch set to (\d+) via CLUSTER SET-CONFIG-EPOCH$/;
  const line = capture.log.find((one) => one.node === node.number && told.test(one.text));
  const dialMs = capture.links.find(({ dialer }) => dialer === node.number)?.atMs ?? first.atMs;
  const atMs = line?.atMs ?? Math.min(dialMs, first.atMs) - NEW_NODE_LEAD_MS - 1;
  const bounds = slots.flatMap(([from, to]) => [String(from), String(to)]);
  const why = `its first ${first.message.type}`;
  return [
    ...(bounds.length > 0
      ? [command(node, atMs - 1, ['CLUSTER', 'ADDSLOTSRANGE', ...bounds], why)]
      : []),
    ...(configEpoch > 0
      ? [command(node, atMs, `CLUSTER SET-CONFIG-EPOCH ${configEpoch}`, line ? 'its log' : why)]
      : []),
  ];
}

function meetings(capture: Capture, node: CaptureNode, said: readonly CaptureFrame[]): Command[] {
  const met = new Set<number>();
  return said.flatMap((frame) => {
    if (frame.message.type !== 'MEET' || met.has(frame.to)) return [];
    met.add(frame.to);
    const peer = capture.nodes.find(({ number }) => number === frame.to)!;
    const dial = capture.links.find(({ connection }) => connection === frame.connection);
    const text = `CLUSTER MEET ${frame.message.ip || '127.0.0.1'} ${peer.port} ${peer.busPort}`;
    return [command(node, (dial ?? frame).atMs - NEW_NODE_LEAD_MS, text, 'its MEET')];
  });
}

/** A master claims more slots than before, and was not elected: CLUSTER SETSLOT … NODE. */
function imports(capture: Capture, node: CaptureNode, said: readonly CaptureFrame[]): Command[] {
  const own = capture.before.get(node.number)?.find(({ id }) => id === node.id);
  let held: SlotRanges | null = own && own.flags & MASTER ? own.slots : null;
  return said.flatMap((frame) => {
    const before = held;
    held = claimOf(frame.message);
    if (!held || !before) return [];
    const gained = withoutSlots(held, before);
    if (slotCount(gained) === 0 || before.length === 0) return [];
    return [...eachSlot(gained)].flatMap((slot) => importOf(capture, node, frame, slot));
  });
}

const claimOf = (message: BusMessage): SlotRanges | null =>
  message.masterId === null ? message.slots : null;

function importOf(
  capture: Capture,
  node: CaptureNode,
  frame: CaptureFrame,
  slot: number,
): Command[] {
  const source = capture.before
    .get(node.number)
    ?.find(({ slots }) => slots.some(([first, last]) => slot >= first && slot <= last));
  const text = `configEpoch updated after importing slot ${slot}`;
  const line = capture.log.find((one) => one.node === node.number && one.text === text);
  const atMs = line?.atMs ?? frame.atMs - LEAD_MS;
  const why = line ? 'its log' : `the slots of its ${frame.message.type}`;
  return [
    ...(source
      ? [command(node, atMs - 0.2, `CLUSTER SETSLOT ${slot} IMPORTING ${source.id}`, why)]
      : []),
    command(node, atMs, `CLUSTER SETSLOT ${slot} NODE ${node.id}`, why),
  ];
}

/** A master without slots says that it is a replica: nothing but a command makes it one. */
function replications(
  capture: Capture,
  node: CaptureNode,
  said: readonly CaptureFrame[],
): Command[] {
  return said.flatMap((frame, i) => {
    const previous = said[i - 1]?.message;
    const { masterId } = frame.message;
    if (!previous || masterId === null || previous.masterId !== null) return [];
    if (previous.slots.length > 0) return [];
    const sinceMs = said[i - 1]!.atMs;
    const line = capture.log.find(
      (one) =>
        one.node === node.number &&
        one.atMs >= sinceMs &&
        one.atMs <= frame.atMs &&
        one.text.startsWith('Before turning into a replica'),
    );
    const atMs = line?.atMs ?? frame.atMs - LEAD_MS;
    const why = `the master in its ${frame.message.type}`;
    return [command(node, atMs, `CLUSTER REPLICATE ${masterId}`, why)];
  });
}

function publications(node: CaptureNode, said: readonly CaptureFrame[]): Command[] {
  let last: { readonly key: string; readonly atMs: number } | null = null;
  return said.flatMap((frame) => {
    const { message, atMs } = frame;
    if (message.type !== 'PUBLISH' && message.type !== 'PUBLISHSHARD') return [];
    const word = message.type === 'PUBLISH' ? 'PUBLISH' : 'SPUBLISH';
    const argv = [word, message.channel, message.message];
    const key = JSON.stringify(argv);
    const isSame: boolean = last?.key === key && atMs - last.atMs < ONE_PUBLISH_MS;
    last = { key, atMs };
    return isSame ? [] : [command(node, atMs - LEAD_MS, argv, `its ${message.type}`)];
  });
}

function hostnames(capture: Capture, node: CaptureNode, said: readonly CaptureFrame[]): Command[] {
  let known = capture.before.get(node.number)?.find(({ id }) => id === node.id)?.hostname ?? '';
  const remark = capture.remarks.find(({ text }) => text.includes('cluster-announce-hostname'));
  return said.flatMap((frame) => {
    if (!('extensions' in frame.message)) return [];
    const extension = frame.message.extensions.find((one) => one.type === 'HOSTNAME');
    const hostname = extension?.type === 'HOSTNAME' ? extension.hostname : '';
    if (hostname === known) return [];
    known = hostname;
    const atMs = Math.min(remark?.atMs ?? frame.atMs, frame.atMs - LEAD_MS);
    const argv = ['CONFIG', 'SET', 'cluster-announce-hostname', hostname];
    return [command(node, atMs, argv, `the hostname in its ${frame.message.type}`)];
  });
}

/** A replica asks its master to pause, or asks for votes against a master that is up. */
function failovers(node: CaptureNode, said: readonly CaptureFrame[]): Command[] {
  const start = said.find(({ message }) => message.type === 'MFSTART');
  if (start) return [command(node, start.atMs - LEAD_MS, 'CLUSTER FAILOVER', 'its MFSTART')];
  const request = said.find(
    ({ message }) => message.type === 'FAILOVER_AUTH_REQUEST' && message.forceAck,
  );
  if (!request) return [];
  const why = 'its request for votes with force-ack';
  return [command(node, request.atMs - LEAD_MS, 'CLUSTER FAILOVER FORCE', why)];
}
