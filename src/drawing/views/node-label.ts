/**
 * What a screen reader says of a node on the stage: role, slots, what the viewpoint holds, the
 * fact.
 */
import type { FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { inOneLine } from '../../words/sentences';
import { words } from '../../words/words.svelte';
import { exactSeconds } from '../figures';
import type { ArrangedNode } from '../layout/arrangement';
import { rowOf, type Belief } from '../layout/beliefs';
import type { StageGeometry } from '../layout/stage-geometry';

interface Labelled {
  readonly nodes: readonly FrameNode[];
  readonly node: FrameNode;
  readonly arranged: ArrangedNode;
  readonly belief: Belief;
  readonly viewpoint: NodeName | null;
}

/** What is said of each node. */
export function nodeLabels(
  nodes: readonly FrameNode[],
  options: {
    held: ReadonlyMap<NodeName, Belief>;
    settled: StageGeometry;
    viewpoint: NodeName | null;
  },
): ReadonlyMap<NodeName, string> {
  const { held, settled, viewpoint } = options;
  const labels = nodes.map((node, i) => {
    const arranged = settled.nodes[i]!;
    const belief = held.get(node.name) ?? 'ok';
    return [node.name, nodeLabel({ nodes, node, arranged, belief, viewpoint })] as const;
  });
  return new Map(labels);
}

/** One sentence for each thing worth knowing, the name first. */
function nodeLabel(labelled: Labelled): string {
  const { node, arranged, viewpoint } = labelled;
  const { stage } = words;
  const first = [node.name, role(arranged), slots(arranged)].filter(Boolean).join(stage.comma);
  const sentences = [first + stage.stop.trimEnd(), beliefText(labelled)];
  if (arranged.knowledge === 'handshake') sentences.push(stage.handshake);
  if (arranged.knowledge === 'unknown' && viewpoint) sentences.push(stage.unknownTo(viewpoint));
  if (node.process === 'frozen') sentences.push(stage.processFrozen);
  if (node.process === 'killed') sentences.push(stage.processKilled);
  if (viewpoint === node.name) sentences.push(stage.isViewpoint);
  return inOneLine(sentences);
}

function role({ role: word, around, replicates }: ArrangedNode): string {
  if (word === 'master') return words.stage.master;
  return around && replicates ? words.stage.replicaOf(around) : words.stage.replica;
}

function slots({ role: word, slots: ranges }: ArrangedNode): string {
  if (word === 'replica') return '';
  if (ranges.length === 0) return words.stage.noSlots;
  return ranges.map(([first, last]) => words.stage.slotRange(first, last)).join(words.stage.comma);
}

function beliefText({ nodes, node, belief, viewpoint }: Labelled): string {
  if (belief === 'ok') return '';
  const flag = belief === 'fail' ? 'FAIL' : 'PFAIL';
  const viewer = nodes.find((other) => other.name === viewpoint);
  if (!viewer) return words.stage.mostSay(flag);
  const sinceMs = rowOf(viewer, node.name)?.failSinceMs ?? 0;
  if (belief === 'pfail' || sinceMs === 0) return words.stage.says(viewer.name, flag);
  const time = words.stage.seconds(exactSeconds(sinceMs));
  return words.stage.saysSince(viewer.name, flag, time);
}
