/** Words for the way to a moment that takes a while to compute. */
export const journey = {
  title: 'On the way',
  computing: (now: string, goal: string) => `Computing ${now} of ${goal} s`,
  forming: (now: string) => `The cluster forms: ${now} s`,
  why: (nodes: number) =>
    `${nodes} nodes keep ${nodes} tables. Every message is worked out, so this takes a while.`,
  stop: 'Stop here',
};
