/** Words of what a node believes and why: the fields of its table, reports, and votes. */
export const belief = {
  fields: {
    title: 'The fields',
    node: 'Who the row is about: a port here, an id of 40 characters in redis-server.',
    flags: 'What the node is, and what this table holds of it: fail? is PFAIL, fail is FAIL.',
    slots: 'The slots this table gives to the node; of a replica, whose replica it is.',
    epoch: 'configEpoch: of two claims to one slot the greater one wins.',
    ping: 'ping_sent: how long a PING has waited for its PONG; nothing while none waits.',
    pong: 'pong_received: how long ago the last PONG came.',
    link: 'link_state: whether this node’s own connection to that one is up.',
  },
  flags: {
    myself: 'myself: the node whose table this is',
    master: 'master: it may own slots, and votes if it does',
    slave: 'slave: it copies a master, and may take over from it',
    'fail?': 'fail? (PFAIL): this node alone suspects it',
    fail: 'fail: a majority of masters holds it for down',
    handshake: 'handshake: they have met, but do not trust each other yet',
    noaddr: 'noaddr: its address is not known',
    nofailover: 'nofailover: it will not try to take over',
    noflags: 'noflags: nothing is known of it',
  } as Readonly<Record<string, string>>,
  dissent: (others: string, held: string) => `${others} hold otherwise: ${held}`,
  dissentOne: (other: string, held: string) => `${other} holds otherwise: ${held}`,
  sameEverywhere: 'Every running node holds the same.',
  differs: 'Others hold otherwise',
  folded: (count: number) =>
    count === 1 ? 'one node in good standing, folded' : `${count} nodes in good standing, folded`,
  fold: (count: number) => `Fold ${count} nodes in good standing`,

  ports: {
    title: 'Addresses and ports',
    host: (host: string, bridge: string) =>
      `One host, ${host} from outside and ${bridge} from its containers. What it publishes leads into the container with that port.`,
    node: 'Container',
    published: 'Published',
    told: (observer: string) => `Where ${observer} thinks it is`,
    unknown: 'not known',
    isOpen: ', published',
    isClosed: ', not published',
    ways: {
      reaches: 'gets there',
      other: 'reaches another node',
      refused: 'connection refused',
      silence: 'no answer at all',
      unknown: 'nowhere to go',
    },
    key: (outsider: string | null) =>
      outsider === null
        ? '✓ gets there, ✕ refused, … no answer.'
        : `✓ gets there, ✕ refused, … no answer. Nodes dial the bus port; ${outsider}, on another machine, the data port that a redirect names.`,
  },

  reports: {
    title: (about: string, at: string) => `Reports on ${about}, at ${at}`,
    left: (time: string) => `${time} left`,
    ownCounts: (at: string) => `own PFAIL: ${at} is a master, so it counts`,
    ownDoesNot: (at: string) => `own PFAIL: ${at} is a replica, so it does not count`,
    in: (count: number, needed: number) => `${count} in, ${needed} needed`,
    inSealed: (count: number) => `${count} in`,
    openMessage: (by: string) => `Open the message in which ${by} said so`,
    unknownMessage: 'The message that said so is not on record.',
    since: (time: string) => `since ${time}`,
  },

  origin: {
    pfail: (time: string) =>
      `PFAIL since ${time}: its own PING had no answer for the node timeout.`,
    failTold: (time: string, by: string) => `FAIL since ${time}, told by ${by}.`,
    failCounted: (time: string, by: string) =>
      `FAIL since ${time}: ${by}’s report made the majority.`,
    failOwn: (time: string) => `FAIL since ${time}: its own suspicion made the majority.`,
    openMessage: 'Open that message',
    goThere: 'Go there',
  },

  votes: {
    title: (candidate: string, epoch: number) => `${candidate} asks for votes, epoch ${epoch}`,
    needed: (counted: number, needed: number) => `${counted} of ${needed} needed`,
    won: 'won',
    expired: 'expired',
    asked: 'asked',
    granted: 'votes for it; its vote is on the way',
    counted: 'votes for it',
    denied: (reason: string) => `denies: ${reason}`,
    cannot: 'cannot answer',
    noReply: 'A denial is only logged; nothing is sent.',
    openRequest: (voter: string) => `Open the request to ${voter}`,
    openVote: (voter: string) => `Open ${voter}’s vote`,
    goTo: (time: string) => `Go to ${time}`,
  },

  dock: {
    log: (node: string) => `${node}’s log`,
    events: 'All events',
    which: 'Which list',
  },
};
