/** The glossary: each word, and what it means. */
export const glossary = {
  cluster: [
    'cluster',
    'Several redis-servers that share out 16384 slots and watch one another. Nobody is in charge.',
  ],
  nodeId: [
    'node ID',
    '40 hexadecimal characters, drawn at the first start. It stays when the address changes.',
  ],
  table: [
    'table',
    'What one node believes about all nodes. Each has its own, and acts on it alone.',
  ],
  slot: [
    'slot',
    'One of 16384 shares of the keys. A key’s slot is the CRC16 of the key modulo 16384.',
  ],
  hashTag: [
    'hash tag',
    'The part of a key between the first { and the next }. If there is one, only it decides the slot.',
  ],
  master: [
    'master',
    'A node that owns slots and takes writes. Only masters with slots have a vote.',
  ],
  replica: [
    'replica',
    'A copy of one master, and the candidate for its place. CLUSTER NODES still prints “slave”.',
  ],
  shard: ['shard', 'A master with its replicas: all nodes that hold the same slots.'],
  bus: [
    'cluster bus',
    'The nodes’ own connections, at a port 10000 above the clients’ one. Clients never see it.',
  ],
  heartbeat: [
    'heartbeat',
    'A PING and its PONG. Every second a node draws five others and pings the one it has not heard from longest; whoever was silent for half a node timeout is pinged as well.',
  ],
  gossip: [
    'gossip',
    'What a PING or PONG tells about other nodes: some at random, and every node the sender suspects.',
  ],
  handshake: [
    'handshake',
    'How two strangers become acquainted: MEET, an answer with the real ID, and an entry in both tables.',
  ],
  link: [
    'link',
    'One of the two connections between two nodes: each dials its own, and sends its PINGs there.',
  ],
  announced: [
    'announced address',
    'Where a node tells others to find it, when that is not where it listens: behind NAT, or in a container.',
  ],
  nodesConf: ['nodes.conf', 'The file in which a node keeps its own ID, its table and its epochs.'],
  clusterCron: [
    'clusterCron',
    'What a node does ten times a second: dial, ping, suspect, stand for election.',
  ],
  nodeTimeout: [
    'node timeout',
    'How long a PING may stay without an answer before the node is suspected. Most other times are multiples of it.',
  ],
  pfail: [
    'PFAIL',
    'One node’s suspicion: no answer for a node timeout. It decides nothing, and is gossiped.',
  ],
  report: [
    'failure report',
    'A master’s suspicion as another node has it on file. It lapses after two node timeouts unless it is renewed.',
  ],
  quorum: [
    'quorum',
    'More than half of the masters with slots. A verdict and an election need that many.',
  ],
  size: [
    'cluster size',
    'The masters with at least one slot, failed ones included. The quorum is counted from it.',
  ],
  fail: [
    'FAIL',
    'A verdict: a majority of masters reports the node, as one node counts it. It tells everybody, and they obey.',
  ],
  state: [
    'cluster state',
    'Whether one node answers queries: fail when a slot has no working owner, or when it cannot reach most masters.',
  ],
  currentEpoch: [
    'currentEpoch',
    'The newest epoch a node has heard of. A candidate raises it by one; every message carries it.',
  ],
  configEpoch: [
    'configEpoch',
    'How new a master’s claim to its slots is. Of two claims to a slot the greater one wins.',
  ],
  lastVote: [
    'lastVoteEpoch',
    'The last epoch in which a master has voted. It votes once an epoch, and writes that down first.',
  ],
  election: [
    'election',
    'A replica whose master is FAIL asks all masters for votes, in a new epoch. A majority makes it master.',
  ],
  rank: [
    'rank',
    'How many replicas of the same master have newer data. Each place means one second more of waiting.',
  ],
  vote: [
    'vote',
    'A master’s yes to a candidate: one an epoch, and none for replicas of the same master within two node timeouts.',
  ],
  denial: [
    'denied vote',
    'A master’s no. It is a line in that master’s log; the candidate hears nothing.',
  ],
  dataAge: [
    'data age',
    'How long a replica has been out of touch with its master. With too old data it does not stand for election.',
  ],
  failover: [
    'failover',
    'A replica takes its master’s place: it wins, claims the slots with a newer configEpoch, and tells all.',
  ],
  manual: [
    'manual failover',
    'A failover that somebody asks for, with a master that is well: writes pause until the replica has all of them.',
  ],
  takeover: [
    'takeover',
    'A replica promotes itself and asks nobody. It gives itself an epoch without a vote, so two can clash.',
  ],
  claim: [
    'claim',
    'What each PING says about the sender’s own slots, with its configEpoch. Nobody else speaks for them.',
  ],
  collision: [
    'epoch collision',
    'Two masters with one configEpoch. The one with the smaller ID takes a new one, without a vote.',
  ],
  orphan: [
    'orphaned master',
    'A master that has lost its last working replica. A replica of a master with several may move to it.',
  ],
  partition: [
    'partition',
    'The network falls into parts. The one with most masters goes on; in the others masters stop after a node timeout.',
  ],
  offset: [
    'replication offset',
    'How many bytes of a history of writes a node has. Replicas are ranked by it.',
  ],
  history: [
    'replication ID',
    'The name of a history of writes. A promoted replica begins a new one and remembers the old, up to its offset.',
  ],
  backlog: [
    'backlog',
    'The last bytes of the stream of writes, kept so that a replica that was away can go on without a copy.',
  ],
  fullCopy: [
    'full copy',
    'A replica that cannot go on where it was throws its data away and takes everything from its master.',
  ],
  lostWrite: [
    'lost write',
    'A write that was acknowledged and is gone: the master answers before its replicas have it.',
  ],
  redirect: ['redirect', 'An error that names another node: MOVED for good, ASK for this once.'],
  ask: [
    'ASK',
    'While a slot is moved, its old owner sends clients ahead for keys it no longer has. They say ASKING there first.',
  ],
  slotTable: [
    'slot table of a client',
    'What a client remembers of who owns which slot. MOVED corrects it.',
  ],
  openSlot: [
    'open slot',
    'A slot that is being moved: migrating at its owner, importing at its next one. No message carries these marks.',
  ],
  resharding: [
    'resharding',
    'Moving slots with their keys from one master to another, while both serve.',
  ],
  shardChannel: [
    'shard channel',
    'A Pub/Sub channel that belongs to a slot. Its messages stay in one shard.',
  ],
  forgetting: [
    'forgetting',
    'CLUSTER FORGET drops a node from one table, for a minute even against gossip. It must be said to every node.',
  ],
} as const satisfies Record<string, readonly [word: string, meaning: string]>;
