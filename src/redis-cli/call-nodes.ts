/**
 * `call` and `set-timeout`: one command to every node. `help`, and what this page has no place for.
 * Source: clusterManagerCommandCall, clusterManagerCommandSetTimeout, clusterManagerCommandHelp,
 * src/redis-cli.c.
 */
import type { Reply } from '../protocol/reply';
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { SUBCOMMANDS, wholeNumberIn } from './options';
import type { Tasks } from './task-list';

interface Timeouts {
  readonly left: readonly NodeRef[];
  readonly set: number;
  readonly failed: number;
}

export interface CallTasks {
  'call-loaded': object;
  'call-next': { readonly left: readonly NodeRef[] };
  'call-answered': { readonly node: NodeRef; readonly left: readonly NodeRef[] };
  'set-timeout-loaded': object;
  'timeout-next': Timeouts;
  'timeout-set': Timeouts & { readonly node: NodeRef };
  'timeout-written': Timeouts & { readonly node: NodeRef };
}

export const CALL_TASKS: Tasks<CallTasks> = {
  'call-loaded': (turn) => {
    const argv = turn.state.options.args.slice(1);
    turn.say(`>>> Calling ${argv.join(' ')}`);
    const left = turn.state.nodes.filter((ref) => {
      const isMaster = turn.node(ref).replicate === null;
      if (turn.has('--cluster-only-masters') && !isMaster) return false;
      return !turn.has('--cluster-only-replicas') || !isMaster;
    });
    turn.do({ do: 'call-next', left });
  },
  'call-next': (turn, { left: [node, ...left] }) => {
    if (node === undefined) return;
    turn.send(node, turn.state.options.args.slice(1), { do: 'call-answered', node, left });
  },
  'call-answered': (turn, { node, left }) => {
    const { reply } = turn.state;
    const text = reply === null ? 'Failed!' : printRaw(reply);
    if (!turn.refused) turn.say(`${turn.address(node)}: ${text}`);
    turn.do({ do: 'call-next', left });
  },
  'set-timeout-loaded': (turn) => {
    turn.say('>>> Reconfiguring node timeout in every cluster node...');
    turn.do({ do: 'timeout-next', left: turn.state.nodes, set: 0, failed: 0 });
  },
  'timeout-next': (turn, { left: [node, ...left], set, failed }) => {
    if (node === undefined) {
      return turn.say(`>>> New node timeout set. ${set} OK, ${failed} ERR.`);
    }
    const timeoutMs = String(wholeNumberIn(turn.state.options.args[1]!));
    const then = { do: 'timeout-set', left, set, failed, node } as const;
    turn.send(node, ['CONFIG', 'SET', 'cluster-node-timeout', timeoutMs], then);
  },
  'timeout-set': (turn, timeouts) => {
    if (turn.text === null) return timeoutFailed(turn, timeouts);
    turn.send(timeouts.node, ['CONFIG', 'REWRITE'], { ...timeouts, do: 'timeout-written' });
  },
  'timeout-written': (turn, { node, left, set, failed }) => {
    if (turn.text === null) return timeoutFailed(turn, { node, left, set, failed });
    turn.say(`*** New timeout set for ${turn.address(node)}`);
    turn.do({ do: 'timeout-next', left, set: set + 1, failed });
  },
};

function timeoutFailed(turn: CliTurn, { node, left, set, failed }: CallTasks['timeout-set']): void {
  turn.say(`ERR setting node-timeout for ${turn.address(node)}: ${turn.error ?? ''}`);
  turn.do({ do: 'timeout-next', left, set, failed: failed + 1 });
}

/** A reply as it stands, without types. Source: cliFormatReplyRaw. */
export function printRaw(reply: Reply): string {
  switch (reply.type) {
    case 'nil':
      return '';
    case 'integer':
      return String(reply.value);
    case 'error':
      return `${reply.text}\n`;
    case 'array':
      return reply.items.map(printRaw).join('\n');
    default:
      return reply.text;
  }
}

const HELP_INDENT = ' '.repeat(15);

/** What `redis-cli --cluster help` prints, without a last line end. */
export function helpText(): string {
  const lines = SUBCOMMANDS.flatMap(({ name, args, options }) => [
    `  ${name.padEnd(15)}${args}`,
    ...options.map((option) => `${HELP_INDENT}  --cluster-${option}`),
  ]);
  return [
    'Cluster Manager Commands:',
    ...lines,
    '',
    'For check, fix, reshard, del-node, set-timeout, info, rebalance, call, import, backup you ' +
      'can specify the host and port of any working node in the cluster.',
    '',
    'Cluster Manager Options:',
    `  ${'--cluster-yes'.padEnd(15)}Automatic yes to cluster commands prompts`,
    '',
  ].join('\n');
}
