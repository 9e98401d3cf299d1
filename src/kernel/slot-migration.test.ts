import { describe, expect, test } from 'vitest';
import { KEYS, Life, SLOT } from './migration-fixture';

describe('a slot moves while a client reads and writes', () => {
  const life = new Life();
  const client = { client: 'c', follow: true };
  const written: Record<string, string> = Object.fromEntries(KEYS.map((key) => [key, 'before']));
  let writes = 0;

  /** Reads a key, writes a key, and makes a new one. */
  const use = (): void => {
    const key = KEYS[writes % KEYS.length]!;
    expect(life.ask(`GET ${key}`, null, client)).toBe(`"${written[key]}"`);
    for (const name of [KEYS[(writes * 5) % KEYS.length]!, `{hello}new${writes}`]) {
      const value = `during${writes}`;
      expect(life.ask(`SET ${name} ${value}`, null, client)).toBe('OK');
      written[name] = value;
    }
    writes++;
  };

  test('opened, key after key, closed: in the order of redis-cli, nothing is lost', () => {
    life.fill();
    life.open();
    use();
    for (;;) {
      const listed = life.ask(`CLUSTER GETKEYSINSLOT ${SLOT} 5`);
      const keys = [...listed.matchAll(/"(.*)"/g)].map(([, key]) => key!);
      if (keys.length === 0) break;
      life.type(`MIGRATE 127.0.0.1 8902 "" 0 60000 KEYS ${keys.join(' ')}`, '8901', 'op');
      use();
      expect(life.answer('op', 'MIGRATE')).toBe('OK');
    }
    use();
    expect(life.setOwner('8902')).toBe('OK');
    use();
    expect(life.setOwner('8901')).toBe('OK');
    expect(life.setOwner('8903')).toBe('OK');
    use();
    expect(life.keysOf('8901')).toEqual({});
    expect(life.keysOf('8902')).toEqual(written);
  });

  test('every key went by itself', () => {
    const moved = life.of('key.move').map(({ key }) => key);
    expect(new Set(moved)).toEqual(new Set(KEYS));
    expect(moved).toHaveLength(KEYS.length);
    for (const { node, to } of life.of('key.move')) expect([node, to]).toEqual(['8901', '8902']);
  });

  test('the client was asked to go elsewhere, first for once, then for good', () => {
    const kinds = life.of('reply').flatMap((one) => (one.client === 'c' ? [one.kind] : []));
    expect(kinds).toContain('ASK');
    expect(kinds.slice(kinds.lastIndexOf('ASK'))).toContain('MOVED');
    expect(kinds).not.toContain('TRYAGAIN');
    const said = life.of('command').filter(({ client: name }) => name === 'c');
    const at = said.findIndex(({ text }) => text === 'ASKING');
    expect(said[at + 1]).toMatchObject({ node: '8902' });
  });

  test('the taker has a new epoch, and everyone believes it', () => {
    life.wait(3_000);
    expect(life.owners()).toEqual(Array(6).fill('8902'));
    const { context } = life.world.nodes.get('8902')!;
    const me = context.nodes.find(({ id }) => id === context.myId)!;
    expect(me.configEpoch).toBe(context.currentEpoch);
    expect(life.of('slot.owner').filter(({ by }) => by === 'order')).toHaveLength(3);
  });

  test('the replicas of both have what their masters have', () => {
    expect(life.keysOf('8904')).toEqual({});
    expect(life.keysOf('8905')).toEqual(written);
  });
});

describe('several keys of a slot on the move', () => {
  const life = new Life();
  life.fill();
  life.open();
  const [here, gone, gone2] = ['{hello}0', '{hello}1', '{hello}2'];
  life.ask(`MIGRATE 127.0.0.1 8902 "" 0 1000 KEYS ${gone} ${gone2}`);
  const ask = (keys: string, node: string) => life.ask(`MGET ${keys}`, node);

  test('the source serves those it has, asks elsewhere for none of its own, else: try again', () => {
    expect(ask(`${here} {hello}3`, '8901')).toContain('before');
    expect(ask(`${gone} ${gone2}`, '8901')).toBe(`ASK ${SLOT} 127.0.0.1:8902`);
    expect(ask(`${here} ${gone}`, '8901')).toMatch(/^TRYAGAIN/);
  });

  test('the target serves those who say ASKING, once, and only if it has them all', () => {
    expect(ask(`${gone} ${gone2}`, '8902')).toBe(`MOVED ${SLOT} 127.0.0.1:8901`);
    life.ask('ASKING', '8902');
    expect(ask(`${gone} ${gone2}`, '8902')).toContain('before');
    expect(ask(`${gone} ${gone2}`, '8902')).toMatch(/^MOVED/);
    life.ask('ASKING', '8902');
    expect(ask(`${here} ${gone}`, '8902')).toMatch(/^TRYAGAIN/);
  });
});

describe('the source closes first', () => {
  test('clients go to and fro until the target closes too', () => {
    const life = new Life();
    life.open();
    expect(life.setOwner('8901')).toBe('OK');
    const lost = life.ask('GET hello', '8901', { client: 'c', follow: true });
    expect(lost).toMatch(/^MOVED/);
    expect(life.of('reply').filter(({ client }) => client === 'c')).toHaveLength(17);
    expect(life.setOwner('8902')).toBe('OK');
    expect(life.ask('GET hello', '8901', { client: 'c', follow: true })).toBe('(nil)');
  });
});

test('a CLUSTER command may name a node by its port; other words stay as they are', () => {
  const life = new Life();
  expect(life.ask(`CLUSTER SETSLOT ${SLOT} IMPORTING @8901`, '8902')).toBe('OK');
  expect(life.of('slot.open')).toMatchObject([{ node: '8902', peer: '8901' }]);
  expect(life.ask('SET hello @8901')).toBe('OK');
  expect(life.ask('GET hello')).toBe('"@8901"');
});
