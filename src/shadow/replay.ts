/** One real node's part of a recording, lived through by one of our machines. */
import type { NodeId } from '../protocol/ids';
import {
  captureNode,
  type Capture,
  type CaptureFrame,
  type CaptureNode,
  type Deed,
} from './capture';
import { adoptElectionDelay } from './election-delay';
import { virtualMs } from './capture-time';
import { answerBeforeGossip } from './first-reports';
import { giveReplication } from './given-replication';
import { inputsOf, type Input } from './inputs';
import { judgePings } from './judge-pings';
import { learntFrom, type Guess, type Learnt } from './guess';
import { ShadowNode } from './shadow-node';
import { startState } from './start-state';
import { Tally } from './tally';
import { judgeLots, type Lot } from './lots';
import { adoptUnseenLots } from './unseen-lots';
import { Wires } from './wires';

export interface Replayed {
  readonly shadow: ShadowNode;
  readonly tally: Tally;
  /** Commands that were inferred. */
  readonly assumed: readonly Deed[];
  /** PINGs that cannot have been seen. */
  readonly unseen: readonly { readonly atMs: number; readonly id: NodeId }[];
  readonly guess: Guess;
  /** What the replay has shown about the beginning. */
  readonly learnt: Learnt;
}

/** Runs our machine through everything that happened to `node`. */
export function replay(capture: Capture, node: CaptureNode, guess: Guess): Replayed {
  const run = new Replay(capture, node, guess);
  const inputs = inputsOf(capture, node, guess.reading);
  for (const input of inputs) run.take(input);
  run.settle();
  const assumed = inputs.flatMap((input) =>
    input.type === 'deed' && input.deed.inferredFrom !== undefined ? [input.deed] : [],
  );
  const { shadow, tally, unseen, learnt } = run;
  return { shadow, tally, assumed, unseen, guess, learnt };
}

/** What redis-server logs of its lot, at debug. */
const LOT = 'Pinging node ';

class Replay {
  readonly tally = new Tally();
  readonly shadow: ShadowNode;
  readonly learnt: Learnt;
  private readonly capture: Capture;
  private readonly node: CaptureNode;
  /** What came while the process was stopped waits in its sockets. */
  private unread: Input[] = [];
  /** Woken, and its event loop has not turned yet. */
  private asleep = false;
  readonly unseen: { readonly atMs: number; readonly id: NodeId }[] = [];
  private ticks = 0;
  private readonly lots: Lot[] = [];
  private readonly wires: Wires;

  constructor(capture: Capture, node: CaptureNode, guess: Guess) {
    this.capture = capture;
    this.node = node;
    this.learnt = learntFrom(guess);
    this.shadow = new ShadowNode(capture, node, startState(capture, node, guess));
    this.wires = new Wires(capture, this.shadow, this.tally);
    giveReplication(capture, this.shadow, 0);
  }

  take(input: Input): void {
    const { shadow } = this;
    if (input.type === 'deed') return this.undergo(input.deed);
    if (!shadow.running || this.asleep) {
      if (shadow.process === 'killed') return;
      if (input.type !== 'tick') this.unread.push(input);
      else if (shadow.running) this.wake(input);
      return;
    }
    const heardBefore = shadow.logged.length;
    switch (input.type) {
      case 'link':
        this.wires.take({ ...input.link, atMs: input.atMs });
        break;
      case 'refused':
        this.wires.refused(input.atMs, input.busPort);
        break;
      case 'heard':
        this.hear(input.atMs, input.frame);
        break;
      case 'said':
        this.adoptOffset(input.frame);
        break;
      case 'tick':
        this.tick(input);
        break;
    }
    adoptElectionDelay(this.capture, shadow, heardBefore);
  }

  /** The first tick, then all that came meanwhile: socket by socket, in the order they filled. */
  private wake(tick: Input & { type: 'tick' }): void {
    const { atMs } = tick;
    this.asleep = false;
    this.take(tick);
    const sockets = new Map<number, Input[]>();
    for (const input of this.unread) {
      const socket = socketOf(input);
      sockets.set(socket, [...(sockets.get(socket) ?? []), input]);
    }
    this.unread = [];
    for (const input of [...sockets.values()].flat()) this.take({ ...input, atMs });
  }

