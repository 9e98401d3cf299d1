/** Words of the compared views, in English: one moment, one ring a node. */
const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const MORE = ['ten', 'eleven', 'twelve'];
const inWords = (count: number): string => COUNTS[count] ?? MORE[count - 10] ?? String(count);
const reports = (count: number): string =>
  `${inWords(count)} ${count === 1 ? 'report' : 'reports'}`;
const range = (first: number, last: number): string =>
  first === last ? `slot ${first}` : `slots ${first}–${last}`;

export const views = {
  back: 'Back to one view',
  region: 'What each node believes',
  title: (tables: number) => `One moment, ${inWords(tables)} tables`,
  titleOfKinds: (nodes: number, kinds: number) =>
    `One moment, ${nodes} tables of ${inWords(kinds)} ${kinds === 1 ? 'kind' : 'kinds'}`,
  lead: (clock: string) =>
    `${clock}. The ink is what happened; the colour is what each node has written down.`,
  agree: (nodes: number) => `All ${inWords(nodes)} say the same.`,
  alike: (nodes: number) => `${nodes} nodes agree`,
  each: (head: string) => `each ${head}`,
  andMore: (names: string, count: number) => `${names} and ${count} more`,
  take: (node: string) => `See the cluster as ${node}`,
  name: (node: string, head: string, basis: string) =>
    basis === '' ? `${node} ${head}.` : `${node} ${head}. ${basis}.`,
  list: (names: readonly string[]) =>
    names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,

  frozen: (clock: string) => `frozen at ${clock}, so still all well`,
  frozenWith: (clock: string, doubts: string) => `frozen at ${clock}, still with ${doubts}`,
  killed: (clock: string) => `killed at ${clock}; all was well`,
  killedWith: (clock: string, doubts: string) => `killed at ${clock}, with ${doubts}`,
  doubt: (about: string, flag: string) => `${about} ${flag}`,
  waits: (epoch: number) => `waits before it stands for epoch ${epoch}`,
  asks: (epoch: number) => `asks for votes in epoch ${epoch}`,
  newOwner: (first: number, last: number, owner: string) =>
    `gives ${range(first, last)} to ${owner}`,
  oldOwner: (first: number, last: number, owner: string) =>
    `still gives ${range(first, last)} to ${owner}`,
  noOwner: (first: number, last: number) => `gives ${range(first, last)} to nobody`,
  fail: (about: string, count: number, own: boolean) =>
    own
      ? `has ${reports(count)} and its own PFAIL: ${about} is FAIL`
      : `has ${reports(count)}: ${about} is FAIL`,
  failHeard: (about: string) => `was told that ${about} is FAIL`,
  suspects: (about: string) => `suspects ${about}`,
  isDoubted: (flag: string) => `does not know that others say ${flag} of it`,
  unnoticed: 'has noticed nothing',
  told: (about: string) => `does not suspect ${about} itself`,
  knows: (count: number, all: number) => `knows ${inWords(count)} of ${inWords(all)} nodes`,
  calm: 'suspects nobody',

  asOf: (clock: string) => `up to date as of ${clock}`,
  lastTable: 'this was its last table',
  votes: (count: number, needed: number) => `${count} of ${needed} votes`,
  telling: 'telling the others',
  since: (time: string) => `for ${time}`,
  onFile: (count: number) =>
    count === 0 ? 'no report on file' : `${count} ${count === 1 ? 'report' : 'reports'} on file`,
  unanswered: (time: string) => `PING unanswered for ${time}`,
  heard: (about: string, time: string) => `heard from ${about} ${time} ago`,
  underEpoch: (epoch: number) => `under configEpoch ${epoch}`,
  refuses: 'cluster_state fail: it refuses queries',
};
