/** `packet("PING", 8901, 8902)`: what the newest message of its kind said; all empty without one. */
import { messageBytes } from '../protocol/messages/message-bytes';
import { slotCount } from '../protocol/slot-ranges';
import { portOf } from './fact-types';
import type { SentMessage } from './lesson-run';

export class PacketFact {
  static readonly fields = {
    bytes: 'int',
    slots: 'int',
    currentEpoch: 'int',
    configEpoch: 'int',
    about: 'list<int>',
  };
  /** Its length on the wire. */
  readonly bytes: bigint;
  /** How many slots its header claims. */
  readonly slots: bigint;
  readonly currentEpoch: bigint;
  readonly configEpoch: bigint;
  /** The nodes of its gossip, in the order of its entries. */
  readonly about: readonly bigint[];

  constructor(sent: SentMessage | null) {
    const message = sent?.message ?? null;
    this.bytes = BigInt(message ? messageBytes(message) : 0);
    this.slots = BigInt(message ? slotCount(message.slots) : 0);
    this.currentEpoch = BigInt(message?.currentEpoch ?? 0);
    this.configEpoch = BigInt(message?.configEpoch ?? 0);
    const entries = message && 'gossip' in message ? message.gossip : [];
    this.about = entries.map(({ id }) => portOf(sent?.names.get(id) ?? null));
  }
}
