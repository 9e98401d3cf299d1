import { describe, expect, test } from 'vitest';
import type { Note } from '../protocol/notes';
import type { Reply } from '../protocol/reply';
import { cliStepper, newCli } from './redis-cli.machine';
import type { CliEvent } from './cli-state';

const idOf = (port: string): string => port.at(-1)!.repeat(40);
const bulk = (text: string): Reply => ({ type: 'bulk', text });
const OK: Reply = { type: 'status', text: 'OK' };

/** Three masters; the third part of the slots is told differently by node 3 if `disagree`. */
function clusterNodes(port: string, link = 'connected', disagree = false): string {
  const slots = ['0-5460', '5461-10922', disagree && port === '7003' ? '10923' : '10923-16383'];
  return ['7001', '7002', '7003']
    .map((one, i) => {
      const flags = one === port ? 'myself,master' : 'master';
      const state = one === port ? 'connected' : link;
      return `${idOf(one)} 127.0.0.1:${one}@1${one} ${flags} - 0 0 ${i} ${state} ${slots[i]}\n`;
    })
    .join('');
}

interface Played {
  readonly sent: string[];
  readonly lines: string[];
  readonly notes: Note[];
  readonly code: number | null;
}

/** Plays a run against made-up replies; `turns` bounds what never ends. */
function play(
  text: string,
  reply: (port: string, argv: readonly string[]) => Reply,
  { answers = [], turns = 100_000 }: { readonly answers?: string[]; readonly turns?: number } = {},
): Played {
  const argv = ['--cluster', ...text.split(' ')];
  let snapshot = cliStepper.start(newCli({ run: 1, seed: 1, argv, answers }));
  const notes: Note[] = [];
  const sent: string[] = [];
  let event: CliEvent | null = { type: 'START', nowMs: 0 };
  for (let turn = 0; event && turn < turns; turn++) {
    const { nowMs }: CliEvent = event;
    const [next, effects] = cliStepper.step(snapshot, event);
    snapshot = next;
    event = null;
    for (const effect of effects) {
      if (effect.type === 'note') notes.push(effect.note);
      if (effect.type === 'timer') event = { type: 'TIMER', nowMs: nowMs + effect.afterMs };
      if (effect.type !== 'command') continue;
      const { node, command, argv: words } = effect;
      sent.push(`${node} ${words.join(' ')}`);
      event = { type: 'REPLY', nowMs: nowMs + 1, node, command, reply: reply(node, words) };
    }
  }
  const said = notes.flatMap((note) => (note.event === 'cli' ? [note] : []));
  const output = said.map((note) => note.text + (note.ends ? '\n' : '')).join('');
  return { sent, notes, lines: output.split('\n'), code: snapshot.context.exitCode };
}

/** A sound cluster of three masters without keys. */
function sound(port: string, argv: readonly string[]): Reply {
  switch (argv.slice(0, 2).join(' ').toUpperCase()) {
    case 'INFO':
      return bulk('cluster_enabled:1\r\n');
    case 'CLUSTER INFO':
      return bulk('cluster_known_nodes:1\r\n');
    case 'CLUSTER NODES':
      return bulk(clusterNodes(port));
    case 'CLUSTER COUNTKEYSINSLOT':
    case 'DBSIZE':
      return { type: 'integer', value: 0 };
    default:
      return OK;
  }
}

describe('redis-cli: waiting for a cluster that does not join', () => {
  const apart = (port: string, argv: readonly string[]): Reply =>
    argv[1] === 'NODES' ? bulk(clusterNodes(port, 'disconnected', true)) : sound(port, argv);
  const alone = (port: string): string => clusterNodes(port).split('\n')[Number(port.at(-1)) - 1]!;
  let asked = 0;
  const create = play(
    'create 127.0.0.1:7001 127.0.0.1:7002 127.0.0.1:7003 --cluster-yes',
    (port, argv) => {
      if (argv[1] !== 'NODES') return sound(port, argv);
      asked++;
      const line = alone(port).split(' ').slice(0, 8).join(' ');
      return asked <= 3 ? bulk(`${line}\n`) : apart(port, argv);
    },
    { turns: 150 },
  );

  test('a dot a second', () => {
    expect(create.lines.filter((line) => /^\.{21}$/.test(line))).not.toEqual([]);
  });

  test('after 21 seconds it names the ports nobody reaches, and who does not', () => {
    const at = create.lines.indexOf('Warning: 3 node(s) may be unreachable');
    expect(at).toBeGreaterThan(0);
    const [heading, ...from] = create.lines.slice(at + 1, at + 4);
    expect(heading).toMatch(/^ - The port 1700\d of node 127\.0\.0\.1 may be unreachable from:$/);
    expect(from.join('')).toMatch(/^ {3}127\.0\.0\.1:700\d {3}127\.0\.0\.1:700\d$/);
    expect(create.lines.slice(at + 4, at + 6)).toEqual([
      'Cluster bus ports must be reachable by every node.',
      'Remember that cluster bus ports are different from standard instance ports.',
    ]);
  });
});

