import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SCENE, type Scene } from '../kernel/scene';
import { SimulatedSource } from './simulated-source';

const failing: Scene = {
  ...DEFAULT_SCENE,
  inputs: [{ atMs: 8_000, input: { type: 'kill', node: '8901' } }],
};
let source: SimulatedSource;
beforeAll(() => {
  source = new SimulatedSource(failing);
  source.seekTime(24_000);
});

const flagsOf = (view: { rows: readonly { name: string; flags: readonly string[] }[] } | null) =>
  view?.rows.find(({ name }) => name === '8901')?.flags;

describe('a message looked at closely', () => {
  test('why: the choice of gossip is told for heartbeats of the whole run, as it was made', () => {
    const heartbeats = source.messages(0, 24_000).filter(({ type }) => /^P[IO]NG$/.test(type));
    const some = heartbeats.filter((_, i) => i % 19 === 0);
    expect(some.length).toBeGreaterThan(20);
    for (const { id, from } of some) {
      const account = source.accountOf(id)!;
      expect(account.choice, `message ${id}`).not.toBeNull();
      const { choice, message } = account;
      expect(choice!.by).toBe(from);
      if (!('gossip' in message)) throw new Error(`${message.type} has no gossip`);
      const drawn = choice!.draws.filter(({ verdict }) => verdict === 'chosen').map(({ id }) => id);
      const picked = message.gossip.slice(0, message.gossip.length - choice!.failing);
      expect(picked.map((entry) => entry.id)).toEqual(drawn);
    }
  });

  test('a suspected node rides along behind the draws', () => {
    const rumour = source.messages(8_000, 24_000).find(({ rumours }) => rumours.length > 0)!;
    const { choice, message, names } = source.accountOf(rumour.id)!;
    expect(choice!.failing).toBe(1);
    const last = 'gossip' in message ? message.gossip.at(-1)! : null;
    expect(names.get(last!.id)).toBe('8901');
  });

  test('what it did: a FAIL changes the flags in the table of who reads it', () => {
    const fail = source
      .messages(8_000, 24_000)
      .find(({ type, fate, to }) => type === 'FAIL' && fate === 'delivered' && to !== '8901')!;
    const { before, after, receivedStep } = source.accountOf(fail.id)!;
    expect(receivedStep).not.toBeNull();
    expect(flagsOf(before)).not.toContain('fail');
    expect(flagsOf(after)).toContain('fail');
  });

  test('nobody knows a message that was never sent', () => {
    expect(source.accountOf(999_999)).toBeNull();
  });
});

describe('where a statechart stands', () => {
  test('the replica that took over: master, and the vote that made it so', () => {
    const won = source.notes().find(({ event }) => event === 'promote')!;
    if (won.event !== 'promote') throw new Error('not a promotion');
    source.seekStep(won.step);
    const { value, last } = source.placeOf({ kind: 'node', name: won.node })!;
    expect(value).toEqual({ running: { master: 'serving' } });
    expect(last).toMatchObject({ event: 'FAILOVER_TURN', guard: 'failoverIs won', step: won.step });
    expect(last!.from).toEqual({ running: { replica: 'collecting' } });
  });

  test('earlier it stands where it stood, and remembers nothing of what comes', () => {
    source.seekTime(7_000);
    const { value, last } = source.placeOf({ kind: 'node', name: '8901' })!;
    expect(value).toEqual({ running: { master: 'serving' } });
    expect(last === null || last.atMs <= 7_000).toBe(true);
    expect(source.placeOf({ kind: 'bus' })!.value).toBe('calm');
    expect(source.placeOf({ kind: 'client', name: 'nobody' })).toBeNull();
  });
});
