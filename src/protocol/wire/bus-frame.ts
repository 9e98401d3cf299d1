/**
 * A bus message as it stands on the wire, field for field and without loss; what a message means is
 * in bus-message.ts. Plain JSON. Names are those of the C structs.
 * Signature, totlen and ver are not here: they are the same for all, or follow from the rest.
 * Source: clusterMsg, union clusterMsgData, clusterMsgPingExt, src/cluster.h.
 *
 * The parts of this folder:
 * - decode-frame.ts   decodeFrame(bytes): one frame, or a Refusal that says what is wrong
 * - encode-frame.ts   encodeFrame(frame): its bytes
 * - split-frames.ts   readFrames(bytes): all frames of a file; frameSplitter(): of a stream
 * - message-frame.ts  messageOfFrame, frameOfMessage: between a BusFrame and a BusMessage
 * - refusal.ts        Refusal, printRefusal
 */
import { MESSAGE_TYPE_CODE } from '../bus-message';
import type { MessageType } from '../notes';
import type { SlotRanges } from '../slot-ranges';
import type { ByteText, U64 } from './frame-values';

export interface FrameHeader {
  readonly port: number;
  readonly currentEpoch: U64;
  readonly configEpoch: U64;
  readonly offset: U64;
  readonly sender: ByteText;
  readonly myslots: SlotRanges;
  /** null: 40 zero bytes, the sender is a master. */
  readonly slaveof: ByteText | null;
  /** Empty: take the address of the socket. */
  readonly myip: ByteText;
  readonly pport: number;
  readonly cport: number;
  readonly flags: number;
  /** The byte itself where it is neither 0 nor 1. */
  readonly state: 'ok' | 'fail' | number;
  readonly mflags: readonly [number, number, number];
  /** Only where it is not 0 in a message without gossip. */
  readonly count?: number;
  /** The header's count of extensions, only where it differs from the extensions that are here. */
  readonly extensionCount?: number;
  /** The 30 reserved bytes in hexadecimal, only where one of them is not zero. */
  readonly notused1?: string;
}

export interface GossipFrame {
  readonly nodename: ByteText;
  /** Unix seconds; 0: no ping is waiting for its answer. */
  readonly pingSent: number;
  /** Unix seconds; 0: never. */
  readonly pongReceived: number;
  readonly ip: ByteText;
  readonly port: number;
  readonly cport: number;
  readonly flags: number;
  readonly pport: number;
  /** Only where it is not 0. */
  readonly notused1?: number;
}

export type ExtensionFrame =
  | { readonly type: 'HOSTNAME'; readonly hostname: ByteText; readonly unused?: number }
  /** Another type, or a hostname padded otherwise than redis-server pads it. */
  | {
      readonly type: number;
      /** All that follows the 8 bytes of its header, in hexadecimal, padding included. */
      readonly data: string;
      readonly unused?: number;
    };

export type FrameBody =
  | {
      readonly type: 'PING' | 'PONG' | 'MEET';
      readonly gossip: readonly GossipFrame[];
      readonly extensions: readonly ExtensionFrame[];
    }
  | { readonly type: 'FAIL'; readonly about: ByteText }
  | {
      readonly type: 'PUBLISH' | 'PUBLISHSHARD';
      readonly channel: ByteText;
      readonly message: ByteText;
    }
  | { readonly type: 'FAILOVER_AUTH_REQUEST' | 'FAILOVER_AUTH_ACK' | 'MFSTART' }
  | {
      readonly type: 'UPDATE';
      readonly nodecfg: {
        readonly configEpoch: U64;
        readonly nodename: ByteText;
        readonly slots: SlotRanges;
      };
    }
  | {
      readonly type: 'MODULE';
      /** 8 bytes in hexadecimal, in the order of the wire. */
      readonly moduleId: string;
      readonly moduleType: number;
      /** Hexadecimal. */
      readonly data: string;
    }
  /** A type 7.0 does not know: any length is well formed. `data` in hexadecimal. */
  | { readonly type: number; readonly data: string };

export type BusFrame = FrameHeader & FrameBody;

/** Types in the order of their codes. Source: CLUSTERMSG_TYPE_*. */
export const TYPE_OF_CODE = Object.keys(MESSAGE_TYPE_CODE) as readonly MessageType[];
