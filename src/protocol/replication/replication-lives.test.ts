import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valuesOf } from '../keyspace';
import {
  feedReplicas,
  followMasterAgain,
  replicationCron,
  replicationTick,
  setReplicationMaster,
  unsetReplicationMaster,
} from './replication';
import { ReplicationNetwork } from '../fixtures/replication-fixture';
import { noReplication } from '../replication-state';
import type { Turn } from '../turn';
import { applyWrite } from '../slots/write-effects';

const NAMES = ['8901', '8904', '8905'] as const;
type Name = (typeof NAMES)[number];

/** Three nodes of one shard; `master` is the one the others are told to follow. */
class Shard {
  readonly net = new ReplicationNetwork(...NAMES);
  master: Name = '8901';
  private writes = 0;

  constructor() {
    for (const name of NAMES) this.net.configure(name, { replBacklogBytes: 30_000 });
    this.gather();
  }

  private others(): Name[] {
    return NAMES.filter((name) => name !== this.master);
  }

  /** Everyone follows the master, which follows nobody. */
  gather(): void {
    for (const name of this.others()) {
      this.net.turn(name, (turn) => {
        const { masterPort } = turn.state.replication;
        if (masterPort !== Number(this.master)) setReplicationMaster(turn, Number(this.master));
      });
    }
  }

  write(at: Name, bytes: number): void {
    const argv = ['SET', `k${this.writes++ % 5}`, `${'x'.repeat(bytes)}${this.writes}`];
    this.net.turn(at, (turn) => {
      if (turn.state.replication.masterPort !== 0) return;
      turn.state.keys = applyWrite(turn.state.keys, argv);
      feedReplicas(turn, argv);
    });
  }

  breakLink(index: number): void {
    const name = this.others()[index % 2]!;
    if (this.net.state(name).replication.link === 'up') this.net.breakLink(name);
  }

  /** A replica is elected; the old master may write on before it hears of it. */
  failover(index: number, tail: number): void {
    const old = this.master;
    this.master = this.others()[index % 2]!;
    this.net.turn(this.master, (turn) => unsetReplicationMaster(turn));
    for (let i = 0; i < tail; i++) this.write(old, 10);
    this.write(this.master, 10);
    this.gather();
  }

  /** A process dies and starts with the data of its append-only file and a history of its own. */
  restart(index: number): void {
    const name = NAMES[index % 3]!;
    this.net.kill(name);
    const state = this.net.state(name);
    const id = String(this.writes).padStart(40, 'f');
    this.net.states.set(name, { ...state, replication: noReplication(id) });
    this.net.revive(name);
    if (name !== this.master) {
      this.net.turn(name, (turn) => setReplicationMaster(turn, Number(this.master)));
    }
    this.second();
  }

  second(): void {
    this.net.nowMs += 1_000;
    const tick = (turn: Turn): void => {
      turn.state.cronIteration += 10;
      replicationTick(turn);
      replicationCron(turn);
    };
    for (const name of NAMES) this.net.turn(name, tick);
  }
}

const index = fc.integer({ min: 0, max: 2 });
const deed = fc.oneof(
  fc.record({ do: fc.constant('write' as const), n: fc.constantFrom(1, 50, 15_000) }),
  fc.record({ do: fc.constant('break' as const), n: index }),
  fc.record({ do: fc.constant('failover' as const), n: index, tail: index }),
  fc.record({ do: fc.constant('restart' as const), n: index }),
  fc.record({ do: fc.constant('second' as const), n: index }),
);

test('replication: after any life, replicas whose link is up hold their master’s data', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 25 }), (deeds) => {
      const shard = new Shard();
      for (const one of deeds) {
        if (one.do === 'write') shard.write(shard.master, one.n);
        if (one.do === 'break') shard.breakLink(one.n);
        if (one.do === 'failover') shard.failover(one.n, one.tail);
        if (one.do === 'restart') shard.restart(one.n);
        if (one.do === 'second') shard.second();
      }
      for (let i = 0; i < 3; i++) shard.second();
      const { net, master } = shard;
      const { id, offsetBytes } = net.state(master).replication;
      for (const name of NAMES) {
        if (name === master) continue;
        expect(net.state(name).replication).toMatchObject({ link: 'up', id, offsetBytes });
        expect(valuesOf(net.state(name).keys)).toEqual(valuesOf(net.state(master).keys));
      }
    }),
    { numRuns: 300 },
  );
});

test('replication: a restarted replica is never taken at its word', () => {
  const shard = new Shard();
  shard.write('8901', 10);
  shard.net.states.set('8904', {
    ...shard.net.state('8904'),
    replication: noReplication('4'.repeat(40)),
  });
  shard.net.turn('8904', (turn) => followMasterAgain(turn));
  expect(shard.net.state('8904').replication.lastSync).toBe('full');
});
