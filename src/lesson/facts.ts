/**
 * What a lesson may ask about the cluster: CEL expressions over one moment and its history.
 * CEL has no loops, no assignment and no way out, so a stranger's lesson can do no harm.
 */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { FrameNode } from '../protocol/cluster-frame';
import type { SlotRanges } from '../protocol/slot-ranges';
import { hasSlot } from '../protocol/slot-ranges';
import { keySlot } from '../protocol/key-slot';
import { deedsLike, didMatch } from './deeds';
import { EVENT_FUNCTIONS, EventFact, message } from './event-patterns';
import { ClientFact, portOf, ReplyFact, RowFact, SelfFact } from './fact-types';
import { allOf, firstOf, HistoryKeeper, type History } from './history';
import type { Answer } from './lesson';
import type { Moment } from './lesson-run';
import { PacketFact } from './packet-fact';
import { linesOf, printedInARow } from './printed-lines';

/** `first(e)` and `last(e)` of what never happened: later than everything. */
const NEVER_MS = 9_007_199_254_740_991n;
const LIMITS = { maxAstNodes: 300, maxDepth: 30, maxListElements: 64, maxCallArguments: 8 };
/** Calls of facts in one evaluation; a class of thirty nodes looked at pairwise stays below. */
const MOST_CALLS = 20_000;
const MOST_REPLIES = 200;

/** An expression, ready to be read again and again. */
export interface Condition {
  readonly text: string;
  readonly type: string;
  readonly read: (moment: Moment, answer?: Answer) => unknown;
}

/** The environment of all conditions, with the moment being read; evaluation is synchronous. */
class Reading {
  private readonly keeper = new HistoryKeeper();
  private moment: Moment | null = null;
  private callsLeft = 0;

  run(parsed: ParseResult, moment: Moment, answer: Answer | undefined): unknown {
    this.moment = moment;
    this.callsLeft = MOST_CALLS;
    return parsed({
      nodes: moment.frame.nodes.map((node) => portOf(node.name)),
      now: BigInt(Math.round(moment.frame.atMs)),
      answer: celAnswer(answer),
    });
  }

  now(): Moment {
    if (--this.callsLeft < 0) throw new Error(`the condition asks more than ${MOST_CALLS} times`);
    if (!this.moment) throw new Error('a fact was asked for outside of a reading');
    return this.moment;
  }

  history(): { history: History; untilStep: number } {
    const { notes, untilStep } = this.now();
    return { history: this.keeper.of(notes), untilStep };
  }

  node(port: bigint): FrameNode {
    const { frame } = this.now();
    const found = frame.nodes.find((node) => node.name === String(port));
    if (!found)
      throw new UnknownNodeError(
        String(port),
        frame.nodes.map((node) => node.name),
      );
    return found;
  }
}

/** A condition names a node the scene does not have. */
export class UnknownNodeError extends Error {
  readonly node: string;
  readonly nodes: readonly string[];
  constructor(node: string, nodes: readonly string[]) {
    super(`${node} is not a node of this scene: ${nodes.join(' ')}`);
    this.node = node;
    this.nodes = nodes;
  }
}

const reading = new Reading();

/** All names a condition may use; the validator suggests from these. */
export const ENVIRONMENT = makeEnvironment();

/** Makes a condition of a checked and parsed expression. */
export function conditionOf(text: string, parsed: ParseResult, type: string): Condition {
  return { text, type, read: (moment, answer) => reading.run(parsed, moment, answer) };
}

function makeEnvironment(): Environment {
  const env = new Environment({ limits: LIMITS })
    .registerType('Self', { ctor: SelfFact, fields: SelfFact.fields })
    .registerType('Row', { ctor: RowFact, fields: RowFact.fields })
    .registerType('Client', { ctor: ClientFact, fields: ClientFact.fields })
    .registerType('Reply', { ctor: ReplyFact, fields: ReplyFact.fields })
    .registerType('Packet', { ctor: PacketFact, fields: PacketFact.fields })
    .registerType('Event', { ctor: EventFact, fields: {} })
    .registerVariable('nodes', 'list<int>')
    .registerVariable('now', 'int')
    .registerVariable('answer', 'dyn')
    .registerConstant('any', 'int', 0n);
  registerBeliefs(env);
  registerHistory(env);
  for (const { signature, make } of EVENT_FUNCTIONS) {
    env.registerFunction(`${signature}: Event`, make as (...args: unknown[]) => EventFact);
  }
  return env;
}

