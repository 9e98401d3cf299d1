/** What our machine begins with beside a node that is running already: what it printed. */
import type { ClusterState } from '../protocol/cluster-state';
import { CLOCK_ORIGIN_MS } from '../protocol/config';
import { LONG_AGO_MS } from '../protocol/failover-state';
import type { NodesLine } from '../protocol/slots/nodes-text';
import type { Capture, CaptureNode } from './capture';
import { firstGuess } from './guess';
import type { LiveStart } from './live-events';
import { infoField } from './live-views';
import { startState } from './start-state';

/** A recording of one moment, with nothing in it. */
export function momentOf(start: LiveStart, nodes: readonly CaptureNode[], atMs: number): Capture {
  const { label, redisVersion, nodeTimeoutMs } = start;
  return {
    ...{ label, redisVersion, nodeTimeoutMs, nodes },
    // The clock of the run and of our machines is the same.
    ...{ epochMs: CLOCK_ORIGIN_MS + atMs, durationMs: 0 },
    ...{ frames: [], links: [], deeds: [], remarks: [], log: [] },
    ...{ before: new Map(), after: new Map() },
  };
}

/** The state of `node` when it printed these lines, `info` beside them. */
export function seedState(
  moment: Capture,
  node: CaptureNode,
  lines: readonly NodesLine[],
  info: string,
): ClusterState {
  const before = new Map([[node.number, lines]]);
  const state = startState({ ...moment, before }, node, firstGuess('arrival'));
  const epoch = Number(infoField(info, 'cluster_current_epoch') ?? 0);
  const told = infoField(info, 'cluster_state');
  return {
    ...state,
    // How long the process has been up, nobody saw: alone, it has just started.
    ...(lines.length > 1 ? { firstUpdateMs: LONG_AGO_MS } : {}),
    currentEpoch: Math.max(state.currentEpoch, epoch),
    state: told === null ? state.state : told === 'ok' ? 'ok' : 'fail',
  };
}
