import { describe, expect, test } from 'vitest';
import { frameOfWorld } from './frame-of-world';
import { KEYS, Life, SLOT } from './migration-fixture';
import { act } from './world';

describe('MIGRATE', () => {
  const opened = new Life();
  opened.fill();
  opened.open();
  const MIGRATE = 'MIGRATE 127.0.0.1 8902 "" 0 1000';
  const again = (): Life => new Life(opened.world);

  test('blocks its process: others are answered when it is done', () => {
    const life = again();
    life.type(`${MIGRATE} KEYS ${KEYS.join(' ')}`, '8901', 'op');
    life.type('PING', '8901', 'c');
    life.wait(12);
    life.type('PING', '8901', 'd');
    expect(life.answer('op', 'MIGRATE')).toBe('OK');
    const answered = life.of('reply').map(({ client }) => client);
    expect(answered).not.toContain('d');
    expect(life.answer('d', 'PING')).toBe('PONG');
  });

  test('a frame shows how far it is', () => {
    const life = again();
    life.type(`${MIGRATE} KEYS ${KEYS.slice(0, 3).join(' ')}`, '8901', 'op');
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) {
      life.wait(1);
      const { view } = frameOfWorld(life.world).nodes[0]!;
      if (view.migration) seen.add(`${view.migration.answered}/${view.migration.keyCount}`);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['0/3']));
    const { view } = frameOfWorld(life.world).nodes[0]!;
    expect(view.migration).toBeNull();
    expect(view.openSlots).toEqual([{ slot: SLOT, mark: 'migrating', peer: '8902', keyCount: 9 }]);
  });

  test.each([
    [
      'nobody listens there',
      'MIGRATE 127.0.0.1 7777 {hello}1 0 1000',
      /writing to target instance$/,
    ],
    ['the key is there', `${MIGRATE} KEYS {hello}1 {hello}2`, /^ERR Target .* error: BUSYKEY /],
    [
      'the target does not import',
      'MIGRATE 127.0.0.1 8903 {hello}2 0 1000',
      /^ERR Target instance replied with error: MOVED 866 127.0.0.1:8901$/,
    ],
    ['another database', 'MIGRATE 127.0.0.1 8902 {hello}2 1 1000', /error: ERR SELECT is not/],
    ['no such key', 'MIGRATE 127.0.0.1 8902 {hello}none 0 1000', /^NOKEY$/],
  ])('%s', (_, text, error) => {
    const life = again();
    life.ask('ASKING', '8902');
    life.ask('SET {hello}1 there', '8902');
    expect(life.ask(text, '8901')).toMatch(error);
    expect(life.keysOf('8901')).toMatchObject({ '{hello}1': 'before' });
  });

  test('REPLACE overwrites, COPY keeps', () => {
    const life = again();
    life.ask('ASKING', '8902');
    life.ask('SET {hello}1 there', '8902');
    expect(life.ask('MIGRATE 127.0.0.1 8902 {hello}1 0 1000 COPY REPLACE', '8901')).toBe('OK');
    expect(life.keysOf('8901')).toMatchObject({ '{hello}1': 'before' });
    expect(life.keysOf('8902')).toMatchObject({ '{hello}1': 'before' });
  });

  test('a time to live goes with the key', () => {
    const life = again();
    life.ask('PEXPIRE {hello}1 5000', '8901');
    expect(life.ask('MIGRATE 127.0.0.1 8902 {hello}1 0 1000', '8901')).toBe('OK');
    life.ask('ASKING', '8902');
    expect(Number(/\d+/.exec(life.ask('PTTL {hello}1', '8902'))![0])).toBeGreaterThan(4_500);
    life.wait(5_200);
    expect(life.keysOf('8902')).toEqual({});
    expect(life.keysOf('8905')).toEqual({});
  });

  test('a frozen target: after the timeout an error, and the key is still here', () => {
    const life = again();
    life.world = act(life.world, { type: 'freeze', node: '8902' }, life.world.nowMs + 1);
    const before = life.world.nowMs;
    expect(life.ask('MIGRATE 127.0.0.1 8902 {hello}1 0 2000', '8901')).toBe(
      'IOERR error or timeout reading to target instance',
    );
    expect(life.world.nowMs - before).toBeGreaterThan(2_000);
    expect(life.keysOf('8901')).toMatchObject({ '{hello}1': 'before' });
  });

  test('a cut link: the connect times out', () => {
    const life = again();
    const cut = { type: 'cut', from: '8901', to: '8902', oneWay: false } as const;
    life.world = act(life.world, cut, life.world.nowMs + 1);
    expect(life.ask('MIGRATE 127.0.0.1 8902 {hello}1 0 1500', '8901')).toBe(
      'IOERR error or timeout connecting to the client',
    );
  });

  test('a blocked process that is killed answers nobody, and keeps the key', () => {
    const life = again();
    life.world = act(life.world, { type: 'freeze', node: '8902' }, life.world.nowMs + 1);
    life.type('MIGRATE 127.0.0.1 8902 {hello}1 0 2000', '8901', 'op');
    life.wait(500);
    life.world = act(life.world, { type: 'restart', node: '8901' }, life.world.nowMs + 1);
    expect(life.answer('op', 'MIGRATE')).toMatch(/^Could not connect/);
    expect(life.keysOf('8901')).toMatchObject({ '{hello}1': 'before' });
    life.wait(5_000);
    expect(life.ask('PING', '8901')).toBe('PONG');
  });

  test('a long block: its ticks come late, and nobody is suspected for it', () => {
    const life = again();
    life.world = act(
      life.world,
      { type: 'hold', from: '8902', to: '8901', oneWay: true },
      life.world.nowMs + 1,
    );
    life.type('MIGRATE 127.0.0.1 8902 {hello}1 0 9000', '8901', 'op');
    life.wait(3_000);
    const release = { type: 'release', from: '8902', to: '8901', oneWay: true } as const;
    life.world = act(life.world, release, life.world.nowMs + 1);
    expect(life.answer('op', 'MIGRATE')).toBe('OK');
    life.wait(1_000);
    expect(life.of('flag.set').filter(({ at }) => at === '8901')).toEqual([]);
    expect(life.ask('PING', '8901')).toBe('PONG');
  });
});