  private undergo(deed: Deed): void {
    const { shadow } = this;
    const { atMs } = deed;
    switch (deed.type) {
      case 'command':
        return this.obey(atMs, deed.argv);
      case 'kill':
        shadow.step(atMs, { type: 'PROCESS_KILLED' });
        return;
      case 'start':
        shadow.connections.clear();
        shadow.step(atMs, { type: 'PROCESS_STARTED' });
        return;
      case 'stop':
        shadow.step(atMs, { type: 'PROCESS_FROZEN' });
        return;
      case 'continue': {
        shadow.step(atMs, { type: 'PROCESS_WOKEN' });
        // Woken from epoll_wait by the signal, the event loop looks at its timers first.
        this.asleep = true;
      }
    }
  }

  /** The real node did as it was told: so must ours. */
  private obey(atMs: number, argv: readonly string[]): void {
    const { shadow } = this;
    const answered = shadow.replies.length;
    shadow.step(atMs, {
      ...{ type: 'CLIENT_COMMAND', client: 'operator', command: 1, argv, asking: false },
    });
    const refusal = shadow.replies.slice(answered).find((reply) => reply.type === 'error');
    const kind = 'command obeyed';
    if (refusal?.type !== 'error') return this.tally.agree(kind);
    this.tally.disagree({
      ...{ kind, atMs, node: this.node.number, explanation: null },
      ...{ ours: refusal.text, real: argv.join(' ').slice(0, 80) },
    });
  }

  private tick({ atMs, tick, life }: Input & { type: 'tick' }): void {
    const { shadow, capture } = this;
    giveReplication(capture, shadow, atMs);
    const before = shadow.state;
    const logged = shadow.logged.length;
    const said = shadow.step(atMs, { type: 'CRON' });
    const line = shadow.logged.slice(logged).find(({ text }) => text.startsWith(LOT));
    const drawn = line ? (line.text.slice(LOT.length) as NodeId) : null;
    const lots = judgePings({
      ...{ capture, shadow, tally: this.tally, learnt: this.learnt },
      ...{ tick, before, said, drawn },
    });
    for (const frame of lots) {
      const { id } = captureNode(capture, frame.to);
      const answerMs = answerBeforeGossip(capture, shadow, before, id, atMs);
      const halfMs = capture.nodeTimeoutMs / 2;
      const mayBeDue = answerMs !== null && virtualMs(capture, atMs) - answerMs > halfMs;
      this.lots.push({ life, tick: this.ticks, frame, mayBeDue });
    }
    for (const id of adoptUnseenLots(capture, shadow, atMs)) this.unseen.push({ atMs, id });
    this.ticks++;
    this.wires.refuse(atMs);
  }

  settle(): void {
    for (const frame of judgeLots(this.lots, this.node.number, this.tally)) {
      this.learnt.reported.add(captureNode(this.capture, frame.to).id);
    }
  }

  private hear(atMs: number, frame: CaptureFrame): void {
    const connection = this.wires.nameOf(frame.connection, frame, atMs);
    if (connection === null) return;
    this.shadow.step(atMs, { type: 'BUS_MESSAGE', connection, message: frame.message });
  }

  private adoptOffset({ atMs, message, connection }: CaptureFrame): void {
    const { shadow } = this;
    const { replication } = shadow.state;
    const { offsetBytes } = message;
    this.wires.nameOf(
      connection,
      this.capture.frames.find((one) => one.connection === connection)!,
      atMs,
    );
    if (replication.offsetBytes === offsetBytes) return;
    shadow.adopt(atMs, { replication: { ...replication, offsetBytes } });
  }
}

function socketOf(input: Input): number {
  if (input.type === 'link') return input.link.connection;
  return input.type === 'heard' || input.type === 'said' ? input.frame.connection : 0;
}