function registerBeliefs(env: Environment): void {
  env
    .registerFunction('self(int): Self', (n: bigint) => new SelfFact(reading.node(n)))
    .registerFunction('sees(int, int): Row', (a: bigint, b: bigint) => rowOf(a, b))
    .registerFunction('owner(int, int): int', (slot: bigint, n: bigint) => ownerOf(slot, n))
    .registerFunction('slot(string): int', (key: string) => BigInt(keySlot(key)))
    .registerFunction('client(string): Client', (name: string) => clientOf(name))
    .registerFunction('replies(string): list<Reply>', (client: string) => repliesTo(client))
    .registerFunction('lost(int): int', (by: bigint) => lostBy(by))
    .registerFunction('packet(string, int, int): Packet', packetOf)
    .registerFunction('printed(int, list): int', printed)
    .registerFunction('did(string): bool', (text: string) => didMatch(reading.now().deeds, text))
    .registerFunction('times(string): int', (text: string) =>
      BigInt(deedsLike(reading.now().deeds, text).length),
    );
}

function registerHistory(env: Environment): void {
  env
    .registerFunction('seen(Event): bool', (e: EventFact) => find(e) !== undefined)
    .registerFunction('never(Event): bool', (e: EventFact) => find(e) === undefined)
    .registerFunction('count(Event): int', (e: EventFact) => BigInt(findAll(e).length))
    .registerFunction('count(Event, int): int', (e: EventFact, lastMs: bigint) =>
      BigInt(findAll(e).filter(({ atMs }) => atMs > momentMs() - Number(lastMs)).length),
    )
    .registerFunction('first(Event): int', (e: EventFact) => timeOf(find(e)))
    .registerFunction('last(Event): int', (e: EventFact) => timeOf(findAll(e).at(-1)))
    .registerFunction('before(Event, Event): bool', (a: EventFact, b: EventFact) => {
      const [one, other] = [find(a), find(b)];
      return one !== undefined && (other === undefined || one.step < other.step);
    });
}

function rowOf(at: bigint, about: bigint): RowFact {
  reading.node(about);
  const row = reading.node(at).view.rows.find((r) => r.name === String(about));
  return new RowFact(row, reading.now().frame.atMs);
}

function ownerOf(slot: bigint, at: bigint): bigint {
  const holdsIt = ({ slots }: { slots: SlotRanges }) => hasSlot(slots, Number(slot));
  return portOf(reading.node(at).view.rows.find(holdsIt)?.name ?? null);
}

function clientOf(name: string): ClientFact {
  return new ClientFact(reading.now().frame.clients.find((client) => client.name === name));
}

/** Writes that were acknowledged by a node and that the owner of their slot does not have. */
function lostBy(by: bigint): bigint {
  const { lost } = reading.now().frame.writes;
  return BigInt(lost.filter((write) => by === 0n || portOf(write.by) === by).length);
}

function repliesTo(client: string): ReplyFact[] {
  const { history, untilStep } = reading.history();
  const facts: ReplyFact[] = [];
  for (const note of history.of('reply')) {
    if (note.step > untilStep || note.event !== 'reply' || note.client !== client) continue;
    facts.push(new ReplyFact(note, note.command.split(' ')));
  }
  return facts.slice(-MOST_REPLIES);
}

/** Worked out from the world in which it was sent: for an answer, not for a check of each event. */
function packetOf(type: string, from: bigint, to: bigint): PacketFact {
  const note = findAll(message('sent', type, from, to)).at(-1);
  const sent = note && 'message' in note ? reading.now().messageOf?.(note.message) : null;
  return new PacketFact(sent ?? null);
}

function find(event: EventFact) {
  const { history, untilStep } = reading.history();
  return firstOf(history, event, untilStep);
}

function findAll(event: EventFact) {
  const { history, untilStep } = reading.history();
  return allOf(history, event, untilStep);
}

/** How many of these lines a node has written in a row. */
function printed(node: bigint, texts: readonly unknown[]): bigint {
  reading.node(node);
  const { history, untilStep } = reading.history();
  const log = history.of('log').filter(({ step }) => step <= untilStep);
  return BigInt(printedInARow(linesOf(log, String(node), reading.now().frame), texts.map(String)));
}

const momentMs = (): number => reading.now().frame.atMs;

function timeOf(note: { atMs: number } | undefined): bigint {
  return note ? BigInt(Math.round(note.atMs)) : NEVER_MS;
}

/** Whole numbers and nodes become int, as literals are. */
function celAnswer(answer: Answer | undefined): unknown {
  if (typeof answer === 'number') return Number.isInteger(answer) ? BigInt(answer) : answer;
  if (typeof answer === 'string' && /^\d+$/.test(answer)) return BigInt(answer);
  return answer ?? null;
}
