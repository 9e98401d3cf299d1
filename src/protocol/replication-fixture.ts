/**
 * A few nodes that replicate from each other without a network in between, for tests: what one says
 * reaches the other at once, and a link can be broken.
 * Source: none; it stands in for the kernel.
 */
import type { ClusterState } from './cluster-state';
import type { ConnectionId, NodeEffect, ReplicationMessage } from './effects';
import { NOW_MS, notesIn, settledNode } from './node-fixture';
import type { Note } from './notes';
import { processReplication, replicationClosed, replicationConnected } from './replication';
import { NO_REPLICATION } from './replication-state';
import { Turn } from './turn';

/** As redis-server marks its lines. */
const LEVELS = { debug: '.', verbose: '-', notice: '*', warning: '#' } as const;

/** The replication messages among some effects. */
export const repliedIn = (effects: readonly NodeEffect[]): ReplicationMessage[] =>
  effects.flatMap((effect) =>
    effect.type === 'send' && effect.payload.channel === 'replication'
      ? [effect.payload.message]
      : [],
  );

export class ReplicationNetwork {
  nowMs = NOW_MS;
  readonly states = new Map<string, ClusterState>();
  private readonly logs = new Map<string, string[]>();
  readonly notes: Note[] = [];
  private readonly links = new Map<ConnectionId, { dialer: string; acceptor: string }>();
  private readonly pending: (() => void)[] = [];
  private readonly dead = new Set<string>();

  /** Nodes with a history of their own, and no master; a full copy waits for nobody. */
  constructor(...names: string[]) {
    for (const name of names) {
      const state = settledNode(name);
      const id = name[3]!.repeat(40);
      this.states.set(name, {
        ...state,
        config: { ...state.config, replDisklessSyncDelayMs: 0 },
        replication: { ...NO_REPLICATION, id },
      });
    }
  }

  state(name: string): ClusterState {
    return this.states.get(name)!;
  }

  configure(name: string, change: Partial<ClusterState['config']>): void {
    const state = this.state(name);
    this.states.set(name, { ...state, config: { ...state.config, ...change } });
  }

  /** One turn of a node, and everything that follows from it. */
  turn(name: string, act: (turn: Turn) => void): void {
    const turn = new Turn(this.state(name), this.nowMs);
    act(turn);
    this.states.set(name, turn.state);
    for (const { level, text } of notesIn(turn, 'log')) {
      this.logOf(name).push(`${LEVELS[level]} ${text}`);
    }
    for (const effect of turn.effects) this.carryOut(name, effect);
    for (let next = this.pending.shift(); next; next = this.pending.shift()) next();
  }

  private carryOut(name: string, effect: NodeEffect): void {
    if (effect.type === 'note') this.notes.push(effect.note);
    if (effect.type === 'connect') this.dial(name, effect.connection, String(effect.port));
    if (effect.type === 'close') this.pending.push(() => this.hangUp(effect.connection, name));
    if (effect.type === 'send' && effect.payload.channel === 'replication') {
      const { connection, payload } = effect;
      this.pending.push(() => this.deliver(name, connection, payload.message));
    }
  }

  private dial(dialer: string, connection: ConnectionId, acceptor: string): void {
    if (this.dead.has(acceptor)) {
      this.pending.push(() =>
        this.turn(dialer, (turn) => replicationClosed(turn, connection, true)),
      );
      return;
    }
    this.links.set(connection, { dialer, acceptor });
    this.pending.push(() => this.turn(dialer, (turn) => replicationConnected(turn)));
  }

  private deliver(from: string, connection: ConnectionId, message: ReplicationMessage): void {
    const link = this.links.get(connection);
    if (!link) return;
    const to = link.dialer === from ? link.acceptor : link.dialer;
    this.turn(to, (turn) => processReplication(turn, connection, message));
  }

  private hangUp(connection: ConnectionId, by: string): void {
    const link = this.links.get(connection);
    this.links.delete(connection);
    if (!link) return;
    const other = link.dialer === by ? link.acceptor : link.dialer;
    if (this.dead.has(other)) return;
    this.turn(other, (turn) => replicationClosed(turn, connection, false));
  }

  /** Breaks a node's link to its master at both ends; the replica notices last. */
  breakLink(replica: string): void {
    const connection = this.state(replica).replication.connection!;
    const { acceptor } = this.links.get(connection)!;
    this.links.delete(connection);
    this.turn(acceptor, (turn) => replicationClosed(turn, connection, false));
    this.turn(replica, (turn) => replicationClosed(turn, connection, false));
  }

  /** A process dies: the others see its connections close, and dial in vain. */
  kill(name: string): void {
    this.dead.add(name);
    for (const [connection, { dialer, acceptor }] of [...this.links]) {
      if (dialer === name || acceptor === name) this.hangUp(connection, name);
    }
  }

  revive(name: string): void {
    this.dead.delete(name);
  }

  /** The lines since the last look, each behind the mark of its level. */
  log(name: string): string[] {
    return this.logOf(name).splice(0);
  }

  private logOf(name: string): string[] {
    if (!this.logs.has(name)) this.logs.set(name, []);
    return this.logs.get(name)!;
  }
}
