import { describe, expect, test } from 'vitest';
import { keySlot } from '../protocol/key-slot';
import { Shift } from './operator-fixture';
import type { World } from './world';

const MASTERS = ['8901', '8902', '8903'];
const ANY = '127.0.0.1:8901';

/** A life in which 8907 has joined as a master, made once. */
const joined = ((): World => {
  const shift = new Shift();
  shift.run(`add-node 127.0.0.1:8907 ${ANY}`);
  return shift.wait(3_000).world;
})();

describe('check and info', () => {
  test('a sound cluster: exit code 0', () => {
    const { lines, code } = new Shift().run(`check ${ANY}`);
    expect(code).toBe(0);
    expect(lines.slice(0, 5)).toEqual([
      '127.0.0.1:8901 (8901...) -> 0 keys | 5461 slots | 1 slaves.',
      expect.stringContaining('slots | 1 slaves.'),
      expect.stringContaining('slots | 1 slaves.'),
      '[OK] 0 keys in 3 masters.',
      '0.00 keys per slot on average.',
    ]);
    expect(lines.slice(-5)).toEqual([
      '[OK] All nodes agree about slots configuration.',
      '>>> Check for open slots...',
      '>>> Check slots coverage...',
      '[OK] All 16384 slots covered.',
      '',
    ]);
  });

  test('a master out of reach: said, and missed in the coverage', () => {
    const shift = new Shift().do({ type: 'kill', node: '8903' }).wait(100);
    const { lines, code } = shift.run(`check ${ANY}`);
    expect(code).toBe(1);
    expect(lines).toContain('Could not connect to Redis at 127.0.0.1:8903: Connection refused');
    expect(lines).toContain(
      '*** WARNING: 127.0.0.1:8906 claims to be slave of unknown node ID 8903.',
    );
    expect(lines).toContain('[ERR] Not all 16384 slots are covered by nodes.');
  });

  test('the node it begins with is gone', () => {
    const shift = new Shift().do({ type: 'kill', node: '8901' }).wait(100);
    expect(shift.run(`info ${ANY}`)).toEqual({
      lines: ['Could not connect to Redis at 127.0.0.1:8901: Connection refused', ''],
      code: 1,
    });
  });

  test('a frozen node: the tool hangs, the world does not, and both go on', () => {
    const shift = new Shift().do({ type: 'freeze', node: '8902' });
    const run = shift.call(`check ${ANY}`);
    shift.wait(1_500);
    expect(shift.world.operators['redis-cli#2']!.value).toBe('talking');
    shift.do({ type: 'wake', node: '8902' });
    expect(shift.end(run)).toBe(0);
  });

  test('a node that dies while it is asked: its connection ends', () => {
    const shift = new Shift().do({ type: 'freeze', node: '8902' });
    const run = shift.call(`info ${ANY}`);
    shift.wait(500).do({ type: 'kill', node: '8902' });
    expect(shift.end(run)).toBe(0);
    expect(shift.printed(run)).toContain('[OK] 0 keys in 2 masters.');
  });
});

