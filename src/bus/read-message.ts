/** One frame's bytes to what it says, or one sentence on what is wrong with them. */
import type { BusMessage } from '../protocol/bus-message';
import { decodeFrame } from '../protocol/wire/decode-frame';
import { messageOfFrame } from '../protocol/wire/message-frame';
import { printRefusal } from '../protocol/wire/refusal';

/** Decodes one message; throws an Error with the sentence. */
export function readMessage(bytes: Uint8Array): BusMessage {
  const decoded = decodeFrame(bytes);
  if (!decoded.ok) throw new Error(printRefusal(decoded.refusal));
  const understood = messageOfFrame(decoded.frame);
  if (!understood.ok) throw new Error(understood.reason);
  return understood.message;
}
