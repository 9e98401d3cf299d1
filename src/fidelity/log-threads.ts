/**
 * A node's log as threads: what happens between two nodes happens in order, but news from different
 * nodes, the copying of data and the node's own state arrive by different sockets, and which comes
 * first is luck. Lines of one thread are compared in order; threads may interleave.
 */

export interface ThreadRule {
  readonly name: string;
  readonly pattern: RegExp;
}

/** The first that matches a line owns it; the last takes the rest. */
export const THREADS: readonly ThreadRule[] = [
  { name: 'the failure of each other node', pattern: /^. (FAIL message|Clear FAIL|Marking node)/ },
  { name: 'its own state', pattern: /^. Cluster state changed/ },
  { name: 'votes it gives or denies', pattern: /^. Failover auth (granted|denied)/ },
  {
    name: 'serving each of its replicas',
    pattern: new RegExp(
      '^. (Replica \\S+ asks|Partial resynchronization (request|not)|Full resync requested' +
        '|Starting BGSAVE|Synchronization with|Connection with replica|Replication backlog)',
    ),
  },
  { name: 'everything else', pattern: /^/ },
];

/** Kinds of line that belong to one other node each. */
const OF_ONE_NODE = ['the failure of each other node', 'serving each of its replicas'];

/** The lines of each thread, in order. */
export function threadsOf(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const threads = new Map<string, string[]>();
  let served = '';
  for (const line of lines) {
    const { name } = THREADS.find(({ pattern }) => pattern.test(line))!;
    const node = /<(\d{4})>|127\.0\.0\.1:(\d{4})/.exec(line)?.slice(1).find(Boolean);
    // A line about "the replica" goes on about the one that was named last.
    if (name.startsWith('serving')) served = node ?? served;
    const about = name.startsWith('serving') ? served : (node ?? '');
    const key = OF_ONE_NODE.includes(name) ? `${name}: ${about}` : name;
    threads.set(key, [...(threads.get(key) ?? []), line]);
  }
  return threads;
}
