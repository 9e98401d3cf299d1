/** Words in the box of a state: what a node knows of itself while it stands there. */
import { thousands } from '../../drawing/figures';
import type { NodeView } from '../../protocol/cluster-frame';
import type { machine } from '../../words/en/machine';

type Facts = (typeof machine)['facts'];

/** How many node timeouts pass before a failed election may be tried again. */
const RETRY_TIMEOUTS = 4;
/** It is never less than this. Source: auth_timeout of clusterHandleSlaveFailover. */
const LEAST_RETRY_MS = 4_000;

/** By the path of a state; a state nobody has anything to say of has none. */
export function machineFacts(
  { failover, handover, size, offsetBytes }: NodeView,
  nodeTimeoutMs: number,
  { facts, seconds }: { readonly facts: Facts; readonly seconds: (amount: string) => string },
): Readonly<Record<string, string>> {
  const { phase, delayMs, voteCount } = failover;
  const needed = Math.floor(size / 2) + 1;
  const retryMs = Math.max(LEAST_RETRY_MS, nodeTimeoutMs * RETRY_TIMEOUTS);
  const isOpen = phase !== 'idle';
  return {
    'running.replica.waiting': isOpen ? facts.delay(thousands(delayMs)) : '',
    'running.replica.collecting':
      phase === 'collecting' || phase === 'expired' ? facts.votes(voteCount, needed) : '',
    'running.replica.expired':
      phase === 'expired' ? facts.retry(seconds(String(retryMs / 1_000))) : '',
    'running.replica.catchingUp':
      handover === 'catching-up' && offsetBytes !== null
        ? facts.caughtUp(thousands(offsetBytes))
        : '',
  };
}
