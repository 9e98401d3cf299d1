/**
 * What redis-server checks before it believes a message, in its order.
 * Source: clusterReadHandler, the head of clusterProcessPacket, getPingExtLength, src/cluster.c.
 */
import { TYPE_OF_CODE } from './bus-frame';
import {
  EXTENSION_HEADER_BYTES,
  GOSSIP_BYTES,
  HEADER,
  HEADER_BYTES,
  MFLAG_EXT_DATA,
  MODULE_HEADER_BYTES,
  NAME_BYTES,
  PUBLISH_HEADER_BYTES,
  SIGNATURE,
  UPDATE_BYTES,
  VERSION,
} from './layout';
import { hexOf } from './frame-values';
import { typeWord, type Refusal } from './refusal';

/** How many bytes of a stream tell how long its next message is. */
export const PREFIX_BYTES = 8;

type Found = Pick<Refusal, 'problem' | 'at' | 'found' | 'expected'> & Partial<Refusal>;
const refusal = (found: Found): Refusal => ({
  log: null,
  closesLink: false,
  countedAs: null,
  ...found,
});

/** The checks of clusterReadHandler on the first 8 bytes; `view` has at least so many. */
export function checkPrefix(view: DataView): Refusal | null {
  const first = new Uint8Array(view.buffer, view.byteOffset, SIGNATURE.length);
  const closed = {
    log: 'Bad message length or signature received from Cluster bus.',
    closesLink: true,
  };
  if (SIGNATURE.some((byte, i) => first[i] !== byte)) {
    const [found, expected] = [hexOf(first), '52436d62, the signature "RCmb"'];
    return refusal({ problem: 'signature', at: HEADER.signature, found, expected, ...closed });
  }
  const totlen = view.getUint32(HEADER.totlen);
  if (totlen >= HEADER_BYTES) return null;
  const expected = `${HEADER_BYTES} or more, the length of the header`;
  const found = `a message length of ${totlen}`;
  return refusal({ problem: 'totlen', at: HEADER.totlen, found, expected, ...closed });
}

/** All checks on one message; `view` must hold it and nothing else. Null: it is well formed. */
export function checkFrame(view: DataView): Refusal | null {
  return checkSize(view) ?? checkVersion(view) ?? checkLength(view);
}

function checkSize(view: DataView): Refusal | null {
  const size = view.byteLength;
  const end = `the end after ${size} ${size === 1 ? 'byte' : 'bytes'}`;
  if (size < PREFIX_BYTES) {
    const expected = `at least ${PREFIX_BYTES}, signature and length`;
    return refusal({ problem: 'incomplete', at: size, found: end, expected });
  }
  const refused = checkPrefix(view);
  if (refused) return refused;
  const totlen = view.getUint32(HEADER.totlen);
  const expected = `${totlen}, the length in the header`;
  if (size < totlen) return refusal({ problem: 'incomplete', at: size, found: end, expected });
  const found = `${size} bytes`;
  if (size > totlen) return refusal({ problem: 'surplus', at: totlen, found, expected });
  return null;
}

/** Dropped without a word, but counted. */
function checkVersion(view: DataView): Refusal | null {
  const version = view.getUint16(HEADER.ver);
  if (version === VERSION) return null;
  return refusal({
    problem: 'version',
    at: HEADER.ver,
    found: `protocol version ${version}`,
    expected: `version ${VERSION}`,
    countedAs: countedAs(view),
  });
}

const typeOf = (view: DataView) => TYPE_OF_CODE[view.getUint16(HEADER.type)];
const countedAs = (view: DataView) => typeOf(view) ?? null;

function checkLength(view: DataView): Refusal | null {
  const type = typeOf(view);
  if (type === undefined) return null; // Not ours to judge: any length is taken to be right.
  switch (type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return checkHeartbeat(view);
    case 'FAIL':
      return checkTotal(view, NAME_BYTES);
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      return checkTotal(view, publishBytes(view));
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
    case 'MFSTART':
      return checkTotal(view, 0);
    case 'UPDATE':
      return checkTotal(view, UPDATE_BYTES);
    case 'MODULE':
      return checkTotal(view, MODULE_HEADER_BYTES + lengthAt(view, HEADER_BYTES + 8));
  }
}

