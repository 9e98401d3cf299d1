/** Words of the viewpoint menu and the search beside it. */
export const find = {
  placeholder: 'Find a node or slot',
  name: 'Find a node, a slot or the slot of a key',
  results: 'Found',
  master: 'master',
  replicaOf: (master: string) => `replica of ${master}`,
  replica: 'replica',
  slot: (slot: number) => `owner of slot ${slot}`,
  key: (key: string, slot: number) => `key ${key}, slot ${slot}`,
  nobodys: (slot: number) => `Nobody serves slot ${slot}.`,
  none: (text: string, first: string, last: string) =>
    `No port contains ${text}: they run from ${first} to ${last}, slots from 0 to 16383.`,
  chooseView: (now: string) => `Seen by ${now}. Choose whose table is drawn`,
  shard: (number: number) => `Shard ${number}`,
  seeAs: (node: string, shard: number) => `See the cluster as ${node}, master of shard ${shard}`,
};
