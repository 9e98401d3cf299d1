/** Whom the lanes are about: the suspect, who first said FAIL, the viewpoint, who may succeed. */
import type { Beat, Span } from '../../timeline/cluster-source';
import type { LaneNode } from './space-time-lanes';

export interface Player {
  readonly name: string;
  readonly part:
    'subject' | 'failed' | 'stopped' | 'first' | 'viewpoint' | 'candidate' | 'replica' | 'master';
}

export interface Plot {
  readonly subject: string | null;
  readonly viewpoint: string | null;
  readonly spans: readonly Span[];
  readonly beats: readonly Beat[];
}

/** How many masters stand for all while nobody is in question. */
const IDLE_MASTERS = 4;

/** Everyone in play, the foremost first, each once. */
export function playersOf(nodes: readonly LaneNode[], plot: Plot): Player[] {
  const { subject, viewpoint } = plot;
  const players: Player[] = [];
  const add = (name: string | null | undefined, part: Player['part']) => {
    if (name && players.every((other) => other.name !== name)) players.push({ name, part });
  };
  const isSuspected = plot.spans.some(({ about }) => about === subject);
  const first = subject && firstVerdict(plot.spans, subject);
  add(subject, first ? 'failed' : isSuspected ? 'subject' : 'stopped');
  add(viewpoint, 'viewpoint');
  add(first, 'first');
  const shard = nodes.find(({ name }) => name === subject)?.shard;
  const heirs = nodes.filter((node) => node.shard === shard && node.name !== subject);
  for (const { name } of heirs) if (hasStood(name, plot.beats)) add(name, 'candidate');
  for (const { name, role } of heirs) add(name, role);
  if (subject === null) {
    const masters = nodes.filter(({ role }) => role === 'master').slice(0, IDLE_MASTERS);
    for (const { name } of masters) add(name, 'master');
  }
  return players;
}

/** Who was the first to hold FAIL about `subject`, of what is recorded; null while nobody does. */
export function firstVerdict(spans: readonly Span[], subject: string): string | null {
  let first: Span | null = null;
  for (const span of spans) {
    const isVerdict = span.kind === 'fail' && span.about === subject;
    if (isVerdict && (first === null || span.fromMs < first.fromMs)) first = span;
  }
  return first?.node ?? null;
}

function hasStood(name: string, beats: readonly Beat[]): boolean {
  return beats.some(({ note }) => note.event === 'election.start' && note.node === name);
}
