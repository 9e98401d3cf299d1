import { describe, expect, test } from 'vitest';
import { hashWorld } from './hash';
import { Shift } from './operator-fixture';
import type { World } from './world';

const ANY = '127.0.0.1:8901';

describe('runs of redis-cli', () => {
  test('two at once, each with its own output', () => {
    const shift = new Shift();
    const first = shift.call(`info ${ANY}`);
    shift.wait(2);
    const other = shift.call('check 127.0.0.1:8902');
    expect(shift.end(other)).toBe(0);
    expect(shift.printed(first)).toContain('[OK] 0 keys in 3 masters.');
    expect(shift.printed(other)).toContain('[OK] All 16384 slots covered.');
  });

  test('a connection does not outlive the process, even one that is back at once', () => {
    const shift = new Shift();
    const run = shift.call(`reshard ${ANY} --cluster-from @8901 --cluster-to @8902`, '5');
    shift.wait(100).do({ type: 'restart', node: '8902' }).wait(1_000);
    shift.do({ type: 'answer', text: 'yes' });
    expect(shift.end(run)).toBe(1);
    expect(shift.printed(run).at(-2)).toMatch(
      /^Moving slot 0 .*: clusterManagerMoveSlot failed: CLUSTER SETSLOT failed to run$/,
    );
  });

  test('Ctrl-C ends the newest', () => {
    const shift = new Shift();
    const run = shift.call(`reshard ${ANY}`);
    shift.wait(100).do({ type: 'interrupt' });
    expect(shift.end(run)).toBe(130);
    expect(shift.printed(run).at(-2)).toMatch(/\? \^C$/);
  });

  test('a wrong command line sends nothing', () => {
    const shift = new Shift();
    expect(shift.run('chekc x')).toEqual({ lines: ['Unknown --cluster subcommand', ''], code: 1 });
    expect(shift.sent('redis-cli#2')).toEqual([]);
  });

  test('what there is no place for is refused in a sentence', () => {
    expect(new Shift().run(`backup ${ANY} /tmp`).lines[0]).toBe(
      '[ERR] backup writes files, and there is no disk here. Use check to look at the cluster.',
    );
  });

  test('a run in the middle survives JSON, and goes on the same', () => {
    const shift = new Shift();
    const run = shift.call(`reshard ${ANY} --cluster-from @8901 --cluster-to @8902`, '20', 'yes');
    shift.wait(60);
    const copy = JSON.parse(JSON.stringify(shift.world.operators)) as World['operators'];
    const again = new Shift({ ...shift.world, operators: thawed(shift.world, copy) });
    shift.end(run);
    again.end(run);
    expect(again.printed(run).slice(-5)).toEqual(shift.printed(run).slice(-5));
    expect(hashWorld(again.world)).toBe(hashWorld(shift.world));
  });
});

/** The machines as they were, with contexts that went through JSON. */
function thawed({ operators }: World, copy: World['operators']): World['operators'] {
  const entries = Object.entries(operators).map(([client, snapshot]) => {
    expect(copy[client]!.context).toEqual(snapshot.context);
    return [client, { ...snapshot, context: copy[client]!.context }] as const;
  });
  return Object.fromEntries(entries);
}
