/**
 * Whether all nodes tell the same story of the slots, and waiting until they do.
 * Source: clusterManagerIsConfigConsistent, clusterManagerWaitForClusterJoin,
 * clusterManagerGetLinkStatus, src/redis-cli.c.
 */
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { orderOfDict } from './dict-order';
import { configSignature, disconnectedLinks } from './manager-node';
import { parseAddress } from './options';
import type { Tasks } from './task-list';

const JOIN_PAUSE_MS = 1_000;
/** Seconds before the tool asks itself whether somebody is out of reach. */
const CHECK_AFTER_S = 20;
const CHECK_AFTER_S_PER_NODE = 0.15;

type LinkStatus = readonly { readonly to: string; readonly from: readonly string[] }[];

export interface CompareTasks {
  /** Asks everyone for CLUSTER NODES; `state.ok` tells whether they agree. */
  compare: object;
  'compare-next': { readonly left: readonly NodeRef[]; readonly first: string | null };
  'compare-answered': { readonly left: readonly NodeRef[]; readonly first: string | null };
  'wait-for-join': object;
  'join-compared': { readonly waitedS: number };
  'join-slept': { readonly waitedS: number };
  'link-status': { readonly left: readonly NodeRef[]; readonly status: LinkStatus };
  'link-status-answered': {
    readonly node: NodeRef;
    readonly left: readonly NodeRef[];
    readonly status: LinkStatus;
  };
}

export const COMPARE_TASKS: Tasks<CompareTasks> = {
  compare: (turn) => {
    turn.state.ok = true;
    if (turn.state.nodes.length > 1) {
      turn.do({ do: 'compare-next', left: turn.state.nodes, first: null });
    }
  },
  'compare-next': (turn, { left, first }) => {
    const [node, ...rest] = left;
    if (node === undefined) return;
    turn.send(node, ['CLUSTER', 'NODES'], { do: 'compare-answered', left: rest, first });
  },
  'compare-answered': (turn, { left, first }) => {
    const signature = configSignature(turn.text ?? '');
    // One different text is enough: the others are not asked.
    if (signature === null || (first !== null && signature !== first)) turn.state.ok = false;
    else turn.do({ do: 'compare-next', left, first: signature });
  },
  'wait-for-join': (turn) => {
    turn.say('Waiting for the cluster to join');
    turn.do({ do: 'compare' }, { do: 'join-compared', waitedS: 0 });
  },
  'join-compared': (turn, { waitedS }) => {
    if (turn.state.ok) return turn.print('\n');
    turn.print('.');
    turn.sleep(JOIN_PAUSE_MS, { do: 'join-slept', waitedS: waitedS + 1 });
  },
  'join-slept': (turn, { waitedS }) => {
    const { nodes } = turn.state;
    const patience = CHECK_AFTER_S + Math.trunc(nodes.length * CHECK_AFTER_S_PER_NODE);
    const isLong = waitedS > patience;
    turn.do({ do: 'compare' }, { do: 'join-compared', waitedS: isLong ? 0 : waitedS });
    if (isLong) turn.do({ do: 'link-status', left: nodes, status: [] });
  },
  'link-status': (turn, { left, status }) => {
    const [node, ...rest] = left;
    if (node === undefined) return printLinkStatus(turn, status);
    const then = { do: 'link-status-answered', node, left: rest, status } as const;
    turn.send(node, ['CLUSTER', 'NODES'], then);
  },
  'link-status-answered': (turn, { node, left, status }) => {
    const links = turn.isFine(node) ? disconnectedLinks(turn.text ?? '') : [];
    const from = turn.address(node);
    const next = links.reduce<LinkStatus>((all, to) => withLink(all, to, from), status);
    turn.do({ do: 'link-status', left, status: next });
  },
};

function withLink(status: LinkStatus, to: string, from: string): LinkStatus {
  const known = status.some((entry) => entry.to === to);
  if (!known) return [...status, { to, from: [from] }];
  return status.map((entry) => (entry.to === to ? { to, from: [...entry.from, from] } : entry));
}

function printLinkStatus(turn: CliTurn, status: LinkStatus): void {
  if (status.length === 0) return;
  turn.say(`\nWarning: ${status.length} node(s) may be unreachable`);
  for (const to of orderOfDict(status.map((entry) => entry.to))) {
    const address = parseAddress(to);
    const what = address?.busPort ? `The port ${address.busPort} of node ${address.ip}` : null;
    turn.say(` - ${what ?? `Node ${to}`} may be unreachable from:`);
    for (const from of status.find((entry) => entry.to === to)!.from) turn.say(`   ${from}`);
    turn.say('Cluster bus ports must be reachable by every node.');
    turn.say('Remember that cluster bus ports are different from standard instance ports.');
  }
}
