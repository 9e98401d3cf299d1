/**
 * Runs of whole worlds for tests: a scene, what is done to it, and what came of it.
 */
import { isReplica, lookupNode, myself, type ClusterState } from '../protocol/cluster-state';
import type { NodeName } from '../protocol/ids';
import type { NoteEvent, NoteOf } from '../protocol/notes';
import type { Input, TimedInput } from './inputs';
import { Watch } from './invariants';
import { runUntilTime } from './run';
import { DEFAULT_SCENE, type Scene } from './scene';
import type { StepRecord } from './step';
import { createWorld, type World } from './world';

export interface Run {
  readonly world: World;
  readonly notes: readonly (StepRecord['notes'][number] & { readonly atMs: number })[];
}

/** A run under watch, and all notes of it. */
export function runScene(scene: Partial<Scene>, untilMs: number, watch = new Watch()): Run {
  const notes: Run['notes'][number][] = [];
  const world = runUntilTime(
    createWorld({ ...DEFAULT_SCENE, ...scene }),
    untilMs,
    (record, now) => {
      watch.see(record, now);
      for (const note of record.notes) notes.push({ ...note, atMs: record.atMs });
    },
  );
  return { world, notes };
}

export const at = (atMs: number, input: Input): TimedInput => ({ atMs, input });

export const toProcess = (
  atMs: number,
  type: 'kill' | 'restart' | 'freeze' | 'wake',
  node: NodeName,
): TimedInput => at(atMs, { type, node });

/** `redis-cli -c -p NODE TEXT`, by a client of its own. */
export const says = (atMs: number, node: NodeName, text: string, client = 'c1'): TimedInput =>
  at(atMs, { type: 'command', client, node, argv: text.split(' '), follow: true });

export const stateOf = (world: World, name: NodeName): ClusterState =>
  world.nodes.get(name)!.context;

/** Whom a node follows by its own table; null for a master. */
export function masterIn(world: World, name: NodeName): NodeName | null {
  const state = stateOf(world, name);
  const me = myself(state);
  const master = me.masterId ? lookupNode(state, me.masterId) : null;
  return isReplica(me) ? String(master?.port) : null;
}

/** The notes of one kind, oldest first. */
export const notesOf = <E extends NoteEvent>(
  { notes }: Run,
  event: E,
): (NoteOf<E> & { readonly atMs: number })[] =>
  notes.filter((note): note is NoteOf<E> & { readonly atMs: number } => note.event === event);

/** The log of one node, with node ids as ports, each line after its time. */
export function logOf({ world, notes }: Run, name: NodeName, fromMs = 0): string[] {
  const ids = new Map(
    [...world.nodes].map(([port, { context }]) => [context.myId as string, port]),
  );
  return notes.flatMap((note) =>
    note.event === 'log' && note.node === name && note.atMs >= fromMs
      ? [note.text.replace(/[0-9a-f]{40}/g, (id) => ids.get(id) ?? 'ID')]
      : [],
  );
}

/** The last reply to each client, in the order in which they came: node, text. */
export const repliesTo = (run: Run, client: string): string[] =>
  notesOf(run, 'reply')
    .filter((note) => note.client === client)
    .map(({ node, text }) => `${node} ${text}`);
