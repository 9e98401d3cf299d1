/**
 * One turn of redis-cli: from a reply (or a typed line, or the end of a pause) to the next thing it
 * waits for. What is still to do is an agenda of tasks, plain data, so that a run of the tool can
 * be kept, hashed and taken back like everything else.
 * A task that fails drops what lies before it on the agenda down to the nearest `rescue`, as a
 * chain of `return 0` does in the tool; without one the tool ends with exit code 1.
 * Source: redisCommand, sleep, read and exit as src/redis-cli.c uses them.
 */
import { OPERATOR } from '../protocol/ids';
import type { Reply } from '../protocol/reply';
import type { Mutable } from '../protocol/turn';
import {
  addressOf,
  type CliEffect,
  type CliEvent,
  type CliState,
  type ManagerNode,
  type NodeRef,
} from './cli-state';
import type { Task } from './task-list';
import type { CliFlag } from './options';

/** A line that grows (dots, hashes) is shown this often. */
const SHOW_EVERY_MS = 1_000;
/** A command line longer than this is cut in the middle for those who look on. */
const MOST_WORDS_SHOWN = 7;
/** What the network answers for a port where nobody listens, or no longer. */
const NO_CONNECTION = 'Could not connect to Redis at';

export class CliTurn {
  readonly nowMs: number;
  readonly state: Mutable<CliState>;
  readonly effects: CliEffect[] = [];
  readonly raised: CliEvent[] = [];
  /** Whether the reply at hand is the refusal of a connection; the tool has said so. */
  refused = false;

  constructor(state: CliState, nowMs: number) {
    this.state = { ...state };
    this.nowMs = nowMs;
  }

  /** Takes the next task off the agenda; null when nothing is left or the tool must wait. */
  next(): Task | null {
    const [task, ...rest] = this.state.agenda;
    if (!task || this.state.waiting || this.state.exitCode !== null) return null;
    this.state.agenda = rest;
    return task;
  }

  /** Puts tasks before everything else, in this order. */
  do(...tasks: readonly Task[]): void {
    this.state.agenda = [...tasks, ...this.state.agenda];
  }

  /** `task`, then `done`; where it fails `failed` instead. */
  attempt(task: Task, { done, failed }: { readonly done: Task; readonly failed: Task }): void {
    this.do(task, { do: 'rescue', done, failed });
  }

  /** Gives up up to the nearest rescue. `failure` is what the caller may print. */
  fail(failure: string | null = null): void {
    const at = this.state.agenda.findIndex((task) => task.do === 'rescue');
    const rescue = this.state.agenda[at];
    if (rescue?.do !== 'rescue') return this.exit(1);
    this.state.failure = failure;
    this.state.agenda = [rescue.failed, ...this.state.agenda.slice(at + 1)];
  }

  /** The end of the process. */
  exit(code: number): void {
    this.show(true);
    this.state.exitCode = code;
    this.state.agenda = [];
    this.state.waiting = null;
    const note = { event: 'cli.exit', run: this.state.run, code } as const;
    this.effects.push({ type: 'note', note });
    for (const node of this.connectedTo()) this.effects.push({ type: 'disconnect', node });
    this.raised.push({ type: 'EXITS', nowMs: this.nowMs });
  }

  /** Prints text as it is; lines are shown when they end. */
  print(text: string): void {
    const lines = (this.state.line + text).split('\n');
    this.state.line = lines.pop()!;
    for (const line of lines) this.note(line, true);
  }

  /** Prints a line. */
  say(line: string): void {
    this.print(`${line}\n`);
  }

  /** Sends a command to a node; its reply, or null without one, is `state.reply` of `then`. */
  send(ref: NodeRef, argv: readonly string[], then: Task): void {
    const node = this.node(ref);
    if (node.connection === 'broken') {
      this.state.reply = null;
      return this.do(then);
    }
    const command = this.state.nextCommand++;
    const text = argv.length > MOST_WORDS_SHOWN ? cutInTheMiddle(argv) : argv.join(' ');
    const { client } = this;
    const name = String(node.port);
    this.effects.push({ type: 'note', note: { event: 'command', client, node: name, text } });
    this.effects.push({ type: 'command', command, node: name, ip: node.ip, argv });
    this.state.waiting = { for: 'reply', command, node: ref, then };
    this.show(false);
  }

  /** Takes in the reply the tool waits for. */
  hear(reply: Reply): void {
    const { waiting } = this.state;
    if (waiting?.for !== 'reply') return;
    this.state.waiting = null;
    const { connection } = this.node(waiting.node);
    const failed = reply.type === 'error' && reply.text.startsWith(NO_CONNECTION);
    this.refused = failed && connection === 'none';
    if (failed && this.refused) this.say(reply.text);
    const after = failed ? (connection === 'none' ? 'none' : 'broken') : 'open';
    if (after !== connection) this.change(waiting.node, { connection: after });
    this.state.reply = failed ? null : reply;
    this.do(waiting.then);
  }

