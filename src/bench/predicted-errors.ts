/**
 * Which errors an application may meet during a fault, said by the simulation: every node of a
 * simulated cluster is asked to write a key of every master, again and again, until long after.
 */
import type { Input } from '../kernel/inputs';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE, nodeNames } from '../kernel/scene';
import type { StepRecord } from '../kernel/step';
import { act, createWorld, type World } from '../kernel/world';

export type Struck = 'freeze' | 'kill' | 'cut off';

/** `OK` is none; the names are those of `kindOfError`. */
export type ErrorKind = 'CLUSTERDOWN' | 'MOVED' | 'READONLY' | 'no answer in time' | 'disconnected';

export interface PredictedFault {
  readonly struck: Struck;
  readonly nodeTimeoutMs: number;
  readonly faultMs: number;
  readonly calmMs: number;
}

const SEEDS: readonly number[] = [1, 2, 3];
const SETTLED_MS = 20_000;
const ASK_EVERY_MS = 50;
/** As the application waits. */
const ANSWER_LIMIT_MS = 1_000;
/** A key of each master, as redis-cli deals slots to three. */
const KEYS = ['hello', '{user}1', 'foo'];
const VICTIM = '8901';

export function predictedErrors(fault: PredictedFault, seeds = SEEDS): ReadonlySet<ErrorKind> {
  return new Set(seeds.flatMap((seed) => [...errorsOf(fault, seed)]));
}

function errorsOf({ struck, nodeTimeoutMs, faultMs, calmMs }: PredictedFault, seed: number) {
  const scene = { ...DEFAULT_SCENE, masters: 3, replicasPerMaster: 1, nodeTimeoutMs, seed };
  const kinds = new Set<ErrorKind>();
  const waiting = new Map<string, number>();
  const hear = ({ notes }: StepRecord): void => {
    for (const note of notes) {
      if (note.event !== 'reply') continue;
      waiting.delete(note.client);
      const kind = kindOfReply(note.text);
      if (kind) kinds.add(kind);
    }
  };
  const to = (world: World, atMs: number): World => runUntilTime(world, atMs, hear);
  const names = nodeNames(scene);
  const [strike, heal] = inputsOf(struck, names);
  let nowMs = SETTLED_MS;
  let world = to(createWorld(scene), nowMs);
  for (const input of strike) world = act(world, input, nowMs);
  const healedMs = nowMs + faultMs;
  for (let turn = 0; nowMs < healedMs + calmMs; turn++, nowMs += ASK_EVERY_MS) {
    if (nowMs === healedMs) for (const input of heal) world = act(world, input, nowMs);
    for (const node of names) {
      const client = `${node}-${turn % CLIENTS}`;
      if (waiting.has(client)) continue;
      waiting.set(client, nowMs);
      const argv = ['SET', KEYS[turn % KEYS.length]!, String(turn)];
      world = act(world, { type: 'command', client, node, argv, follow: false }, nowMs);
    }
    world = to(world, nowMs + ASK_EVERY_MS);
    const oldestMs = Math.min(...waiting.values());
    if (nowMs - oldestMs > ANSWER_LIMIT_MS) kinds.add('no answer in time');
  }
  return kinds;
}
/** Of each node; more than an answer in time needs, so that somebody asks always. */
const CLIENTS = 4;

function inputsOf(struck: Struck, names: readonly string[]): [Input[], Input[]] {
  if (struck === 'freeze')
    return [[{ type: 'freeze', node: VICTIM }], [{ type: 'wake', node: VICTIM }]];
  if (struck === 'kill')
    return [[{ type: 'kill', node: VICTIM }], [{ type: 'restart', node: VICTIM }]];
  const others = names.filter((name) => name !== VICTIM);
  const cuts = others.map((to): Input => ({ type: 'cut', from: VICTIM, to, oneWay: false }));
  return [cuts, [{ type: 'heal-all' }]];
}

function kindOfReply(text: string): ErrorKind | null {
  if (text.includes('CLUSTERDOWN')) return 'CLUSTERDOWN';
  if (text.includes('MOVED')) return 'MOVED';
  if (text.includes('READONLY')) return 'READONLY';
  return /Could not connect|closed the connection/.test(text) ? 'disconnected' : null;
}
