/** A whole recording, lived through by our machines, and what came of the comparison. */
import type { Capture, CaptureNode } from './capture';
import type { NodeId } from '../protocol/ids';
import { judgeGossip } from './judge-gossip';
import { judgeHeaders } from './judge-headers';
import { pairMessages } from './pair-messages';
import { judgeCloses } from './judge-closes';
import { judgeLog } from './judge-log';
import { judgeTables } from './judge-tables';
import { firstGuess, hintCount, type Guess, type Reading } from './guess';
import { replay, type Replayed } from './replay';
import { Tally, type Disagreement, type KindCount } from './tally';

export interface Verdict {
  readonly label: string;
  readonly redisVersion: string;
  readonly nodeTimeoutMs: number;
  readonly nodes: number;
  readonly frames: number;
  readonly kinds: ReadonlyMap<string, KindCount>;
  readonly disagreements: readonly Disagreement[];
  readonly assumed: readonly Assumption[];
}

/** Something nobody recorded, believed because of what followed from it. */
export interface Assumption {
  readonly atMs: number;
  readonly node: number;
  readonly what: string;
  readonly from: string;
}

const ROUNDS = 4;
const READINGS = ['half-way', 'arrival', 'answer'] as const satisfies Reading[];

/** Of what may have been, whatever leaves the least unexplained. */
function shadowNode(capture: Capture, node: CaptureNode): Replayed {
  let best: Replayed | null = null;
  for (const reading of READINGS) {
    const replayed = bestOfRounds(capture, node, reading);
    if (!best || unexplained(replayed) < unexplained(best)) best = replayed;
    if (unexplained(best) === 0) break;
  }
  return best!;
}

function bestOfRounds(capture: Capture, node: CaptureNode, reading: Reading): Replayed {
  let best = replayAndJudge(capture, node, firstGuess(reading));
  let latest = best;
  for (let round = 1; round < ROUNDS && hintCount(latest.learnt) > 0; round++) {
    const { learnt } = latest;
    latest = replayAndJudge(capture, node, { ...learnt, reading });
    if (unexplained(latest) < unexplained(best)) best = latest;
    if (hintCount(latest.learnt) === hintCount(learnt)) break;
  }
  return best;
}

const unexplained = ({ tally }: Replayed): number =>
  tally.disagreements.filter(({ explanation }) => explanation === null).length;

function replayAndJudge(capture: Capture, node: CaptureNode, guess: Guess): Replayed {
  const replayed = replay(capture, node, guess);
  const pairs = pairMessages(capture, replayed);
  judgeHeaders(capture, replayed, pairs);
  judgeGossip(capture, replayed, pairs);
  judgeCloses(capture, replayed);
  judgeTables(capture, replayed);
  judgeLog(capture, replayed);
  return replayed;
}

/** Puts one of our machines in the place of each node of the recording, and compares. */
export function shadowCapture(capture: Capture): Verdict {
  const tally = new Tally();
  const assumed: Assumption[] = [];
  for (const node of capture.nodes) {
    const replayed = shadowNode(capture, node);
    tally.add(replayed.tally);
    assumed.push(...assumptions(capture, replayed));
  }
  return {
    label: capture.label,
    redisVersion: capture.redisVersion,
    nodeTimeoutMs: capture.nodeTimeoutMs,
    nodes: capture.nodes.length,
    frames: capture.frames.length,
    kinds: tally.kinds(),
    disagreements: tally.disagreements,
    assumed,
  };
}

function assumptions(capture: Capture, replayed: Replayed): Assumption[] {
  const { number: node } = replayed.shadow.node;
  const nameOf = (id: NodeId): string =>
    `node ${capture.nodes.find((one) => one.id === id)?.number ?? id}`;
  const commands = replayed.assumed.flatMap((deed) =>
    deed.type === 'command'
      ? [{ atMs: deed.atMs, node, what: deed.argv.join(' '), from: deed.inferredFrom ?? '' }]
      : [],
  );
  const reports = [...replayed.guess.reported].map((id) => ({
    ...{ atMs: 0, node, what: `a failure report about ${nameOf(id)}` },
    from: 'it does not believe what gossip says about PONGs',
  }));
  const answered = [...replayed.guess.answered.keys()].map((id) => ({
    ...{ atMs: 0, node, what: `a PONG of ${nameOf(id)} in the last moment before` },
    from: 'it is not pinged as soon as the first table makes it due',
  }));
  const unseen = replayed.unseen.map(({ atMs, id }) => ({
    ...{ atMs, node, what: `a PING drawn for ${nameOf(id)}, whose link is down` },
    from: 'the log, a node timeout later',
  }));
  return [...commands, ...reports, ...answered, ...unseen];
}
