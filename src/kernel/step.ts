/**
 * One step: the earliest event happens, machines answer, and their effects become future events.
 */
import type { BusEffect, BusEvent, Envelope } from '../protocol/bus-state';
import { busStepper } from '../protocol/bus.machine';
import { newClient, type ClientEffect, type ClientEvent } from '../protocol/client-state';
import { clientStepper } from '../protocol/client.machine';
import type { NodeEffect, NodeEvent } from '../protocol/effects';
import type { NodeName } from '../protocol/ids';
import { nodeStepper, processOf } from '../protocol/node.machine';
import type { Move } from '../protocol/machine-step';
import type { Note } from '../protocol/notes';
import { cronPhaseMs } from '../protocol/time/tick-times';
import { NOTHING, followedBy, joined } from '../protocol/short-lists';
import type { Mutable } from '../protocol/turn';
import type { CliEffect, CliEvent } from '../redis-cli/cli-state';
import { cliStepper } from '../redis-cli/redis-cli.machine';
import { observeWrites } from './acknowledged-writes';
import { clientEvent, handPing, replyToCome, timerToCome } from './client-event';
import { noAnswer } from './dial';
import { observeElections } from './elections';
import type { Input } from './inputs';
import { linkEvent } from './link-event';
import { addProcess } from './new-process';
import { newestRun, runToAnswer, runningOf, withNodeIds, withRun } from './operators';
import { busEnvelopeOf, socketEvent } from './socket-event';
import type { Actor, ActorMove, StepRecord } from './step-record';
import {
  QUIET_TICKS,
  atEvent,
  isCurrent,
  passedTicks,
  planTick,
  upcoming,
  type MayPass,
} from './upcoming';
import {
  scheduleFirstInto,
  scheduleInto,
  type Happening,
  type ScheduledEvent,
  type World,
} from './world';

export type { StepRecord } from './step-record';

/**
 * The next event of a world, or null when nothing will ever happen again. Ticks in which nothing
 * can happen are no events, unless `mayPass` says otherwise.
 */
export function nextEvent(world: World, mayPass: MayPass = QUIET_TICKS): ScheduledEvent | null {
  return upcoming(world, mayPass).event;
}

/** The world after its next event, and what happened; null when there is none. Pure. */
export function step(world: World, mayPass: MayPass = QUIET_TICKS): [World, StepRecord] | null {
  const next = upcoming(world, mayPass);
  const { event } = next;
  if (!event) return null;
  const run = new Step(atEvent(world, event, next));
  run.happen(event.what);
  return run.result(event);
}

class Step {
  /** This step's own: no world that anyone has seen is written to. */
  private readonly world: Mutable<World>;
  private notes: readonly Note[] = NOTHING;
  private sent: readonly Envelope[] = NOTHING;
  private moves: readonly ActorMove[] = NOTHING;
  /** Of the statechart that takes an event now. */
  private readonly ownMoves: Move[] = [];

  constructor(world: Mutable<World>) {
    this.world = world;
  }

  result(event: ScheduledEvent): [World, StepRecord] {
    const { notes: heard, sent, moves } = this;
    const { atMs, what } = event;
    this.world.elections = observeElections(this.world, heard);
    const { writes, losses } = observeWrites(this.world, what, heard);
    this.world.writes = writes;
    const notes = joined(heard, losses);
    return [this.world, { step: this.world.steps, atMs, cause: what, notes, sent, moves }];
  }

  happen(what: Happening): void {
    switch (what.target) {
      case 'node':
        return this.toNode(what.node, what.event);
      case 'cron':
        return this.tick(what);
      case 'bus':
        return this.toBus(what.event);
      case 'client':
        return this.toClient(what.client, what.event);
      case 'operator':
        return this.toOperator(what.client, what.event);
      case 'input':
        return this.take(what.input);
    }
  }

  private note(note: Note): void {
    this.notes = followedBy(this.notes, note);
  }

  /** Whose statechart has just gone from one state to another, if it has. */
  private noteMoves(kind: Actor['kind'], name = ''): void {
    if (this.ownMoves.length === 0) return;
    const actor: Actor = kind === 'bus' ? { kind } : { kind, name };
    const moves = this.ownMoves.splice(0).map((move) => ({ actor, ...move }));
    this.moves = joined(this.moves, moves);
  }

