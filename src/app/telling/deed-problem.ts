/** Why a deed that can be read cannot be done now, in one line; null when it can. */
import type { Input } from '../../kernel/inputs';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { TeachingSwitch } from '../../protocol/teaching-switches';
import type { deeds } from '../../words/en/deeds';

/** How many numbers of messages are named. */
const NAMED = 6;

/** What stands in the way of a deed on one message, with what could be done instead. */
export function deedProblem(
  input: Input,
  frame: ClusterFrame,
  { wrong }: Pick<typeof deeds, 'wrong'>,
  switches: readonly TeachingSwitch[] = [],
): string | null {
  if (input.type === 'ping') {
    if (!switches.includes('no-automatic-pings')) return wrong.ownPings;
    return isLinked(frame, input) ? null : wrong.noLink(input.node, input.to);
  }
  if (!('message' in input)) return null;
  const onTheWay = frame.messages.filter(({ fate }) => fate === 'flying' || fate === 'held');
  const message = onTheWay.find(({ id }) => id === input.message);
  if (message && input.type === 'release-message' && message.fate !== 'held') {
    return wrong.notHeld(input.message);
  }
  if (message) return null;
  const near = onTheWay
    .map(({ id }) => id)
    .sort((a, b) => Math.abs(a - input.message) - Math.abs(b - input.message))
    .slice(0, NAMED)
    .sort((a, b) => a - b);
  const advice = near.length === 0 ? wrong.nothingFlies : wrong.nearestMessages(near.join(', '));
  return `${wrong.noMessage(input.message)} ${advice}`;
}

function isLinked({ nodes }: ClusterFrame, { node, to }: { node: string; to: string }): boolean {
  const from = nodes.find(({ name }) => name === node);
  return from?.view.rows.some((row) => row.name === to && row.linkConnected) ?? false;
}
