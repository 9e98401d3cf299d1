import { describe, expect, test } from 'vitest';
import { newClient, type ClientEffect } from './client-state';
import { clientStepper, type ClientSnapshot } from './client.machine';
import type { Reply } from './reply';
import { printSlots } from './slot-ranges';

const error = (text: string): Reply => ({ type: 'error', text });
const OK: Reply = { type: 'status', text: 'OK' };

/** A conversation: what is typed, what each node answers, what the client then asks of whom. */
class Talk {
  snapshot: ClientSnapshot = clientStepper.start(newClient('c1', '8901'));
  readonly asked: string[] = [];
  readonly kinds: string[] = [];

  run(text: string, follow: boolean, node: string | null = null): this {
    const request = { argv: text.split(' '), node, follow };
    return this.hear(clientStepper.step(this.snapshot, { type: 'RUN', nowMs: 1, request }));
  }

  reply(reply: Reply): this {
    const { current } = this.snapshot.context;
    const event = {
      type: 'REPLY',
      nowMs: 2,
      sentAtMs: 1,
      node: current!.at,
      command: current!.command,
      reply,
    } as const;
    return this.hear(clientStepper.step(this.snapshot, event));
  }

  private hear([snapshot, effects]: [ClientSnapshot, readonly ClientEffect[]]): this {
    this.snapshot = snapshot;
    for (const effect of effects) {
      if (effect.type === 'command') {
        this.asked.push(`${effect.node} ${effect.argv.join(' ')}`);
      } else if (effect.type === 'disconnect') this.asked.push(`${effect.node} closed`);
      else if (effect.type === 'note' && effect.note.event === 'reply')
        this.kinds.push(effect.note.kind);
    }
    return this;
  }

  /** What redis-cli has printed. */
  get printed(): string[] {
    return this.snapshot.context.exchanges.flatMap(({ printed }) => printed ?? []);
  }

  get map(): string[] {
    return this.snapshot.context.slotMap.map(({ slots, node }) => `${printSlots(slots)} ${node}`);
  }
}

describe('client: with -c', () => {
  test('MOVED is followed, and remembered for the next key of that slot', () => {
    const talk = new Talk().run('GET foo', true);
    talk.reply(error('MOVED 12182 127.0.0.1:8903')).reply(OK);
    talk.run('SET {foo}x 1', true);
    expect(talk.asked).toEqual(['8901 GET foo', '8903 GET foo', '8903 SET {foo}x 1']);
    expect(talk.map).toEqual(['12182 8903']);
    expect(talk.kinds).toEqual(['MOVED', 'ok']);
  });

  test('CLUSTER SHARDS and CLUSTER SLOTS fill the whole map', () => {
    const bulk = (text: string): Reply => ({ type: 'bulk', text });
    const integer = (value: number): Reply => ({ type: 'integer', value });
    const array = (...items: Reply[]): Reply => ({ type: 'array', items });
    const member = (port: number, role: string) =>
      array(bulk('id'), bulk('x'), bulk('port'), integer(port), bulk('role'), bulk(role));
    const shard = (slots: number[], ...members: Reply[]) =>
      array(bulk('slots'), array(...slots.map(integer)), bulk('nodes'), array(...members));
    const shards = new Talk().run('CLUSTER SHARDS', true);
    shards.reply(
      array(
        shard([0, 5, 9, 9], member(8904, 'replica'), member(8901, 'master')),
        shard([], member(8905, 'master')),
        shard([6, 8, 10, 16383], member(8902, 'master')),
      ),
    );
    expect(shards.map).toEqual(['0-5 9 8901', '6-8 10-16383 8902']);
    const run = (first: number, last: number, port: number) =>
      array(integer(first), integer(last), array(bulk('127.0.0.1'), integer(port)));
    const slots = new Talk().run('CLUSTER SLOTS', true);
    slots.reply(array(run(0, 5, 8901), run(6, 8, 8902), run(9, 16383, 8901)));
    expect(slots.map).toEqual(['0-5 9-16383 8901', '6-8 8902']);
  });

  test('who has asked for the whole map asks again after MOVED, and nobody else does', () => {
    const talk = new Talk().run('CLUSTER SHARDS', true, '8902').reply({ type: 'array', items: [] });
    talk.run('GET foo', true, '8901').reply(error('MOVED 12182 127.0.0.1:8903')).reply(OK);
    expect(talk.asked.slice(1)).toEqual(['8901 GET foo', '8903 GET foo', '8903 CLUSTER SHARDS']);
    talk.reply({ type: 'array', items: [] });
    expect(talk.snapshot.value).toBe('idle');
    expect(talk.map).toEqual([]);
  });

  test('ASK is followed with ASKING first, then the command; it is not remembered', () => {
    const talk = new Talk().run('GET foo', true);
    talk.reply(error('ASK 12182 127.0.0.1:8903'));
    expect(talk.asked).toEqual(['8901 GET foo', '8903 ASKING']);
    talk.reply(OK);
    expect(talk.asked.at(-1)).toBe('8903 GET foo');
    talk.reply(OK);
    expect(talk.map).toEqual([]);
    expect(talk.snapshot.value).toBe('idle');
    expect(talk.printed).toEqual(['-> Redirected to slot [12182] located at 127.0.0.1:8903', 'OK']);
  });

  test('without an answer to ASKING the command is not sent', () => {
    const talk = new Talk().run('GET foo', true).reply(error('ASK 12182 127.0.0.1:8903'));
    talk.reply(error('Could not connect to Redis at 127.0.0.1:8903: Connection refused'));
    expect(talk.asked).toHaveLength(2);
    expect(talk.snapshot.value).toBe('idle');
  });

  test.each([':8903', 'node3.example:8903', '?:8903'])('an endpoint of %s is followed', (to) => {
    const talk = new Talk().run('GET foo', true).reply(error(`MOVED 12182 ${to}`));
    expect(talk.asked.at(-1)).toBe('8903 GET foo');
    expect(talk.printed).toEqual([`-> Redirected to slot [12182] located at ${to}`]);
  });

  test('a later MOVED of the same slot replaces the earlier', () => {
    const talk = new Talk().run('GET foo', true);
    talk.reply(error('MOVED 12182 127.0.0.1:8903'));
    talk.reply(error('MOVED 12182 127.0.0.1:8902')).reply(OK);
    expect(talk.map).toEqual(['12182 8902']);
  });

  test('two nodes that send it to and fro are left after sixteen redirects', () => {
    const talk = new Talk().run('GET foo', true);
    for (let i = 0; talk.snapshot.value === 'asking'; i++) {
      talk.reply(error(`MOVED 12182 127.0.0.1:${8902 + (i % 2)}`));
    }
    expect(talk.asked).toHaveLength(17);
  });

  test('an error that is no redirect ends it', () => {
    const talk = new Talk().run('GET foo', true).reply(error('CLUSTERDOWN The cluster is down'));
    expect(talk.snapshot.value).toBe('idle');
    expect(talk.kinds).toEqual(['CLUSTERDOWN']);
  });
});

