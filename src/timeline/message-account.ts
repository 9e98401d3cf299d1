/**
 * All there is to tell of one message: its contents, why its gossip speaks of these nodes, and
 * what the receiver held before and after reading it. Computed when somebody looks, from worlds
 * and notes.
 */
import { namesById, viewOf } from '../kernel/node-view';
import { nodeNames } from '../kernel/scene';
import { step } from '../kernel/step';
import type { World } from '../kernel/world';
import type { Envelope } from '../protocol/bus-state';
import type { BusMessage } from '../protocol/bus-message';
import type { NodeView } from '../protocol/cluster-frame';
import { hearGossip, type GossipAccount } from '../protocol/messages/gossip-witness';
import type { NodeName } from '../protocol/ids';
import type { MessageAccount } from './cluster-source';
import type { MessageLog } from './message-log';

/** What is needed of a history: any of its worlds, and when each message left and was read. */
export interface Line {
  readonly messageLog: Pick<MessageLog, 'journeyOf' | 'sentBefore'>;
  /** The world right after kernel step `steps`. */
  worldAt(steps: number): World;
}

/** A message may wait for its connection: written some steps before it leaves. */
const STEPS_BEFORE_SENT = 256;

/** The account of message `id`, as far as the line is known; null: no such message. */
export function messageAccount(line: Line, id: number): MessageAccount | null {
  const journey = line.messageLog.journeyOf(id);
  if (!journey) return null;
  const { sentStep, readStep, readAtMs, to } = journey;
  const envelope = envelopeSentIn(line, sentStep, id);
  if (envelope?.payload.channel !== 'bus') return null;
  const { message } = envelope.payload;
  const earlier = line.messageLog.sentBefore(id);
  const world = line.worldAt(sentStep);
  return {
    message,
    names: namesById(world, nodeNames(world.scene)),
    previous: earlier && busMessageOf(envelopeSentIn(line, earlier.sentStep, earlier.id)),
    sentStep,
    receivedStep: readStep,
    receivedAtMs: readAtMs,
    choice: choiceOf(line, envelope, sentStep, message),
    before: readStep === null ? null : viewAt(line, readStep - 1, to),
    after: readStep === null ? null : viewAt(line, readStep, to),
  };
}

function busMessageOf(envelope: Envelope | null): BusMessage | null {
  return envelope?.payload.channel === 'bus' ? envelope.payload.message : null;
}

function envelopeSentIn(line: Line, sentStep: number, id: number): Envelope | null {
  const record = step(line.worldAt(sentStep - 1))?.[1];
  return record?.sent.find((envelope) => envelope.id === id) ?? null;
}

function viewAt(line: Line, steps: number, name: NodeName): NodeView | null {
  const world = line.worldAt(steps);
  const snapshot = world.nodes.get(name);
  return snapshot ? viewOf(snapshot, namesById(world, nodeNames(world.scene))) : null;
}

/** The choice that led to these entries: made in the step it left in, or a little earlier. */
function choiceOf(
  line: Line,
  { from }: Envelope,
  sentStep: number,
  message: BusMessage,
): GossipAccount | null {
  if (!('gossip' in message)) return null;
  const wanted = JSON.stringify(message.gossip);
  const search = (fromStep: number): GossipAccount | null => {
    let found: GossipAccount | null = null;
    const hear = (account: GossipAccount): void => {
      if (account.by === from && JSON.stringify(account.entries) === wanted) found = account;
    };
    let world = line.worldAt(fromStep);
    hearGossip(() => {
      while (world.steps < sentStep) world = step(world)![0];
    }, hear);
    return found;
  };
  return search(sentStep - 1) ?? search(Math.max(0, sentStep - STEPS_BEFORE_SENT));
}
