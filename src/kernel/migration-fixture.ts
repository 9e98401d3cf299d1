/**
 * A settled cluster and people who type at it, for tests of slots that move.
 */
import { slotOwner } from '../protocol/cluster-state';
import { keySlot } from '../protocol/key-slot';
import { valuesOf } from '../protocol/keyspace';
import type { Note, NoteEvent, NoteOf } from '../protocol/notes';
import { runUntil, runUntilTime } from './run';
import { DEFAULT_SCENE, type Scene } from './scene';
import { act, createWorld, type World } from './world';

const scene: Scene = { ...DEFAULT_SCENE, latencyMs: { min: 2, max: 8 }, seed: 3 };
const settled = runUntilTime(createWorld(scene), 15_000);

/** hello and its kin live in slot 866, which 8901 owns. */
export const SLOT = keySlot('hello');
export const KEYS = Array.from({ length: 12 }, (_, i) => `{hello}${i}`);
const idOf = (name: string): string => settled.nodes.get(name)!.context.myId;

/** A cluster, and people who type. */
export class Life {
  world: World;
  readonly notes: Note[] = [];
  private clockMs = 0;
  /** How many notes there were when a client typed. */
  private readonly typedAt: Record<string, number> = {};

  constructor(world: World = settled) {
    this.world = world;
  }

  private note(_: World, record: { readonly notes: readonly Note[] }): void {
    this.notes.push(...record.notes);
  }

  /** Types a command, and does not wait. */
  type(text: string, node: string | null, client: string, follow = false): void {
    const input = { type: 'command', client, node, argv: words(text), follow } as const;
    this.typedAt[client] = this.notes.length;
    this.world = act(this.world, input, Math.max(this.clockMs, this.world.nowMs) + 1);
  }

  /** Types a command at a node and waits for the last reply. */
  ask(text: string, node: string | null = '8901', { client = 'op', follow = false } = {}): string {
    this.type(text, node, client, follow);
    return this.answer(client, text);
  }

  /** The last reply to what a client has typed. */
  answer(client: string, what: string): string {
    const isIdle = (world: World): boolean => world.clients[client]?.value === 'idle';
    if (!isIdle(this.world) || !this.replyTo(client)) {
      this.world = runUntil(
        this.world,
        (world, record) => {
          this.note(world, record);
          return isIdle(world) && this.replyTo(client) !== undefined;
        },
        { limitMs: 70_000, what },
      );
    }
    return this.replyTo(client)!;
  }

  private replyTo(client: string): string | undefined {
    const since = this.notes.slice(this.typedAt[client] ?? 0);
    const replies = since.filter((one) => one.event === 'reply' && one.client === client);
    return (replies.at(-1) as NoteOf<'reply'> | undefined)?.text;
  }

  wait(ms: number): void {
    const untilMs = Math.max(this.clockMs, this.world.nowMs) + ms;
    this.world = runUntilTime(this.world, untilMs, (record, world) => {
      this.note(world, record);
    });
    this.clockMs = untilMs;
  }

  of<E extends NoteEvent>(event: E): NoteOf<E>[] {
    return this.notes.filter((one): one is NoteOf<E> => one.event === event);
  }

  keysOf(node: string): Record<string, string> {
    return valuesOf(this.world.nodes.get(node)!.context.keys);
  }

  /** Whose the slot is in each node's table. */
  owners(): string[] {
    const names = [...this.world.nodes.keys()].sort();
    return names.map((name) => {
      const state = this.world.nodes.get(name)!.context;
      return String(slotOwner(state, SLOT)?.port ?? 'nobody');
    });
  }

  /** Both ends opened, in redis-cli's order. */
  open(): void {
    this.ask(`CLUSTER SETSLOT ${SLOT} IMPORTING ${idOf('8901')}`, '8902');
    this.ask(`CLUSTER SETSLOT ${SLOT} MIGRATING ${idOf('8902')}`, '8901');
  }

  fill(): void {
    for (const key of KEYS) this.ask(`SET ${key} before`, '8901');
  }

  setOwner(at: string): string {
    return this.ask(`CLUSTER SETSLOT ${SLOT} NODE ${idOf('8902')}`, at);
  }
}

/** Splits at spaces; `""` is an empty word. */
const words = (text: string): string[] =>
  text.split(' ').map((word) => (word === '""' ? '' : word));
