/** Words of everything that can be done to the cluster, in English. */
const list = (nodes: readonly string[]): string => nodes.join(', ');

export const deeds = {
  seconds: (count: number) => `${count}\u00a0s`,
  milliseconds: (count: number) => `${count}\u00a0ms`,
  /** One sentence for each deed, as the list of what was done says it. */
  did: {
    freeze: (node: string) => `Freeze ${node}`,
    wake: (node: string) => `Wake ${node}`,
    kill: (node: string) => `Kill ${node}`,
    restart: (node: string) => `Restart ${node}`,
    start: (node: string) => `Start a new process, ${node}`,
    open: (first: number, last: number) =>
      first === last
        ? `The host publishes port ${first}`
        : `The host publishes ports ${first}–${last}`,
    ping: (node: string, to: string) => `${node} pings ${to}, by hand`,
    cut: (link: string) => `Cut ${link}`,
    heal: (link: string) => `Heal ${link}`,
    hold: (link: string) => `Hold messages ${link}`,
    release: (link: string) => `Let messages go ${link}`,
    delay: (link: string, time: string) => `Slow ${link} by ${time}`,
    healAll: 'Heal every link',
    drop: (link: string, count: number, type: string | null) =>
      count === 1
        ? `Drop the next ${type ?? 'message'} ${link}`
        : `Drop the next ${count} ${type ?? 'message'}s ${link}`,
    dropMessage: (message: string) => `Drop ${message}`,
    holdMessage: (message: string) => `Hold back ${message}`,
    releaseMessage: (message: string) => `Let ${message} go`,
    delayMessage: (message: string, time: string) => `Delay ${message} by ${time}`,
    duplicateMessage: (message: string) => `Send ${message} twice`,
    partition: (sides: readonly (readonly string[])[], rest: boolean) =>
      `Partition: ${[...sides.map(list), ...(rest ? ['the rest'] : [])].join(' | ')}`,
    write: (client: string, perSecond: number, time: string) =>
      `${client} writes up to ${perSecond} ${perSecond === 1 ? 'key' : 'keys'} a second for ${time}`,
    answer: (text: string) => `Answer “${text}”`,
    interrupt: 'Stop redis-cli (Ctrl-C)',
    oneMessage: (number: number) => `message ${number}`,
  },
  /** What will come of a deed that shows only later. */
  will: {
    begins: (deed: string) => `From now on: ${deed[0]!.toLowerCase()}${deed.slice(1)}.`,
    drop: (message: string) => `${message} will be lost, and its connection with it.`,
    hold: (message: string) => `${message} will be held back where it would arrive.`,
    release: (message: string) => `${message} goes on its way.`,
    duplicate: (message: string) => `What ${message} says is sent once more.`,
    delay: (message: string, time: string) => `${message} will come ${time} later.`,
  },
  undo: 'undo',
  undoOf: (deed: string) => `Undo: ${deed}`,
  typedAs: (sentence: string) => `Typed: ${sentence}`,
  without: (deed: string) => `without: ${deed}`,
  undone: (deed: string) => `Undone: ${deed}. The future with it is kept under Futures.`,

  menuOfMessage: (message: string) => `What to do with ${message}`,
  more: (what: string) => `What can be done to ${what}`,
  linksOf: 'Its links …',
  messagesOf: 'Its messages on their way …',
  openMessage: 'Open it',
  drop: 'Drop it',
  holdBack: 'Hold it back',
  letGo: 'Let it go',
  onItsWay: 'On its way now',
  delayBy: (time: string) => `Delay it by ${time}`,
  sendTwice: 'Send it twice (TCP never would)',
  cutOff: 'Cut it off from all others',
  healOff: 'Heal all its links',
  cutTo: (from: string, to: string) => `Cut ${from} → ${to} only`,
  holdTo: (from: string, to: string) => `Hold ${from} → ${to} only`,
  slowBy: (time: string) => `Slow by ${time}`,
  dropNext: (from: string, to: string) => `Drop the next ${from} → ${to}`,
  healWhole: 'Heal',
  timeout: 'Node timeout',
  setTimeout: (node: string) => `Node timeout of ${node}, milliseconds`,
  set: 'Set',
  addReplica: (node: string) => `Add a replica of ${node}`,
  actOn: (node: string) => `Do something to ${node}`,
  failover: 'Take over its master',

  cutLine: 'Cut by a line',
  cutLineShort: 'Draw a line across the ring.',
  cutLineHint:
    'Draw a line across the ring: the nodes on its two sides lose each other. Esc stops.',
  stopCutting: 'Stop drawing',
  cutsOff: (few: readonly string[]) => `cuts off ${list(few)}`,
  bothSides: (one: readonly string[], other: readonly string[]) => `${list(one)} | ${list(other)}`,
  cutsNobody: 'all on one side: nothing is cut',

  grow: 'Grow and use it',
  addMaster: 'Add a master',
  addReplicaHere: (node: string) => `Add a replica of ${node}`,
  startOnly: (node: string) => `Start ${node} alone`,
  spreadSlots: 'Give new masters slots',
  addKey: 'Write a key',
  keyName: 'Key',
  keyValue: 'Value',
  stream: 'Write a stream of keys',
  streamRate: 'Keys/s',
  streamFor: 'Seconds',
  streamNote: 'One after the other: each SET waits for its answer, at most 2 s.',

  partition: 'Partition',
  partitionHint: 'Choose the nodes of one side, or draw a line across the ring.',
  partitionGo: (nodes: readonly string[]) =>
    nodes.length === 0 ? 'Cut off the chosen' : `Cut off ${list(nodes)}`,
  sideOf: 'Nodes of one side',

  writes: 'Writes',
  streamLine: (client: string, acknowledged: number, sent: number) =>
    `${client}: ${acknowledged} of ${sent} acknowledged`,
  refused: (count: number) => `${count} refused`,
  unanswered: (count: number) => `${count} without an answer`,
  lost: (count: number) =>
    count === 1 ? '1 acknowledged write is lost' : `${count} acknowledged writes are lost`,
  noneLost: (count: number) =>
    count === 1 ? '1 acknowledged write, none lost' : `${count} acknowledged writes, none lost`,
  lostShort: (count: number) => `${count} lost`,
  moreLost: (count: number) => `and ${count} more`,
  lostWhy: {
    'not-replicated': (by: string, owner: string) =>
      `${by} said OK; ${owner} took over before it got there`,
    'moved-away': (by: string, owner: string) =>
      `${by} said OK; the key had moved on, and ${owner} took over without knowing`,
    'replaced-master': (by: string, owner: string) =>
      `${by} said OK when the slot already was ${owner}’s`,
    'epoch-without-vote': (by: string, owner: string) =>
      `${by} said OK; ${owner} took the slot by an epoch nobody voted for`,
  },

  wrong: {
    noMessage: (number: number) => `Message ${number} is not on its way at this moment.`,
    nearestMessages: (numbers: string) => `On their way now: ${numbers}.`,
    nothingFlies: 'No message is on its way now; step on to one.',
    notHeld: (number: number) => `Message ${number} is not held back.`,
    noLink: (node: string, to: string) =>
      `${node} has no link to ${to}: it can ping only nodes it knows.`,
    ownPings: 'Nodes ping by themselves here, as Redis does.',
  },
};
