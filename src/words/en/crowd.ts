/** Words of a crowd: what stands beside its ring, and its heat map. In English. */

/** How many nodes of a crowd are what: masters with slots and without, replicas, strangers. */
interface Counts {
  readonly serving: number;
  readonly bare: number;
  readonly replicas: number;
  readonly unknown: number;
}

export const heat = {
  title: (nodes: number) => `Who thinks whom is failing, ${nodes} by ${nodes}`,
  name: (nodes: number) =>
    `Who thinks whom is failing, ${nodes} by ${nodes}. Arrow keys walk the cells, Enter looks through the observer’s eyes.`,
  asSeen: (node: string) => `${node}, as the others see it`,
  notNoticed: (count: number): string => (count === 1 ? 'has not noticed' : 'have not noticed'),
  node: 'node',
  calm: 'Nobody suspects anybody.',
  more: (count: number) => `and ${count} more`,
};

export const crowd = {
  lookingAt: 'What you are looking at',
  count: ({ serving, bare, replicas, unknown }: Counts) => {
    const masters =
      bare === 0
        ? [`${serving} masters`]
        : serving === 0
          ? [`${bare} masters, none with slots`]
          : [`${serving} masters with slots`, `${bare} without`];
    const rest = [
      ...(replicas > 0 ? [replicas === 1 ? '1 replica' : `${replicas} replicas`] : []),
      ...(unknown > 0 ? [`${unknown} not known`] : []),
    ];
    return [...masters, ...rest].join(', ');
  },
  links: (count: string) => `${count} links, shown as texture`,
  cells: (node: string) => `outer cells: belief about ${node}`,
  pick: 'select a node to look closer',
  shard: (number: number) => `shard ${number}`,
  slots: 'slots',
  noSlots: 'none',
  quorum: 'quorum',
  quorumOf: (needed: number, size: number) => `${needed} of ${size}`,
  reports: 'reports',
  reportsAnd: (count: number, own: boolean) => (own ? `${count}, plus own` : `${count}`),
  nextUp: 'next up',
  candidate: 'candidate',
  nextWithRank: (node: string, rank: number) => `${node}, rank #${rank}`,
};