  private schedule(atMs: number, what: Happening): void {
    scheduleInto(this.world, atMs, what);
  }

  private tick({ node, run, passed = 0 }: Extract<Happening, { target: 'cron' }>): void {
    if (!isCurrent(this.world, { node, run })) return;
    const { nowMs } = this.world;
    this.toNode(node, { type: 'CRON', nowMs, passedTicks: passed });
    planTick(this.world, { node, run });
  }

  private toNode(name: NodeName, event: NodeEvent): void {
    const before = this.world.nodes.get(name)!;
    const [snapshot, effects] = nodeStepper.step(before, event, this.ownMoves);
    this.noteMoves('node', name);
    this.world.nodes = this.world.nodes.set(name, snapshot);
    for (const effect of effects) this.carryOut(name, effect);
  }

  private carryOut(name: NodeName, effect: NodeEffect): void {
    if (effect.type === 'note') return this.note(effect.note);
    const { nowMs, bus } = this.world;
    this.toBus(socketEvent(name, effect, { nowMs, network: bus.context.network }));
    // Overdue: the tick comes as soon as the sockets are read.
    const isLate = effect.type === 'resume' && effect.tickIsOverdue;
    if (isLate) this.schedule(nowMs, this.nextTick(name));
  }

  private toBus(event: BusEvent): void {
    const [snapshot, effects] = busStepper.step(this.world.bus, event, this.ownMoves);
    this.noteMoves('bus');
    this.world.bus = snapshot;
    for (const effect of effects) this.carryOutForBus(effect);
  }

  private carryOutForBus(effect: BusEffect): void {
    const { nowMs } = this.world;
    switch (effect.type) {
      case 'deliver':
        return this.toNode(effect.to, effect.event);
      case 'schedule':
        this.remember(effect.event);
        return this.schedule(effect.atMs, { target: 'bus', event: effect.event });
      case 'schedule-first':
        return scheduleFirstInto(this.world, { target: 'bus', event: effect.event });
      case 'schedule-reply':
        return this.schedule(effect.atMs, replyToCome(effect, nowMs));
      case 'note':
        this.note(effect.note);
    }
  }

  private remember(event: BusEvent): void {
    const envelope = busEnvelopeOf(event);
    if (envelope) this.sent = followedBy(this.sent, envelope);
  }

  private toClient(name: string, event: ClientEvent): void {
    const { clients } = this.world;
    const known = Object.hasOwn(clients, name) ? clients[name] : undefined;
    const firstNode = this.world.names[0]!;
    const before = known ?? clientStepper.start(newClient(name, firstNode));
    const [snapshot, effects] = clientStepper.step(before, event, this.ownMoves);
    this.noteMoves('client', name);
    this.world.clients = { ...this.world.clients, [name]: snapshot };
    for (const effect of effects) this.carryOutForClient(name, effect);
  }

  private toOperator(client: string | null, event: CliEvent): void {
    const before = client === null ? undefined : this.world.operators[client];
    if (client === null || !before) return;
    const [snapshot, effects] = cliStepper.step(before, event);
    this.world.operators = { ...this.world.operators, [client]: snapshot };
    for (const effect of effects) this.carryOutForClient(client, effect);
  }

  private runOperator({ argv, answers }: Extract<Input, { type: 'redis-cli' }>): void {
    const [words, typed] = [withNodeIds(this.world, argv), withNodeIds(this.world, answers)];
    const start = { seed: this.world.scene.seed, argv: words, answers: typed };
    const { operators, client } = withRun(this.world.operators, start);
    this.world.operators = operators;
    this.toOperator(client, { type: 'START', nowMs: this.world.nowMs });
  }

