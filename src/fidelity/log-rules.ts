/**
 * How two logs of the same node are compared: the lines of levels notice and warning, in order,
 * modulo the rules below. Every rule carries its reason, and the report prints them all.
 */
import { isSaidAloud, type LogLine } from './log-lines';

export interface LogRule {
  readonly pattern: RegExp;
  readonly because: string;
}

export interface RewriteRule extends LogRule {
  readonly becomes: string;
}

/** Lines that are not about the cluster or replication, or that a process on its own decides. */
export const LEFT_OUT: readonly LogRule[] = [
  {
    pattern: /^(oO0OoO0OoO0Oo|Redis version=|Configuration loaded|monotonic clock|Running mode=)/,
    because: 'what every process says when it starts',
  },
  {
    pattern: /^(Server initialized|Ready to accept connections|WARNING|Warning: Could not create)/,
    because: 'what every process says when it starts',
  },
  {
    pattern: /^(User requested shutdown|Received SIGTERM|Removing the pid file)/,
    because: 'the end of a process',
  },
  {
    pattern: /(Background |Fork CoW|RDB|rdb|DB saved|DB loaded|Done loading|child process)/,
    because: 'the file of a full copy, and the child process that writes it, have no counterpart',
  },
];

/** Numbers that differ from run to run, and alternatives that are decided by luck. */
export const REWRITTEN: readonly RewriteRule[] = [
  {
    pattern: /^configEpoch set to [4-6] via/,
    becomes: 'configEpoch set to <4 to 6> via',
    because: 'which replica goes to which master is drawn by redis-cli; names follow the masters',
  },
  {
    pattern: /delayed for \d+ milliseconds \(rank #(\d+), offset \d+\)/,
    becomes: 'delayed for <ms> milliseconds (rank #$1, offset <bytes>)',
    because: 'the delay is drawn, the offset depends on when the master last pinged its replicas',
  },
  {
    pattern: /^Marking node (<\w+>) as failing \(quorum reached\)\.$/,
    becomes: 'FAIL message received about $1',
    because: 'who is first to hear from a majority is luck; everyone else is told',
  },
  {
    pattern: /^FAIL message received from <\w+> about/,
    becomes: 'FAIL message received about',
    because: 'who is first to hear from a majority is luck; everyone else is told',
  },
  {
    pattern: /offset:? -?\d+/g,
    becomes: 'offset <bytes>',
    because: 'offsets depend on when the master last pinged its replicas',
  },
  {
    pattern: /second ID was \d+, but I can reply up to \d+/,
    becomes: 'second ID was <bytes>, but I can reply up to <bytes>',
    because: 'offsets depend on when the master last pinged its replicas',
  },
  {
    pattern: /manual failover: \d+/,
    becomes: 'manual failover: <bytes>',
    because: 'offsets depend on when the master last pinged its replicas',
  },
  {
    pattern: /request <id>:\d+/,
    becomes: 'request <id>:<bytes>',
    because: 'offsets depend on when the master last pinged its replicas',
  },
  {
    pattern: /(Full resync from master: )<id>:\d+/,
    becomes: '$1<id>:<bytes>',
    because: 'offsets depend on when the master last pinged its replicas',
  },
  {
    pattern: /\d+ bytes/g,
    becomes: '<bytes> bytes',
    because: 'offsets depend on when the master last pinged its replicas',
  },
];

/** Lines of which only the first of a script counts. */
export const ONCE: readonly LogRule[] = [
  {
    pattern:
      /^(Connecting to MASTER|MASTER <-> REPLICA sync started|Non blocking connect for SYNC)/,
    because: 'a replica tries once a second for as long as the election takes',
  },
  {
    pattern: /^(Error condition on socket for SYNC|Failed to read response|Master did not respond)/,
    because: 'a replica tries once a second for as long as the election takes',
  },
  {
    pattern: /^Currently unable to failover/,
    because: 'said again when the reason changes, which depends on the moment of each tick',
  },
];

/** One node's log as lines to compare. */
export function canonicalLog(lines: readonly LogLine[]): string[] {
  const said = new Set<string>();
  const canonical: string[] = [];
  for (const line of lines) {
    if (!isSaidAloud(line)) continue;
    if (LEFT_OUT.some(({ pattern }) => pattern.test(line.text))) continue;
    const text = `${line.level === 'warning' ? '#' : '*'} ${rewrite(line.text)}`;
    if (ONCE.some(({ pattern }) => pattern.test(line.text))) {
      if (said.has(text)) continue;
      said.add(text);
    }
    canonical.push(text);
  }
  return canonical;
}

function rewrite(text: string): string {
  return REWRITTEN.reduce((now, { pattern, becomes }) => now.replace(pattern, becomes), text);
}
