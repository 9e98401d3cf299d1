/**
 * Choosing whom to gossip about.
 * Source: clusterSendPing, clusterSetGossipEntry, src/cluster.c.
 */
import type { Gossip } from '../bus-message';
import { hasNoAddress, hasTimedOut, isInHandshake } from '../cluster-state';
import { PURPOSE, drawIntOn, keyOf } from '../draw';
import { witnessOfGossip, type GossipDraw, type GossipVerdict } from './gossip-witness';
import { TRAIT, traitsOf } from '../places';
import { ToldGossip, gossipEntry } from './told-gossip';
import type { Turn } from '../turn';

/** Used again and again: a message has columns of its own for what is chosen. */
const chosen: number[] = [];

/** As many as 32 bits can count. */
const MOST_ROUNDS = 2 ** 31 - 1;

/** In which round each place was chosen last: so one look tells whether it was in this one. */
let chosenInRound = new Int32Array(64);
let rounds = 0;

/** The number of a new round, in which none of so many places is chosen yet. */
function nextRound(count: number): number {
  if (count > chosenInRound.length || rounds === MOST_ROUNDS) {
    chosenInRound = new Int32Array(Math.max(2 * count, chosenInRound.length));
    rounds = 0;
  }
  return ++rounds;
}

/** The entries of one PING, PONG or MEET to `to` (its port, 0 for a stranger). */
export function chooseGossip(turn: Turn, to: number): Gossip {
  const { nodes, vitals } = turn.state;
  const glance = turn.glance;
  const plain = glance?.plain ?? null;
  let fresh = nodes.length - 2;
  const wanted = Math.min(Math.max(3, Math.floor(nodes.length / 10)), Math.max(0, fresh));
  let count = 0;
  const round = nextRound(nodes.length);
  const key = keyOf(turn.state.seed, PURPOSE.gossip, turn.state.port, to, turn.nowMs);
  const witness = witnessOfGossip();
  const draws: GossipDraw[] = [];
  for (let attempt = 0; fresh > 0 && count < wanted && attempt < wanted * 3; attempt++) {
    const place = drawIntOn(nodes.length, key, attempt);
    const isChosen = chosenInRound[place] === round;
    const isPlain = plain !== null && plain[place] !== 0;
    const its = isPlain ? NO_TRAITS : traitsOf(nodes[place]!, turn.state.myId);
    const verdict = verdictOn(its, isChosen);
    if (witness) draws.push({ id: nodes[place]!.id, verdict });
    if (verdict === 'chosen') {
      chosen[count++] = place;
      chosenInRound[place] = round;
    }
    if (verdict === 'chosen' || verdict === 'unfit') fresh--;
  }
  const failing = pfailPlaces(turn);
  for (const place of failing) chosen[count++] = place;
  // What this turn writes to may still change: that is told as it is now.
  const told = glance
    ? new ToldGossip(turn.state, glance, { chosen, count })
    : chosen.slice(0, count).map((place) => gossipEntry(nodes[place]!, vitals.at(place)));
  const known = nodes.length;
  if (witness) {
    const entries = [...told];
    witness({ by: turn.state.name, to, known, wanted, draws, failing: failing.length, entries });
  }
  return told;
}

const NO_TRAITS = 0;

function verdictOn(traits: number, isChosen: boolean): GossipVerdict {
  if (traits & TRAIT.MYSELF) return 'myself';
  if (traits & TRAIT.PFAIL) return 'pfail';
  if (traits & TRAIT.NO_GOSSIP) return 'unfit';
  return isChosen ? 'again' : 'chosen';
}

const NOBODY: readonly number[] = [];

/** All PFAIL nodes ride along, as many as the last tick counted. */
function pfailPlaces({ state }: Turn): readonly number[] {
  if (state.pfailNodes === 0) return NOBODY;
  const places: number[] = [];
  for (const [place, node] of state.nodes.entries()) {
    if (places.length === state.pfailNodes) break;
    if (hasTimedOut(node) && !isInHandshake(node) && !hasNoAddress(node)) places.push(place);
  }
  return places;
}
