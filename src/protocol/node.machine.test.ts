import { describe, expect, test } from 'vitest';
import type { ClusterState } from './cluster-state';
import type { NodeEffect, NodeEvent } from './effects';
import { FAIL, MASTER, REPLICA } from './flags';
import {
  NOW_MS,
  T_MS,
  callOf,
  connectionOf,
  entryOf,
  flagged,
  headerFrom,
  heartbeat,
  idOf,
  logIn,
  sentIn,
  settledNode,
  withEntry,
} from './fixtures/node-fixture';
import { nodeStepper, type NodeSnapshot } from './node.machine';
import { printReply } from './reply';

/** One process, and what it does with the events it is given. */
class Process {
  snapshot: NodeSnapshot;
  effects: NodeEffect[] = [];

  constructor(state: ClusterState) {
    this.snapshot = nodeStepper.start(state);
    // A process starts as master and finds its role before its first sleep.
    this.take({ type: 'BEFORE_SLEEP', nowMs: NOW_MS });
  }

  take(event: NodeEvent): this {
    const [snapshot, effects] = nodeStepper.step(this.snapshot, event);
    this.snapshot = snapshot;
    this.effects = [...effects];
    return this;
  }

  tick = (nowMs = NOW_MS): this => this.take({ type: 'CRON', nowMs });

  client = (text: string, nowMs = NOW_MS): this =>
    this.take({ ...callOf(text), type: 'CLIENT_COMMAND', nowMs });

  hear = (from: string, message: object, nowMs = NOW_MS): this => {
    const dialled = this.state.name === '8904' ? ['8904', from] : [from, this.state.name];
    const connection = connectionOf(dialled[0]!, dialled[1]!);
    return this.take({
      type: 'BUS_MESSAGE',
      nowMs,
      connection,
      message: { ...headerFrom(from), ...message } as never,
    });
  };

  get state(): ClusterState {
    return this.snapshot.context;
  }

  /** Where the chart stands, as in `master.paused`. */
  get place(): string {
    const path = (value: unknown): string =>
      typeof value === 'string'
        ? value
        : Object.entries(value as object)
            .map(([name, rest]) => `${name}.${path(rest)}`)
            .join();
    return path(this.snapshot.value).replace(/^running\./, '');
  }

  get log(): string[] {
    return logIn(this);
  }

  get sent(): string[] {
    return sentIn(this).map(({ message }) => message.type);
  }

  get replies(): string[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'reply' ? [printReply(effect.reply)] : [],
    );
  }
}

const quiet = { cronIteration: 502 };
const replica = (): Process => new Process({ ...settledNode('8904'), ...quiet });
const master = (): Process => new Process({ ...settledNode('8901'), ...quiet });
const paused = (offsetBytes: number): object => ({
  ...heartbeat('PING', '8901', { paused: true, offsetBytes }),
});

describe('a replica in a manual failover', () => {
  test('asks, hears where its master stopped, and stands at once', () => {
    const node = replica();
    expect(node.place).toBe('replica.following');
    expect(node.client('CLUSTER FAILOVER').place).toBe('replica.asking');
    expect(node.replies).toEqual(['OK']);
    node.hear('8901', paused(100));
    expect(node.place).toBe('replica.collecting');
    expect(node.log).toEqual([
      'Received replication offset for paused master manual failover: 100',
      'All master replication stream processed, manual failover can start.',
      'Start of election delayed for 0 milliseconds (rank #0, offset 100).',
      'Starting a failover election for epoch 7.',
    ]);
    expect(node.sent).toEqual(['PONG', ...Array<string>(5).fill('FAILOVER_AUTH_REQUEST')]);
  });

  test('with bytes to read it catches up first, and stands when the last one has come', () => {
    const node = replica();
    node.client('CLUSTER FAILOVER').hear('8901', paused(129));
    expect(node.place).toBe('replica.catchingUp');
    expect(node.tick(NOW_MS + 50).place).toBe('replica.catchingUp');
    node.take({
      type: 'REPLICATION_MESSAGE',
      nowMs: NOW_MS + 60,
      connection: '8904#r',
      message: { type: 'STREAM', commands: [['SET', 'bar', '1']] },
    });
    expect(node.place).toBe('replica.collecting');
    expect(node.log[0]).toContain('All master replication stream processed');
  });

  test('one vote: not enough, and it says so; two, the old master’s among them: master', () => {
    const node = replica().client('CLUSTER FAILOVER').hear('8901', paused(100));
    const vote = { type: 'FAILOVER_AUTH_ACK', currentEpoch: 7 };
    expect(node.hear('8902', vote).place).toBe('replica.collecting');
    expect(node.log).toEqual([
      'Currently unable to failover: Waiting for votes, but majority still not reached.',
    ]);
    expect(node.hear('8901', vote).place).toBe('master.serving');
    expect(entryOf(node.state, '8904').flags & MASTER).toBe(MASTER);
    // The third vote comes to a master: no reason is left why it could not fail over.
    expect(node.hear('8903', vote).place).toBe('master.serving');
    expect(node.state.failover.cantReason).toBe('none');
    expect(node.effects).toEqual([]);
  });

  test('nobody answers: after five seconds it follows again', () => {
    const node = replica().client('CLUSTER FAILOVER');
    expect(node.tick(NOW_MS + 5_000).place).toBe('replica.asking');
    expect(node.tick(NOW_MS + 5_001).place).toBe('replica.following');
    expect(node.log).toContain('Manual failover timed out.');
  });

  test('FORCE stands in the next tick, from schedule to request in one turn', () => {
    const node = replica().client('CLUSTER FAILOVER FORCE');
    expect(node.place).toBe('replica.following');
    expect(node.tick(NOW_MS + 30).place).toBe('replica.collecting');
    expect(node.log).toEqual([
      'Start of election delayed for 0 milliseconds (rank #0, offset 100).',
      'Starting a failover election for epoch 7.',
    ]);
  });

  test('TAKEOVER is over at once', () => {
    const node = replica().client('CLUSTER FAILOVER TAKEOVER');
    expect(node.place).toBe('master.serving');
    expect(node.replies).toEqual(['OK']);
  });

  test('TAKEOVER while it asks its master: a master all the same', () => {
    const node = replica().client('CLUSTER FAILOVER').client('CLUSTER FAILOVER TAKEOVER');
    expect(node.place).toBe('master.serving');
  });

  test('its master fails meanwhile: an automatic election, but at once', () => {
    const asked = replica().client('CLUSTER FAILOVER').state;
    const failed = withEntry(flagged(asked, '8901', FAIL), '8901', { failMs: NOW_MS });
    const node = new Process(failed);
    expect(node.place).toBe('replica.following');
    expect(node.tick(NOW_MS + 1).place).toBe('replica.collecting');
  });
});

