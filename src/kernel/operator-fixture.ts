/**
 * A settled cluster with two spare processes, and people who call redis-cli --cluster.
 */
import { slotOwner } from '../protocol/cluster-state';
import type { NodeName } from '../protocol/ids';
import { valuesOf } from '../protocol/keyspace';
import type { Note, NoteEvent, NoteOf } from '../protocol/notes';
import type { Input } from './inputs';
import { runUntil, runUntilTime } from './run';
import { DEFAULT_SCENE, type Scene } from './scene';
import type { StepRecord } from './step';
import { act, createWorld, type World } from './world';

const LONGEST_RUN_MS = 120_000;

const scene: Scene = {
  ...DEFAULT_SCENE,
  spareNodes: 2,
  nodeTimeoutMs: 2_000,
  latencyMs: { min: 2, max: 8 },
  seed: 3,
};
const settled = runUntilTime(createWorld(scene), 12_000);

/** A note and its time. */
type Heard = Note & { readonly atMs: number };

export class Shift {
  world: World;
  readonly notes: Heard[] = [];

  constructor(world: World = settled) {
    this.world = world;
  }

  do(input: Input): this {
    this.world = act(this.world, input, this.world.nowMs + 1);
    return this;
  }

  /** `redis-cli -c -p NODE TEXT`, which nobody waits for. */
  says(node: NodeName, text: string, client = 'c1'): this {
    return this.do({ type: 'command', client, node, argv: text.split(' '), follow: true });
  }

  /** The same without following redirects, so that nothing is sent in between. */
  plain(node: NodeName, text: string, client: string): this {
    return this.do({ type: 'command', client, node, argv: text.split(' '), follow: false });
  }

  idOf(name: NodeName): string {
    return this.world.nodes.get(name)!.context.myId;
  }

  /** Begins `redis-cli --cluster TEXT`; the number of the run. */
  call(text: string, ...answers: readonly string[]): number {
    this.do({ type: 'redis-cli', argv: ['--cluster', ...text.split(' ')], answers });
    return Object.keys(this.world.operators).length + 1;
  }

  wait(forMs: number): this {
    this.world = runUntilTime(this.world, this.world.nowMs + forMs, this.hear);
    return this;
  }

  /** Until a run ends; its exit code. */
  end(run: number): number {
    const ended = (): number | undefined =>
      this.of('cli.exit').find((note) => note.run === run)?.code;
    if (ended() !== undefined) return ended()!;
    this.world = runUntil(
      this.world,
      (_, record) => {
        this.hear(record);
        return record.notes.some((note) => note.event === 'cli.exit') && ended() !== undefined;
      },
      { limitMs: LONGEST_RUN_MS, what: `the end of run ${run}` },
    );
    return ended()!;
  }

  /** Calls the tool and waits; what it printed, node ids as ports. */
  run(text: string, ...answers: readonly string[]): { lines: string[]; code: number } {
    const run = this.call(text, ...answers);
    const code = this.end(run);
    return { lines: this.printed(run), code };
  }

  printed(run: number): string[] {
    let text = '';
    for (const note of this.of('cli')) {
      if (note.run === run) text += note.text + (note.ends ? '\n' : '');
    }
    for (const [name, { context }] of this.world.nodes) {
      text = text.replaceAll(context.myId, name).replaceAll(context.myId.slice(0, 8), name);
    }
    return text.split('\n');
  }

  of<E extends NoteEvent>(event: E): (NoteOf<E> & { readonly atMs: number })[] {
    return this.notes.filter((note) => note.event === event) as never;
  }

  /** What a run sent, as `8901 CLUSTER NODES`, node ids as ports. */
  sent(client: string): string[] {
    const ids = [...this.world.nodes].map(([name, { context }]) => [context.myId, name] as const);
    return this.of('command').flatMap((note) => {
      if (note.client !== client) return [];
      return [
        ids.reduce((text, [id, name]) => text.replace(id, name), `${note.node} ${note.text}`),
      ];
    });
  }

  /** The owner of a slot, as each node of `names` sees it. */
  ownersOf(slot: number, names: readonly NodeName[]): (string | null)[] {
    return names.map((name) => {
      const owner = slotOwner(this.world.nodes.get(name)!.context, slot);
      return owner === null ? null : String(owner.port);
    });
  }

  valuesAt(name: NodeName): Readonly<Record<string, string>> {
    return valuesOf(this.world.nodes.get(name)!.context.keys);
  }

  private readonly hear = ({ atMs, notes }: StepRecord): void => {
    for (const note of notes) this.notes.push({ ...note, atMs });
  };
}
