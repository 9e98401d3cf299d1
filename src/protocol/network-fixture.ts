/**
 * A network with a clock of its own, for tests: hosts 8901 to 8903, and what their sockets hear.
 * Source: none; it stands in for the kernel.
 */
import { quietBus, type BusEffect, type BusEvent, type BusState } from './bus-state';
import { busStepper, type BusSnapshot } from './bus.machine';
import type { NodeEvent } from './effects';
import { heartbeat } from './node-fixture';
import type { Note } from './notes';

type Clockless<T> = T extends unknown ? Omit<T, 'nowMs'> : never;

/** The network between three hosts, with a clock of its own: what is scheduled happens in order. */
export class Network {
  nowMs = 0;
  readonly delivered: { readonly to: string; readonly atMs: number; readonly event: NodeEvent }[] =
    [];
  readonly notes: Note[] = [];
  readonly replies: string[] = [];
  private snapshot: BusSnapshot;
  private seq = 0;
  private future: { atMs: number; seq: number; event: BusEvent }[] = [];

  constructor(latencyMs = { min: 10, max: 50 }) {
    this.snapshot = busStepper.start(quietBus(1, latencyMs, ['8901', '8902', '8903']));
  }

  get state(): BusState {
    return this.snapshot.context;
  }

  get mood(): unknown {
    return this.snapshot.value;
  }

  take(event: Clockless<BusEvent>): void {
    this.takeNow({ ...event, nowMs: this.nowMs });
  }

  private takeNow(event: BusEvent): void {
    const [snapshot, effects] = busStepper.step(this.snapshot, event);
    this.snapshot = snapshot;
    for (const effect of effects) this.carryOut(effect);
  }

  private carryOut(effect: BusEffect): void {
    if (effect.type === 'deliver') this.delivered.push({ ...effect, atMs: this.nowMs });
    if (effect.type === 'note') this.notes.push(effect.note);
    if (effect.type === 'schedule') this.add(effect.atMs, this.seq++, effect.event);
    if (effect.type === 'schedule-first') this.add(this.nowMs, this.seq++ - 1e6, effect.event);
    if (effect.type === 'schedule-reply') {
      this.replies.push(effect.reply.type === 'error' ? effect.reply.text : effect.reply.type);
    }
  }

  private add(atMs: number, seq: number, event: BusEvent): void {
    this.future = [...this.future, { atMs, seq, event }].sort(
      (a, b) => a.atMs - b.atMs || a.seq - b.seq,
    );
  }

  wait(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (let next = this.future[0]; next && next.atMs <= untilMs; next = this.future[0]) {
      this.future = this.future.slice(1);
      this.nowMs = next.atMs;
      this.takeNow(next.event);
    }
    this.nowMs = untilMs;
  }

  /** 8901 dials 8902, and the round trip passes. */
  connect(connection = '8901#1', acceptor = '8902'): void {
    this.take({ type: 'OPEN', connection, dialer: '8901', acceptor, channel: 'bus' });
    this.wait(1_000);
    this.delivered.length = 0;
  }

  /** Writes a PING marked with an epoch. */
  send(epoch: number, from = '8901', connection = '8901#1'): void {
    const message = heartbeat('PING', from, { currentEpoch: epoch });
    this.take({ type: 'SEND', connection, from, payload: { channel: 'bus', message } });
  }

  /** When the message marked with `epoch` is due. */
  arrivalMs(epoch: number): number {
    return this.future.find(({ event }) => epochIn(event) === epoch)!.atMs;
  }

  /** The epochs of the messages read so far, and what sockets said. */
  get read(): (number | string)[] {
    return this.delivered.map(({ event }) =>
      event.type === 'BUS_MESSAGE' ? event.message.currentEpoch : event.type,
    );
  }
}

function epochIn(event: BusEvent): number | null {
  if (event.type !== 'ARRIVE' || event.arrival.type !== 'envelope') return null;
  const { payload } = event.arrival.envelope;
  return payload.channel === 'bus' ? payload.message.currentEpoch : null;
}
