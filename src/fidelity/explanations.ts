/**
 * Differences that are known, understood and kept: each says where it is allowed and why. Anything
 * else that differs makes the comparison fail.
 */
import type { DiffLine } from './transcript';

interface Explanation {
  /** Names of scripts; none: all of them. */
  readonly scripts?: readonly string[];
  readonly list: RegExp;
  readonly side?: DiffLine['side'];
  readonly text: RegExp;
  readonly because: string;
}

export const EXPLANATIONS: readonly Explanation[] = [
  {
    scripts: ['kill', 'replica-migration'],
    list: /^log of/,
    text: new RegExp(
      'Non blocking connect for SYNC|Failed to read response|Master did not respond to command' +
        '|Error condition on socket for SYNC|Connecting to MASTER',
    ),
    because:
      'A process that is killed closes its sockets one after the other. A replica that dials its ' +
      'master again within that millisecond is accepted and dropped, and refused only when it ' +
      'tries again a second later; in the simulation a death is one moment, and the replica is ' +
      'refused at once.',
  },
  {
    scripts: ['failover', 'failover-force', 'failover-takeover', 'migrate-slot', 'reshard'],
    list: /^log of/,
    text: /^# Cluster state changed/,
    because:
      'When a node hears that the old master is a replica before it hears the new master claim the ' +
      'slots, they belong to nobody for a moment: fail, then ok. It happens in both worlds, in a few ' +
      'runs of a hundred and at any node, so it may be that no simulated run had it at this one.',
  },
  {
    scripts: ['stop'],
    list: /^log of/,
    text: /^# Connection with replica .* lost\.$/,
    because:
      'The line names the address of the other end, or the number of the client when the other end ' +
      'has gone so completely that the socket does not know it any more.',
  },
  {
    scripts: ['failover', 'failover-force'],
    list: /^log of/,
    text: /Currently unable to failover: Waiting for votes/,
    because:
      'A process that finds two votes in its sockets reads both in one turn of its event loop and ' +
      'has won before it could say that it waits. A simulated node takes one message a turn.',
  },
];

/** Why this line may differ, or null when nobody knows. */
export function explain(difference: {
  readonly script: string;
  readonly list: string;
  readonly line: DiffLine;
}): string | null {
  const { script, list, line } = difference;
  const found = EXPLANATIONS.find(
    (one) =>
      (one.scripts === undefined || one.scripts.includes(script)) &&
      (one.side === undefined || one.side === line.side) &&
      one.list.test(list) &&
      one.text.test(line.text),
  );
  return found?.because ?? null;
}
