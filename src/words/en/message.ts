/** Words of a message looked at closely: its bytes, its gossip, and what it did. */
import type { GossipVerdict } from '../../protocol/messages/gossip-witness';

const VERDICTS: Readonly<Record<GossipVerdict, string>> = {
  chosen: 'taken',
  myself: 'itself, passed over',
  pfail: 'suspected, passed over here',
  unfit: 'not worth telling: no link and no slots',
  again: 'drawn before, passed over',
};

export const message = {
  bytes: {
    title: 'On the wire, byte for byte',
    toScale: (total: string) => `${total} bytes, to scale`,
    slots: (bytes: string, share: string) => `the sender’s slots, ${bytes} bytes (${share} %)`,
    /** A replica’s header speaks of its master’s slots. */
    mastersSlots: (master: string, bytes: string, share: string) =>
      `${master}’s slots, ${bytes} bytes (${share} %)`,
    parts: {
      gossip: (count: number) => (count === 1 ? 'one gossip entry' : `${count} gossip entries`),
      about: (node: string) => `${node}’s name`,
      update: 'who owns which slots',
      text: 'channel and text',
      extensions: 'extensions',
    },
    picture: (parts: string) => `The message to scale: ${parts}.`,
    offset: 'Offset',
    hex: 'Bytes',
    field: 'Field',
    value: 'Value',
    of: (node: string) => `${node}’s`,
    changed: 'not as in its message before',
    decisive: 'what this message is about',
    noMaster: 'no master',
    fields: {
      signature: 'Every message begins with these four letters.',
      totlen: 'How many bytes there are in all.',
      ver: 'Version of the bus protocol.',
      port: 'The port at which the sender serves clients.',
      type: 'What kind of message this is.',
      count: 'How many gossip entries follow the header.',
      currentEpoch: 'The newest epoch the sender has heard of.',
      configEpoch: 'The stamp on the slots below; the greater one wins.',
      offset: 'How far the sender is in the replication stream.',
      sender: 'The sender’s id: 40 characters, without an end.',
      myslots: 'One bit for each of the 16 384 slots. A replica sends its master’s.',
      slaveof: 'The id of the sender’s master; all zero for a master.',
      myip: 'The address the sender announces; empty: take that of the socket.',
      extensions: 'How many extensions follow the gossip.',
      pport: 'The port without TLS, where TLS is on.',
      cport: 'The sender’s port on the cluster bus.',
      flags: 'What the sender says of itself.',
      state: 'Whether the sender holds the cluster for whole.',
      mflags: 'Marks for this one message: a pause of writes, or a vote that must be given.',
      about: 'Whom this is about: the only thing a FAIL says.',
      nodename: 'The id of the node this is about.',
      ping_sent: 'When the sender’s PING to it went out, if one is waiting; Unix seconds.',
      pong_received: 'When the sender last heard a PONG of it; Unix seconds.',
      ip: 'Its address, as the sender knows it.',
      slots: 'The slots that node owns, one bit each.',
      channel: 'The channel published to.',
      message: 'What was published.',
      channel_len: 'How long the channel’s name is.',
      message_len: 'How long the text is.',
      notused1: 'Not used.',
    } as Readonly<Record<string, string>>,
  },

  gossip: {
    title: (count: string) => `What it says of others, ${count}`,
    pong: (time: string) => `last PONG ${time} before`,
    neverPong: 'no PONG yet',
    waiting: 'a PING waits',
    says: {
      fail: (by: string, about: string) => `${by} says: ${about} has failed.`,
      pfail: (by: string, about: string) => `${by} suspects ${about}.`,
    },
    entry: (about: string) => `The 104 bytes about ${about}`,
    none: 'It carries no gossip.',
  },

  why: {
    title: 'Why these?',
    wanted: (by: string, known: number, wanted: number) =>
      `${by} knows ${known} nodes and wants ${wanted} ${wanted === 1 ? 'entry' : 'entries'}: ` +
      'a tenth of them, and at least 3.',
    drawn: (most: number) => `It draws at random, at most ${most} times.`,
    noDraw: 'It knows nobody else to tell of.',
    verdicts: VERDICTS,
    failing: (nodes: string) => `Whom it suspects always rides along: ${nodes}.`,
    noFailing: 'It suspects nobody; a suspected node would ride along.',
    unknown: 'How they were chosen is not known here.',
  },

  effect: {
    title: (to: string) => `What it changed at ${to}`,
    nothing: (to: string) => `Nothing that ${to} holds has changed, but the times of its contacts.`,
    notYet: (to: string) => `${to} has not read it yet.`,
    was: 'was',
    now: 'now',
    nothingBefore: 'nothing',
    goThere: 'Go to when it was read',
    goToSent: 'Go to when it was sent',
  },

  loading: 'Reading the bytes …',
};
