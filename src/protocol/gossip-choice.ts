/**
 * Choosing whom to gossip about.
 * Source: clusterSendPing, clusterSetGossipEntry, src/cluster.c.
 */
import type { GossipEntry } from './bus-message';
import {
  hasNoAddress,
  hasSlots,
  hasTimedOut,
  isInHandshake,
  type ClusterNode,
} from './cluster-state';
import { PURPOSE, drawIntOn, keyOf } from './draw';
import { witnessOfGossip, type GossipVerdict } from './gossip-witness';
import type { Turn } from './turn';

/** In which round each place was chosen last: so one look tells whether it was in this one. */
const chosenInRound: number[] = [];
let rounds = 0;
const nextRound = (): number => ++rounds;

/** The entries of one PING, PONG or MEET to `to` (its port, 0 for a stranger). */
export function chooseGossip(turn: Turn, to: number): GossipEntry[] {
  const { nodes } = turn.state;
  let fresh = nodes.length - 2;
  const wanted = Math.min(Math.max(3, Math.floor(nodes.length / 10)), Math.max(0, fresh));
  const chosen: ClusterNode[] = [];
  const round = nextRound();
  const key = keyOf(turn.state.seed, PURPOSE.gossip, turn.state.port, to, turn.nowMs);
  const witness = witnessOfGossip();
  const draws = [];
  for (let attempt = 0; fresh > 0 && chosen.length < wanted && attempt < wanted * 3; attempt++) {
    const place = drawIntOn(nodes.length, key, attempt);
    const candidate = nodes[place]!;
    const verdict = verdictOn(turn, candidate, chosenInRound[place] === round);
    if (witness) draws.push({ id: candidate.id, verdict });
    if (verdict === 'chosen') {
      chosen.push(candidate);
      chosenInRound[place] = round;
    }
    if (verdict === 'chosen' || verdict === 'unfit') fresh--;
  }
  const failing = pfailNodes(turn);
  const entries = chosen.map(gossipEntry);
  for (const node of failing) entries.push(gossipEntry(node));
  const known = nodes.length;
  witness?.({ by: turn.state.name, to, known, wanted, draws, failing: failing.length, entries });
  return entries;
}

function verdictOn(turn: Turn, candidate: ClusterNode, isChosen: boolean): GossipVerdict {
  if (candidate.id === turn.state.myId) return 'myself';
  if (hasTimedOut(candidate)) return 'pfail';
  if (!isWorthGossip(candidate)) return 'unfit';
  return isChosen ? 'again' : 'chosen';
}

function isWorthGossip(node: ClusterNode): boolean {
  if (isInHandshake(node) || hasNoAddress(node)) return false;
  return node.link !== null || hasSlots(node);
}

/** All PFAIL nodes ride along, as many as the last tick counted. */
function pfailNodes(turn: Turn): ClusterNode[] {
  if (turn.state.pfailNodes === 0) return [];
  return turn.state.nodes
    .filter((node) => hasTimedOut(node) && !isInHandshake(node) && !hasNoAddress(node))
    .slice(0, turn.state.pfailNodes);
}

function gossipEntry(node: ClusterNode): GossipEntry {
  return {
    id: node.id,
    pingSentSecondMs: wholeSecondMs(node.pingSentMs),
    pongReceivedSecondMs: wholeSecondMs(node.pongReceivedMs),
    ip: node.ip,
    port: node.port,
    busPort: node.busPort,
    flags: node.flags,
  };
}

/** The wire carries whole seconds. */
const wholeSecondMs = (atMs: number): number => Math.floor(atMs / 1_000) * 1_000;