describe('a replica whose election has expired unsent', () => {
  /** It slept through its hour; its master failed long ago. */
  const late = (): Process => {
    const failed = flagged({ ...settledNode('8904'), ...quiet }, '8901', FAIL);
    const failover = { ...failed.failover, authTimeMs: NOW_MS - 2 * T_MS - 500 };
    return new Process(withEntry({ ...failed, failover }, '8901', { failMs: 1 }));
  };

  test('waits for the next try', () => {
    expect(late().tick().place).toBe('replica.expired');
  });

  test('a sibling turns out to have more data: its hour moves, and so it asks after all', () => {
    const node = late();
    const sibling = { masterId: idOf('8901'), offsetBytes: 900, flags: REPLICA };
    node.snapshot = { ...node.snapshot, context: withEntry(node.state, '8905', sibling) };
    expect(node.tick(NOW_MS + 1).place).toBe('replica.expired');
    expect(node.log[0]).toBe('Replica rank updated to #1, added 1000 milliseconds of delay.');
    expect(node.tick(NOW_MS + 101).place).toBe('replica.collecting');
  });
});

describe('a master asked to hand over', () => {
  const asked = (): Process => master().hear('8904', { type: 'MFSTART' });
  const newOwner = (): object =>
    heartbeat('PONG', '8904', {
      masterId: null,
      flags: MASTER,
      configEpoch: 7,
      currentEpoch: 7,
      slots: [[0, 5460]],
    });

  test('pauses: writes wait, reads do not', () => {
    const node = asked();
    expect(node.place).toBe('master.paused');
    expect(node.sent).toEqual(['PING']);
    expect(node.client('SET bar 1').replies).toEqual([]);
    expect(
      node.take({ ...callOf('GET bar'), client: 'c2', type: 'CLIENT_COMMAND', nowMs: NOW_MS })
        .replies,
    ).toEqual(['(nil)']);
  });

  test('gives up after five seconds, and does what waited', () => {
    const node = asked().client('SET bar 1').client('GET bar');
    expect(node.tick(NOW_MS + 5_000).place).toBe('master.paused');
    node.tick(NOW_MS + 5_001);
    expect(node.place).toBe('master.serving');
    expect(node.log).toEqual(['Manual failover timed out.']);
    expect(node.replies).toEqual(['OK', '"1"']);
  });

  test('hears of its successor: a replica that answers MOVED to whoever waited', () => {
    const node = asked().client('SET bar 1');
    node.hear('8904', newOwner());
    expect(node.place).toBe('replica.following');
    expect(node.replies).toEqual(['(error) MOVED 5061 127.0.0.1:8904']);
    expect(node.state.pausedUntilMs).toBe(0);
  });

  test('sleeps through it all: awake, it ends the pause in its first tick', () => {
    const node = asked().client('SET bar 1');
    node.take({ type: 'PROCESS_FROZEN', nowMs: NOW_MS + 100 });
    node.take({ type: 'PROCESS_WOKEN', nowMs: NOW_MS + 60_000 });
    expect(node.place).toBe('master.paused');
    expect(node.tick(NOW_MS + 60_001).place).toBe('master.serving');
    expect(node.replies).toEqual(['OK']);
  });

  test('dies: whoever waited hears that nobody listens any more', () => {
    const node = asked().client('SET bar 1');
    node.take({ type: 'PROCESS_KILLED', nowMs: NOW_MS + 100 });
    expect(node.replies[0]).toContain('Could not connect to Redis at 127.0.0.1:8901');
    node.take({ type: 'PROCESS_STARTED', nowMs: NOW_MS + 200 });
    expect(node.place).toBe('master.serving');
    expect(node.state.waiting).toEqual([]);
  });

  test('asked by nobody of its own: it serves on', () => {
    const node = master().hear('8905', { type: 'MFSTART' });
    expect(node.place).toBe('master.serving');
    expect(node.effects).toEqual([]);
    expect(idOf('8905')).not.toBe(node.state.manualFailover.replicaId);
  });
});