describe('client: without -c', () => {
  test('a redirect is the answer, and nothing is remembered', () => {
    const talk = new Talk().run('GET foo', false).reply(error('MOVED 12182 127.0.0.1:8903'));
    expect(talk.asked).toEqual(['8901 GET foo']);
    expect(talk.map).toEqual([]);
    expect(talk.snapshot.value).toBe('idle');
  });
});

describe('client: whom it asks', () => {
  test('the node named; then the one it spoke to last; at first, its first node', () => {
    const talk = new Talk().run('GET a', false).reply(OK);
    talk.run('GET a', false, '8903').reply(OK);
    talk.run('GET a', false);
    expect(talk.asked.map((text) => text.slice(0, 4))).toEqual(['8901', '8903', '8903']);
  });

  test('its own slot map is not asked about CLUSTER commands', () => {
    const talk = new Talk().run('GET foo', true);
    talk.reply(error('MOVED 12182 127.0.0.1:8903')).reply(OK);
    talk.run('GET hello', true, '8901').reply(OK);
    talk.run('CLUSTER KEYSLOT foo', true);
    expect(talk.asked.at(-1)).toBe('8901 CLUSTER KEYSLOT foo');
  });
});

describe('client: a transaction', () => {
  test('stays with the node that has heard MULTI, until EXEC', () => {
    const talk = new Talk().run('MULTI', true, '8903').reply(OK);
    talk.run('SET foo 1', true).reply({ type: 'status', text: 'QUEUED' });
    talk.run('EXEC', true).reply({ type: 'array', items: [OK] });
    expect(talk.asked).toEqual(['8903 MULTI', '8903 SET foo 1', '8903 EXEC']);
    expect(talk.snapshot.context.transactionAt).toBeNull();
  });

  test('is left behind by a redirect: that connection is closed, as redis-cli does', () => {
    const talk = new Talk().run('MULTI', true, '8901').reply(OK);
    talk.run('SET foo 1', true).reply(error('MOVED 12182 127.0.0.1:8903'));
    expect(talk.asked).toEqual(['8901 MULTI', '8901 SET foo 1', '8901 closed', '8903 SET foo 1']);
    expect(talk.snapshot.context.transactionAt).toBeNull();
  });

  test('without -c a redirect changes nothing', () => {
    const talk = new Talk().run('MULTI', false, '8901').reply(OK);
    talk.run('SET foo 1', false).reply(error('MOVED 12182 127.0.0.1:8903'));
    expect(talk.snapshot.context.transactionAt).toBe('8901');
  });
});

test('client: commands typed meanwhile wait their turn', () => {
  const talk = new Talk().run('GET a', false).run('GET b', false).run('GET c', false);
  expect(talk.asked).toEqual(['8901 GET a']);
  talk.reply(OK).reply(OK);
  expect(talk.asked).toEqual(['8901 GET a', '8901 GET b', '8901 GET c']);
  talk.reply(OK);
  expect(talk.snapshot.value).toBe('idle');
});

test('client: a refused connection is called that, not an error of a server', () => {
  const text = 'Could not connect to Redis at 127.0.0.1:8901: Connection refused';
  expect(new Talk().run('GET a', true).reply(error(text)).kinds).toEqual(['disconnected']);
});
