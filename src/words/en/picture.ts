/** The picture on screen as a file. */
export const picture = {
  of: {
    stage: 'Picture of the stage',
    lanes: 'Picture of the lanes',
    views: 'Picture of all tables',
  },
  save: (what: string, kind: string) => `${what}: save as ${kind}`,
  saved: (name: string) => `Saved as ${name}`,
  title: (nodes: number, clock: string) => `A Redis Cluster of ${nodes} nodes at ${clock}`,
  seenBy: (node: string) => `Seen by ${node}.`,
  simulated: (seed: number) => `Simulated by Slotscope, seed ${seed}.`,
  failed: 'This picture could not be saved. Its data can be: Export the run as JSON.',
};