  private carryOutForClient(client: string, effect: ClientEffect | CliEffect): void {
    const { nowMs } = this.world;
    if (effect.type === 'note') {
      this.note(effect.note);
    } else if (effect.type === 'disconnect') {
      this.toBus({ type: 'CLIENT_CLOSE', nowMs, client, node: effect.node });
    } else if (effect.type === 'timer') {
      const atMs = nowMs + effect.afterMs;
      this.schedule(atMs, timerToCome(client, atMs));
    } else {
      const { command: id, node, argv } = effect;
      const failed = noAnswer(this.world, client, effect);
      if (failed) this.schedule(failed.atMs, replyToCome(failed, nowMs));
      else this.toBus({ type: 'CLIENT_SEND', nowMs, command: { id, client, node, argv } });
    }
  }

  /** An input from outside. One that makes no sense now (waking what is awake) does nothing. */
  private take(input: Input): void {
    const { nowMs } = this.world;
    switch (input.type) {
      case 'freeze':
      case 'wake':
      case 'kill':
      case 'restart':
        return this.changeProcess(input.type, input.node);
      case 'start':
        return this.startProcess(input.node);
      case 'ping':
        if (this.world.nodes.has(input.node)) this.toNode(input.node, handPing(input.to, nowMs));
        return;
      case 'command':
      case 'write':
        return this.toClient(input.client, clientEvent(input, this.world));
      case 'redis-cli':
        return this.runOperator(input);
      case 'answer': {
        const [text = ''] = withNodeIds(this.world, [input.text]);
        return this.toOperator(runToAnswer(this.world), { type: 'ANSWER', nowMs, text });
      }
      case 'interrupt':
        return this.toOperator(newestRun(this.world), { type: 'INTERRUPT', nowMs });
      default: {
        const event = linkEvent(input, this.world);
        if (event) this.toBus(event);
      }
    }
  }

  private startProcess(node: NodeName): void {
    if (this.world.nodes.has(node)) return;
    const { nowMs } = this.world;
    addProcess(this.world, node);
    this.toBus({ type: 'HOST', nowMs, node, process: 'running' });
    this.note({ event: 'process', node, process: 'running' });
    const atMs = nowMs + cronPhaseMs(this.world.scene.seed, Number(node));
    this.schedule(atMs, { target: 'cron', node, run: 0 });
  }

  private changeProcess(change: 'freeze' | 'wake' | 'kill' | 'restart', node: NodeName): void {
    const snapshot = this.world.nodes.get(node);
    if (!snapshot) return;
    const process = processOf(snapshot);
    if (change === 'freeze' && process === 'running') this.enter(node, 'frozen', 'PROCESS_FROZEN');
    if (change === 'wake' && process === 'frozen') {
      // SIGCONT ends the wait for sockets with EINTR: the overdue tick comes before they are read.
      scheduleFirstInto(this.world, this.nextTick(node));
      this.enter(node, 'running', 'PROCESS_WOKEN');
    }
    if (change === 'kill' && process !== 'killed') this.enter(node, 'killed', 'PROCESS_KILLED');
    if (change === 'restart') {
      if (process !== 'killed') this.enter(node, 'killed', 'PROCESS_KILLED');
      this.enter(node, 'running', 'PROCESS_STARTED');
      const afterMs = cronPhaseMs(this.world.scene.seed, Number(node));
      this.schedule(this.world.nowMs + afterMs, this.nextTick(node));
    }
  }

  private enter(
    node: NodeName,
    process: 'running' | 'frozen' | 'killed',
    type: 'PROCESS_FROZEN' | 'PROCESS_WOKEN' | 'PROCESS_KILLED' | 'PROCESS_STARTED',
  ): void {
    const { nowMs } = this.world;
    this.world.processSinceMs = { ...this.world.processSinceMs, [node]: nowMs };
    this.toBus({ type: 'HOST', nowMs, node, process });
    this.toNode(node, { type, nowMs, passedTicks: passedTicks(this.world, node) });
    if (process !== 'killed') return;
    // Its connections end: a reply that redis-cli waits for will never come.
    for (const client of runningOf(this.world)) {
      this.toOperator(client, { type: 'CLOSED', nowMs, node });
    }
  }

  private nextTick(node: NodeName): Happening {
    const run = this.world.cronRuns[node]! + 1;
    this.world.cronRuns = { ...this.world.cronRuns, [node]: run };
    return { target: 'cron', node, run };
  }
}