describe('add-node, reshard, rebalance, del-node', () => {
  test('a new master is known to everybody', () => {
    const shift = new Shift(joined);
    const { lines, code } = shift.run('check 127.0.0.1:8907');
    expect(code).toBe(0);
    expect(lines[0]).toBe('127.0.0.1:8907 (8907...) -> 0 keys | 0 slots | 0 slaves.');
    expect(lines).toContain('[OK] 0 keys in 4 masters.');
  });

  test('a new replica of a chosen master', () => {
    const shift = new Shift(joined);
    const { lines, code } = shift.run(
      `add-node 127.0.0.1:8908 ${ANY} --cluster-slave --cluster-master-id @8902`,
    );
    expect(code).toBe(0);
    expect(lines.slice(-3)).toEqual([
      '>>> Configure node as replica of 127.0.0.1:8902.',
      '[OK] New node added correctly.',
      '',
    ]);
    const { context } = shift.wait(2_000).world.nodes.get('8908')!;
    expect(context.replication.masterPort).toBe(8902);
  });

  test('without a wish, the master with the fewest replicas', () => {
    const { lines } = new Shift(joined).run(`add-node 127.0.0.1:8908 ${ANY} --cluster-slave`);
    expect(lines).toContain('Automatically selected master 127.0.0.1:8907');
  });

  test('reshard: slots move with their keys, while a client writes', () => {
    const shift = new Shift(joined);
    const names = Array.from({ length: 3_000 }, (_, i) => `{t${i}}`).filter(
      (name) => keySlot(name) < 100,
    );
    names.forEach((name) => shift.says('8901', `SET ${name} before`));
    shift.wait(1_000);
    const run = shift.call(
      `reshard ${ANY} --cluster-from @8901 --cluster-to @8907 --cluster-slots 100 --cluster-yes`,
    );
    for (const name of names) shift.says('8902', `SET ${name}new during`).wait(60);
    expect(shift.end(run)).toBe(0);
    shift.wait(1_000);
    for (const slot of [0, 50, 99]) {
      expect(shift.ownersOf(slot, [...MASTERS, '8907', '8904'])).toEqual(Array(5).fill('8907'));
    }
    const values = shift.valuesAt('8907');
    expect(Object.keys(values).sort()).toEqual(names.flatMap((one) => [one, `${one}new`]).sort());
    expect(shift.printed(run).filter((line) => /: \.+$/.test(line)).length).toBeGreaterThan(9);
    const errors = shift.of('reply').filter(({ kind }) => kind === 'ERR' || kind === 'TRYAGAIN');
    expect(errors).toEqual([]);
  });

  test('reshard: its questions, typed one by one', () => {
    const shift = new Shift(joined);
    const run = shift.call(`reshard ${ANY}`);
    const open = (): string => shift.printed(run).at(-1)!;
    shift.wait(100);
    expect(open()).toBe('How many slots do you want to move (from 1 to 16384)? ');
    shift.do({ type: 'answer', text: '3' }).wait(50);
    expect(open()).toBe('What is the receiving node ID? ');
    shift.do({ type: 'answer', text: '@8907' }).wait(50);
    shift.do({ type: 'answer', text: 'all' }).wait(50);
    expect(open()).toBe('Do you want to proceed with the proposed reshard plan (yes/no)? ');
    shift.do({ type: 'answer', text: 'yes' });
    expect(shift.end(run)).toBe(0);
    expect(shift.printed(run).slice(-4)).toEqual([
      'Do you want to proceed with the proposed reshard plan (yes/no)? yes',
      // Two, not three: the shares of the smaller sources are rounded down to nothing.
      'Moving slot 5461 from 127.0.0.1:8902 to 127.0.0.1:8907: ',
      'Moving slot 5462 from 127.0.0.1:8902 to 127.0.0.1:8907: ',
      '',
    ]);
  });

  test('rebalance by weight', () => {
    const shift = new Shift();
    const { lines, code } = shift.run(
      `rebalance ${ANY} --cluster-weight @8901=1.02 --cluster-threshold 0.5`,
    );
    expect(code).toBe(0);
    expect(lines).toContain('>>> Rebalancing across 3 nodes. Total weight = 3.02');
    expect(lines.filter((line) => line.startsWith('#')).join('')).toMatch(/^#{70,80}$/);
    expect(shift.run(`info ${ANY}`).lines[0]).toContain('| 5534 slots |');
  });

  test('del-node: everybody forgets it, and it is empty again', () => {
    const shift = new Shift(joined);
    const { lines, code } = shift.run(`del-node ${ANY} @8907`);
    expect(code).toBe(0);
    expect(lines.slice(-2)).toEqual(['>>> Sending CLUSTER RESET SOFT to the deleted node.', '']);
    shift.wait(2_000);
    expect(shift.world.nodes.get('8907')!.context.nodes).toHaveLength(1);
    expect(shift.run(`info ${ANY}`).lines).toContain('[OK] 0 keys in 3 masters.');
  });

  test('del-node: not while it has slots', () => {
    const { lines, code } = new Shift().run(`del-node ${ANY} @8902`);
    expect(code).toBe(1);
    expect(lines.at(-2)).toBe(
      '[ERR] Node 127.0.0.1:8902 is not empty! Reshard data away and try again.',
    );
  });
});

describe('call, set-timeout, and keys that are there already', () => {
  test('call: one command to every master', () => {
    const { lines, code } = new Shift().run(`call ${ANY} dbsize --cluster-only-masters`);
    expect(code).toBe(0);
    expect(lines[0]).toBe('>>> Calling dbsize');
    expect(lines.slice(1, -1).sort()).toEqual(MASTERS.map((name) => `127.0.0.1:${name}: 0`));
  });

  test('set-timeout: every node takes it', () => {
    const shift = new Shift();
    const { lines } = shift.run(`set-timeout ${ANY} 3000`);
    expect(lines.at(-2)).toMatch(/^>>> New node timeout set\. \d OK, \d ERR\.$/);
    const timeouts = [...shift.world.nodes].map(([, { context }]) => context.config.nodeTimeoutMs);
    expect(timeouts.slice(0, 6)).toEqual(Array(6).fill(3_000));
  });

  test('reshard: a key on both sides stops it, as values cannot be compared by default', () => {
    const shift = new Shift();
    const key = Array.from({ length: 20_000 }, (_, i) => `t${i}`).find((one) => keySlot(one) < 3)!;
    const slot = keySlot(key);
    const importing = `CLUSTER SETSLOT ${slot} IMPORTING ${shift.idOf('8901')}`;
    shift.says('8901', `SET ${key} here`).wait(50).says('8902', importing, 'c2').wait(50);
    shift.plain('8902', 'ASKING', 'c2').wait(50).plain('8902', `SET ${key} there`, 'c2').wait(50);
    shift.says('8902', `CLUSTER SETSLOT ${slot} STABLE`, 'c2').wait(50);
    const { lines, code } = shift.run(
      `reshard ${ANY} --cluster-from @8901 --cluster-to @8902 --cluster-slots 3 --cluster-yes`,
    );
    expect(code).toBe(1);
    expect(lines.slice(lines.indexOf('*** Target key exists'))).toEqual([
      '*** Target key exists',
      '*** Checking key values on both nodes...',
      'Node 127.0.0.1:8901 replied with error:',
      expect.stringMatching(/^ERR DEBUG command not allowed\./),
      'Node 127.0.0.1:8902 replied with error:',
      expect.stringMatching(/^ERR DEBUG command not allowed\./),
      '*** Value check failed!',
      '',
      '',
    ]);
    const fixed = shift.run(`fix ${ANY} --cluster-replace`);
    expect(fixed.code).toBe(0);
    expect(fixed.lines).toContain('*** Replacing target keys...');
    // Both hold one key: the first master is the owner, and the other's key replaces its own.
    expect(shift.valuesAt('8901')).toEqual({ [key]: 'there' });
    expect(shift.valuesAt('8902')).toEqual({});
  });
});

describe('fix', () => {
  const setSlot = (shift: Shift, node: string, text: string): void => {
    const words = text.replace(/@(\d+)/g, (_, name: string) => {
      return shift.world.nodes.get(name)!.context.myId;
    });
    shift.says(node, `CLUSTER SETSLOT ${words}`, `at${node}`).wait(50);
  };
  const isSound = (shift: Shift): boolean => shift.wait(500).run(`check ${ANY}`).code === 0;

  test('migrating here, importing there: the slot moves', () => {
    const shift = new Shift();
    shift.says('8901', 'SET hello 1').wait(50);
    setSlot(shift, '8901', '866 MIGRATING @8902');
    setSlot(shift, '8902', '866 IMPORTING @8901');
    expect(shift.run(`check ${ANY}`).lines).toContain(
      '[WARNING] The following slots are open: 866.',
    );
    const { lines, code } = shift.run(`fix ${ANY}`);
    expect(code).toBe(0);
    expect(lines).toContain('>>> Case 1: Moving slot 866 from 127.0.0.1:8901 to 127.0.0.1:8902');
    expect(isSound(shift)).toBe(true);
    expect(shift.valuesAt('8902')).toEqual({ hello: '1' });
    expect(shift.ownersOf(866, MASTERS)).toEqual(['8902', '8902', '8902']);
  });

  test.each([
    ['importing only: case 2', [['8903', '866 IMPORTING @8901']], '>>> Case 2: '],
    [
      'two importing: case 3',
      [
        ['8901', '866 MIGRATING @8902'],
        ['8902', '866 IMPORTING @8901'],
        ['8903', '866 IMPORTING @8901'],
      ],
      '>>> Case 3: ',
    ],
    ['migrating only: case 4', [['8901', '866 MIGRATING @8902']], '>>> Case 4: '],
  ] as const)('%s', (_, orders, said) => {
    const shift = new Shift();
    for (const [node, text] of orders) setSlot(shift, node, text);
    const { lines, code } = shift.run(`fix ${ANY}`);
    expect(code).toBe(0);
    expect(lines.some((line) => line.startsWith(said))).toBe(true);
    expect(isSound(shift)).toBe(true);
  });

  test('slots nobody owns: given to one master, but only after yes', () => {
    const shift = new Shift();
    for (const name of MASTERS) shift.says(name, 'CLUSTER DELSLOTS 100 101', name);
    shift.wait(2_000);
    const question = "Fix these slots by covering with a random node? (type 'yes' to accept): ";
    const no = shift.run(`fix ${ANY} --cluster-yes`, 'no');
    expect(no).toMatchObject({ code: 1 });
    expect(no.lines).toContain(`${question}no`);
    const yes = shift.run(`fix ${ANY}`, 'yes');
    expect(yes.code).toBe(0);
    expect(yes.lines.filter((line) => line.startsWith('>>> Covering slot'))).toHaveLength(2);
    shift.wait(2_000);
    expect(shift.run(`check ${ANY}`).code).toBe(0);
  });

  test('after a move that a crash cut short', () => {
    const shift = new Shift(joined);
    const run = shift.call(
      `reshard ${ANY} --cluster-from @8901 --cluster-to @8907 --cluster-slots 50 --cluster-yes`,
    );
    shift.wait(200).do({ type: 'kill', node: '8907' });
    expect(shift.end(run)).toBe(1);
    expect(shift.printed(run).at(-2)).toMatch(/^Moving slot \d+|^clusterManagerMoveSlot failed/);
    shift.wait(1_000).do({ type: 'restart', node: '8907' }).wait(3_000);
    expect(shift.run(`fix ${ANY}`).code).toBe(0);
    expect(isSound(shift)).toBe(true);
  });
});
