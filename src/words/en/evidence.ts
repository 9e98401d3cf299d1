/** Words of the evidence beside the ring, in English: what a room needs to judge the moment. */
const one = (count: number, word: string): string => (count === 1 ? word : `${word}s`);

export const evidence = {
  region: 'What it rests on',
  reportsOn: (subject: string, keeper: string) => `on ${subject}, kept by ${keeper}`,
  notCounted: 'a replica, not counted',
  ownCounts: 'own PFAIL, counts',
  of: (count: number, needed: number) => `${count} of ${needed}`,
  inAll: (count: number) => `${count} in`,
  needed: 'needed',
  neededCount: (needed: number) => `${needed} needed`,
  more: (count: number) => `and ${count} more`,

  stands: (epoch: number) => `stands in epoch ${epoch}`,
  vote: {
    asked: 'is asked',
    granted: 'says yes, on its way',
    counted: 'has voted for it',
    denied: 'says nothing',
    cannot: 'cannot answer',
  },
  votes: (count: number) => one(count, 'vote'),
  elected: 'elected',
  expired: 'out of time',

  talk: 'what was said, in order',
  to: (node: string) => `to ${node}`,
  from: (node: string) => `from ${node}`,
  onItsWay: 'on its way',
  knows: (count: number) =>
    count === 0
      ? 'Its slot map is empty.'
      : `Its slot map: ${count} ${count === 1 ? 'entry' : 'entries'}.`,

  tableOf: 'what it believes',
  fromAbove: 'The cluster from above',
  slotsServed: 'slots served',
  masters: 'masters with slots',
  majority: 'a majority',
  running: 'processes running',
  ofAll: (count: number, all: number) => `${count} of ${all}`,

  matrix: 'Who thinks whom is failing',
  ok: 'ok',
  pfail: 'PFAIL, a suspicion',
  fail: 'FAIL, a verdict',
  frozen: 'frozen process',
  killed: 'killed process',

  beats: 'The story so far',
  beat: {
    frozen: 'frozen',
    killed: 'killed',
    running: 'runs',
    cut: 'cut',
    healed: 'healed',
    held: 'held',
    released: 'released',
    slow: 'slow',
    suspicion: (count: number) => one(count, 'suspicion'),
    fail: () => 'FAIL',
    clear: 'all-clear',
    election: (epoch: number) => `epoch ${epoch}`,
    vote: (count: number) => one(count, 'vote'),
    denial: (count: number) => one(count, 'denial'),
    win: 'elected',
    demotion: 'steps down',
    manual: 'by hand',
    pause: 'pause',
    migration: 'moves',
    loss: 'lost',
    slot: (count: number) => one(count, 'slot'),
    tool: 'redis-cli',
    delivery: 'delivered',
    state: 'cluster_state',
  },
};
