/**
 * Where each field of a bus message stands. All integers are big-endian, except a module's id.
 * Source: clusterMsg, clusterMsgDataGossip, clusterMsgPingExt and their asserts, src/cluster.h.
 */

/** "RCmb", the signature of every message. */
export const SIGNATURE: readonly number[] = [0x52, 0x43, 0x6d, 0x62];
/** CLUSTER_PROTO_VER. */
export const VERSION = 1;

/** Offsets in the header, in bytes. */
export const HEADER = {
  signature: 0,
  totlen: 4,
  ver: 8,
  port: 10,
  type: 12,
  count: 14,
  currentEpoch: 16,
  configEpoch: 24,
  offset: 32,
  sender: 40,
  myslots: 80,
  slaveof: 2128,
  myip: 2168,
  extensions: 2214,
  notused1: 2216,
  pport: 2246,
  cport: 2248,
  flags: 2250,
  state: 2252,
  mflags: 2253,
} as const;

/** CLUSTERMSG_MIN_LEN: the header, and where the data begins. */
export const HEADER_BYTES = 2_256;
/** CLUSTER_NAMELEN. */
export const NAME_BYTES = 40;
/** NET_IP_STR_LEN. */
export const IP_BYTES = 46;
/** CLUSTER_SLOTS / 8. */
export const BITMAP_BYTES = 2_048;
export const NOTUSED_BYTES = 30;

/** Offsets in one gossip entry, in bytes. */
export const GOSSIP = {
  nodename: 0,
  pingSent: 40,
  pongReceived: 44,
  ip: 48,
  port: 94,
  cport: 96,
  flags: 98,
  pport: 100,
  notused1: 102,
} as const;
export const GOSSIP_BYTES = 104;

/** What precedes the data of a ping extension: length u32, type u16, unused u16. */
export const EXTENSION_HEADER_BYTES = 8;
/** CLUSTERMSG_EXT_TYPE_HOSTNAME, the only extension 7.0 knows. */
export const EXTENSION_HOSTNAME = 0;

/** What precedes channel and message in a PUBLISH: two lengths, u32 each. */
export const PUBLISH_HEADER_BYTES = 8;
/** What precedes the data of a MODULE message: id u64, length u32, type u8. */
export const MODULE_HEADER_BYTES = 13;
/** UPDATE: configEpoch u64, nodename, bitmap. */
export const UPDATE_BYTES = 8 + NAME_BYTES + BITMAP_BYTES;

/** CLUSTERMSG_FLAG0_*: bits of mflags[0]. */
export const MFLAG_PAUSED = 1;
export const MFLAG_FORCEACK = 2;
export const MFLAG_EXT_DATA = 4;