describe('redis-cli: slots with several owners', () => {
  const withKeys = (port: string, argv: readonly string[]): Reply =>
    argv[1] === 'COUNTKEYSINSLOT' && argv[2] === '7' && port === '7002'
      ? { type: 'integer', value: 2 }
      : sound(port, argv);

  test('check finds whoever has keys of a slot that is not its own', () => {
    const { lines, code, sent } = play(
      'check 127.0.0.1:7001 --cluster-search-multiple-owners',
      withKeys,
    );
    expect(code).toBe(1);
    expect(lines.slice(-5)).toEqual([
      '>>> Check for multiple slot owners...',
      '[WARNING] Slot 7 has 2 owners:',
      '    127.0.0.1:7001',
      '    127.0.0.1:7002',
      '',
    ]);
    // Every slot is asked about, at everyone who is not its owner.
    expect(sent.filter((text) => text.includes('COUNTKEYSINSLOT'))).toHaveLength(16_384 * 2);
  });

  test('nobody has: all is well', () => {
    const { lines, code } = play('check 127.0.0.1:7001 --cluster-search-multiple-owners', sound);
    expect([code, lines.at(-2)]).toEqual([0, '[OK] No multiple owners found.']);
  });
});

describe('redis-cli: how it reads and prints', () => {
  test('an open slot says nothing about agreement', () => {
    const open = (port: string, argv: readonly string[]): Reply => {
      if (argv[1] !== 'NODES') return sound(port, argv);
      const mark = port === '7001' ? ` [5->-${idOf('7002')}]` : '';
      return bulk(clusterNodes(port).replace('0-5460', `0-5460${mark}`));
    };
    const { lines, code } = play('check 127.0.0.1:7001', open);
    expect(code).toBe(1);
    expect(lines).toContain('[OK] All nodes agree about slots configuration.');
    expect(lines).toContain('[WARNING] Node 127.0.0.1:7001 has slots in migrating state 5.');
    expect(lines).toContain('[WARNING] The following slots are open: 5.');
  });

  test('an error of DBSIZE ends the counting, not the check', () => {
    const refusing = (port: string, argv: readonly string[]): Reply =>
      argv[0] === 'DBSIZE' ? { type: 'error', text: 'ERR no' } : sound(port, argv);
    const { lines, code } = play('check 127.0.0.1:7001', refusing);
    expect(code).toBe(0);
    expect(lines.slice(0, 3)).toEqual([
      'Node 127.0.0.1:7001 replied with error:',
      'ERR no',
      '>>> Performing Cluster Check (using node 127.0.0.1:7001)',
    ]);
  });

  test('a node that is no cluster node', () => {
    const { lines, code } = play('info 127.0.0.1:7001', () => bulk('cluster_enabled:0\r\n'));
    expect([code, lines[0]]).toEqual([
      1,
      '[ERR] Node 127.0.0.1:7001 is not configured as a cluster node.',
    ]);
  });

  test('two words or one with a colon name the node to begin with', () => {
    expect(play('info 127.0.0.1 7001', sound).sent).toEqual(
      play('info 127.0.0.1:7001', sound).sent,
    );
  });

  test('the command line stands first, the exit code last', () => {
    const { notes } = play('info 127.0.0.1:7001', sound);
    expect(notes[0]).toEqual({
      event: 'cli.start',
      run: 1,
      text: 'redis-cli --cluster info 127.0.0.1:7001',
    });
    expect(notes.at(-1)).toEqual({ event: 'cli.exit', run: 1, code: 0 });
  });

  test('rebalance: weights that are no weights', () => {
    const { lines, code } = play('rebalance 127.0.0.1:7001 --cluster-weight nobody=2', sound);
    expect([code, lines[0]]).toEqual([1, '*** No such master node nobody']);
  });
});