const publishBytes = (view: DataView): number =>
  PUBLISH_HEADER_BYTES + lengthAt(view, HEADER_BYTES) + lengthAt(view, HEADER_BYTES + 4);

/** A length field; 0 where the message ends before it, which is refused by its total. */
function lengthAt(view: DataView, at: number): number {
  return at + 4 <= view.byteLength ? view.getUint32(at) : 0;
}

function checkTotal(view: DataView, dataBytes: number): Refusal | null {
  const totlen = view.byteLength;
  const expected = HEADER_BYTES + dataBytes;
  if (totlen === expected) return null;
  const word = typeWord(typeOf(view));
  // redis-server adds up in 32 bits, and so may come to the right length for the wrong reason.
  const logged = expected % 2 ** 32 === totlen ? expected : expected % 2 ** 32;
  return refusal({
    problem: 'length',
    at: HEADER.totlen,
    found: `a ${word} message of ${totlen} bytes`,
    expected: `${expected}, by its type and what it says it holds`,
    log: `Received invalid ${word} packet of length ${totlen} but expected length ${logged}`,
    countedAs: countedAs(view),
  });
}

function checkHeartbeat(view: DataView): Refusal | null {
  const gossipBytes = view.getUint16(HEADER.count) * GOSSIP_BYTES;
  const hasExtensions = (view.getUint8(HEADER.mflags) & MFLAG_EXT_DATA) !== 0;
  if (HEADER_BYTES + gossipBytes > view.byteLength) return tooMuchGossip(view);
  if (!hasExtensions) return checkTotal(view, gossipBytes);
  let at = HEADER_BYTES + gossipBytes;
  let dataBytes = gossipBytes;
  for (let left = view.getUint16(HEADER.extensions); left > 0; left--) {
    const refused = checkExtension(view, at);
    if (refused) return refused;
    const length = view.getUint32(at);
    at += length;
    dataBytes += length & 0xffff; // redis-server adds it up in 16 bits.
  }
  return checkTotal(view, dataBytes);
}

/**
 * As the 7.0.15 of distributions checks it, which carries a later security fix; the one first
 * released says "of length … but expected length …", and may read on behind the message.
 */
function tooMuchGossip(view: DataView): Refusal {
  const [totlen, count] = [view.byteLength, view.getUint16(HEADER.count)];
  const word = typeWord(typeOf(view));
  return refusal({
    problem: 'gossip',
    at: HEADER.count,
    found: `${count} gossip entries`,
    expected: `at most ${Math.floor((totlen - HEADER_BYTES) / GOSSIP_BYTES)}, all there is room for`,
    log:
      `Received invalid ${word} packet with gossip count ${count} that exceeds ` +
      `total packet length (${totlen})`,
    countedAs: countedAs(view),
  });
}

/** redis-server reads on behind the message where its last extensions are cut off; we do not. */
function checkExtension(view: DataView, at: number): Refusal | null {
  const left = view.byteLength - at;
  const length = left < EXTENSION_HEADER_BYTES ? EXTENSION_HEADER_BYTES : view.getUint32(at);
  const word = typeWord(typeOf(view));
  const found = `an extension of ${length} bytes`;
  if (length % 8 !== 0 || length === 0) {
    const log = `Received a ${word} packet without proper padding (${length & 0xffff} bytes)`;
    const expected = 'a multiple of 8, above 0';
    return refusal({ problem: 'padding', at, found, expected, log, countedAs: countedAs(view) });
  }
  if (length <= left) return null;
  return refusal({
    problem: 'extension',
    at,
    found,
    expected: `at most ${left}, all that is left of the message`,
    log:
      `Received invalid ${word} packet with extension data that exceeds ` +
      `total packet length (${view.byteLength})`,
    countedAs: countedAs(view),
  });
}