  /** The process behind a port died: its connections are broken, and a reply never comes. */
  hangUp(port: string): void {
    const { waiting } = this.state;
    const awaited = waiting?.for === 'reply' ? waiting.node : null;
    for (const [ref, node] of this.state.known.entries()) {
      const isConnected = node.connection === 'open' || ref === awaited;
      if (String(node.port) === port && isConnected) this.change(ref, { connection: 'broken' });
    }
    if (awaited === null || String(this.node(awaited).port) !== port) return;
    this.state.waiting = null;
    this.state.reply = null;
    this.do(waiting!.then);
  }

  sleep(forMs: number, then: Task): void {
    this.show(true);
    this.effects.push({ type: 'timer', afterMs: forMs });
    this.state.waiting = { for: 'time', then };
    this.raised.push({ type: 'SLEEPS', nowMs: this.nowMs });
  }

  /** Asks the person; what was typed ahead answers at once. */
  ask(question: string, then: Task): void {
    this.print(question);
    this.state.waiting = { for: 'answer', then };
    const [answer, ...rest] = this.state.answers;
    if (answer === undefined) {
      this.show(true);
      this.raised.push({ type: 'ASKS', nowMs: this.nowMs });
    } else {
      this.state.answers = rest;
      this.answer(answer);
    }
  }

  /** A line typed at the tool: the answer it waits for, or kept for its next question. */
  answer(text: string): void {
    const { waiting } = this.state;
    if (waiting?.for !== 'answer') {
      this.state.answers = [...this.state.answers, text];
      return;
    }
    this.state.waiting = null;
    this.say(text);
    this.state.answer = text;
    this.do(waiting.then);
  }

  node(ref: NodeRef): ManagerNode {
    return this.state.known[ref]!;
  }

  address(ref: NodeRef): string {
    return addressOf(this.node(ref));
  }

  change(ref: NodeRef, changes: Partial<ManagerNode>): void {
    this.state.known = this.state.known.with(ref, { ...this.node(ref), ...changes });
  }

  /** A node to talk to that is not (yet) one of the cluster's. */
  meet(node: ManagerNode): NodeRef {
    this.state.known = [...this.state.known, node];
    return this.state.known.length - 1;
  }

  /** The nodes of the cluster that are no replicas. */
  masters(): NodeRef[] {
    return this.state.nodes.filter((ref) => !this.node(ref).isReplica);
  }

  has(flag: CliFlag): boolean {
    return this.state.options.flags.includes(flag);
  }

  /** The error of the reply at hand, or null. */
  get error(): string | null {
    const { reply } = this.state;
    return reply?.type === 'error' ? reply.text : null;
  }

  /** The integer of the reply at hand, or null. */
  get integer(): number | null {
    const { reply } = this.state;
    return reply?.type === 'integer' ? reply.value : null;
  }

  /** The text of the reply at hand, or null. */
  get text(): string | null {
    const { reply } = this.state;
    return reply?.type === 'bulk' || reply?.type === 'status' ? reply.text : null;
  }

  /** Whether there was a reply and no error; an error is printed. */
  isFine(ref: NodeRef): boolean {
    if (this.error !== null) this.printError(ref, this.error);
    return this.state.reply !== null && this.error === null;
  }

  printError(ref: NodeRef, error: string): void {
    this.say(`Node ${this.address(ref)} replied with error:\n${error}`);
  }

  /** The name under which nodes see this run's connections. */
  get client(): string {
    return clientOfRun(this.state.run);
  }

  private connectedTo(): Set<string> {
    const open = this.state.known.filter(({ connection }) => connection === 'open');
    return new Set(open.map(({ port }) => String(port)));
  }

  /** Shows a line that has not ended, when it is time to. */
  private show(now: boolean): void {
    const { line, shownAtMs } = this.state;
    if (line === '' || (!now && this.nowMs < shownAtMs + SHOW_EVERY_MS)) return;
    this.note(line, false);
    this.state.line = '';
  }

  private note(text: string, ends: boolean): void {
    const note = { event: 'cli', run: this.state.run, text, ends } as const;
    this.effects.push({ type: 'note', note });
    this.state.shownAtMs = this.nowMs;
  }
}

/** The name of a run's connections: `redis-cli` for the first, then `redis-cli#2`. */
export const clientOfRun = (run: number): string => (run === 1 ? OPERATOR : `${OPERATOR}#${run}`);

function cutInTheMiddle(argv: readonly string[]): string {
  return `${argv.slice(0, 4).join(' ')} … ${argv.at(-1)}`;
}
