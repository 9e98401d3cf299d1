/**
 * Teaching switches: one rule taken out of every node on purpose, to show what it is for. No real
 * Redis has them; all are off unless a scene turns them on. Each is asked at one place.
 * Source: none; the rules they take out are markNodeAsFailingIfNeeded,
 * clusterUpdateSlotsConfigWith, and the PINGs of clusterCron and clusterLinkConnectHandler.
 */
import type { NodeConfig } from './config';

export const TEACHING_SWITCHES = [
  /** Who marks FAIL tells nobody: the news must travel as gossip. */
  'no-fail-broadcast',
  /** The last claim to a slot wins, whatever its configEpoch. */
  'ignore-epochs',
  /** Nodes that know each other ping only when told to: `hand-ping.ts`. */
  'no-automatic-pings',
] as const;

export type TeachingSwitch = (typeof TEACHING_SWITCHES)[number];

/** Whether a rule is taken out. */
export function isSwitchedOn({ switches }: NodeConfig, name: TeachingSwitch): boolean {
  return switches !== undefined && switches.includes(name);
}
