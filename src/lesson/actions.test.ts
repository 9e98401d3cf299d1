import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Input } from '../kernel/inputs';
import { printActionError } from './action-error';
import { parseAction, printAction, printInput, type TimedAction } from './actions';

const NODES = ['8901', '8902', '8903', '8904', '8905', '8906'];

function parsed(text: string): TimedAction {
  const result = parseAction(text, NODES);
  if (!result.ok) throw new Error(printActionError(result.error));
  return result.timed;
}

function input(text: string): Input {
  const { action } = parsed(text);
  if (action.type !== 'input') throw new Error(`${text} is not an input`);
  return action.input;
}

function complaint(text: string, locale: 'en' | 'zh-CN' = 'en'): string {
  const result = parseAction(text, NODES);
  return result.ok ? 'understood' : printActionError(result.error, locale);
}

const pair = { from: '8901', to: '8902' };
const command = { type: 'command', client: 'c1', node: '8901', follow: false };

describe('sentences', () => {
  test.each<[string, Input]>([
    ['freeze 8901', { type: 'freeze', node: '8901' }],
    ['  Kill   8901 ', { type: 'kill', node: '8901' }],
    ['cut 8901-8902', { type: 'cut', ...pair, oneWay: false }],
    ['cut 8901>8902', { type: 'cut', ...pair, oneWay: true }],
    ['heal 8901-8902', { type: 'heal', ...pair, oneWay: false }],
    ['heal all', { type: 'heal-all' }],
    ['hold 8901>8902', { type: 'hold', ...pair, oneWay: true }],
    ['release 8901>8902', { type: 'release', ...pair, oneWay: true }],
    ['delay 8901-8902 500ms', { type: 'delay', ...pair, oneWay: false, addMs: 500 }],
    ['delay 8901>8902 1.5s', { type: 'delay', ...pair, oneWay: true, addMs: 1500 }],
    ['drop 8901>8902', { type: 'drop', ...pair, count: 1, messageType: null }],
    ['drop 8901>8902 2', { type: 'drop', ...pair, count: 2, messageType: null }],
    ['drop 8901>8902 ping', { type: 'drop', ...pair, count: 1, messageType: 'PING' }],
    ['drop 8901>8902 2 PING', { type: 'drop', ...pair, count: 2, messageType: 'PING' }],
    [
      'cli 8901 SET name zhangsan',
      { ...command, argv: ['SET', 'name', 'zhangsan'] } as unknown as Input,
    ],
    [
      'cli -c as c2 GET "two words"',
      { ...command, client: 'c2', node: null, follow: true, argv: ['GET', 'two words'] } as Input,
    ],
    [
      'redis-cli --cluster check 127.0.0.1:8901',
      { type: 'redis-cli', argv: ['--cluster', 'check', '127.0.0.1:8901'], answers: [] },
    ],
    [
      'redis-cli --cluster reshard 127.0.0.1:8901 --cluster-to @8902 < 10 all yes',
      {
        type: 'redis-cli',
        argv: ['--cluster', 'reshard', '127.0.0.1:8901', '--cluster-to', '@8902'],
        answers: ['10', 'all', 'yes'],
      },
    ],
    ['drop message 1234', { type: 'drop-message', message: 1234 }],
    ['hold message 7', { type: 'hold-message', message: 7 }],
    ['release message 7', { type: 'release-message', message: 7 }],
    ['delay message 7 1.5s', { type: 'delay-message', message: 7, addMs: 1500 }],
    ['duplicate message 7', { type: 'duplicate-message', message: 7 }],
    ['partition 8901,8904 | rest', { type: 'partition', sides: [['8901', '8904']], rest: true }],
    [
      'partition 8901, 8904 | 8902 | 8903',
      { type: 'partition', sides: [['8901', '8904'], ['8902'], ['8903']], rest: false },
    ],
    ['start 8907', { type: 'start', node: '8907' }],
    ['open 18901-18906', { type: 'open', first: 18901, last: 18906 }],
    ['open 18901', { type: 'open', first: 18901, last: 18901 }],
    ['write 5/s for 20s', { type: 'write', client: 'w1', perSecond: 5, durationMs: 20_000 }],
    [
      'write 20/s for 1.5s from c1',
      { type: 'write', client: 'c1', perSecond: 20, durationMs: 1500 },
    ],
    ['answer yes', { type: 'answer', text: 'yes' }],
    ['interrupt', { type: 'interrupt' }],
    ['cli -c 8902 GET a', { ...command, node: '8902', follow: true, argv: ['GET', 'a'] } as Input],
  ])('%s', (text, expected) => {
    expect(input(text)).toEqual(expected);
  });

  test('a prefix says when', () => {
    expect(parsed('at 10s kill 8901').atMs).toBe(10_000);
    expect(parsed('at 1500ms kill 8901').atMs).toBe(1500);
    expect(parsed('kill 8901').atMs).toBeNull();
  });

  test('a lesson may run for a while, until something holds, or look as somebody', () => {
    expect(parsed('run for 5s').action).toEqual({ type: 'run-for', durationMs: 5000 });
    expect(parsed('see as bird').action).toEqual({ type: 'see', as: 'bird' });
    expect(parsed('see as 8904').action).toEqual({ type: 'see', as: '8904' });
    expect(parsed('run until seen(line(any, "it is up")) within 30s').action).toEqual({
      type: 'run-until',
      condition: 'seen(line(any, "it is up"))',
      withinMs: 30_000,
    });
    expect(parsed('run until now > 3').action).toMatchObject({ condition: 'now > 3' });
    expect(parsed('skip for 5s').action).toMatchObject({ durationMs: 5000, unseen: true });
    expect(parsed('skip until now > 3').action).toMatchObject({ condition: 'now > 3' });
  });
});

describe('a wrong sentence', () => {
  test.each([
    ['freez 8901', /^"freez" is not an action\. Did you mean freeze\? Allowed: freeze, wake, /],
    ['MSET a 1 b 2', /^MSET is a command: say first which node gets it, as in cli 8901 MSET/],
    ['get name', /^get is a command: say first which node gets it/],
    ['', /^The sentence ends where an action is expected\./],
    ['fre 8901', /^"fre" is not an action\. Did you mean freeze\?/],
    ['freeze 8909', /^"8909" is not a node of this scene\. Did you mean 8901\? Allowed: 8901, /],
    ['freeze', /ends where a node of this scene is expected\. Allowed: 8901, 8902/],
    ['freeze 8901 now', /^Nothing may follow here, but I found "now"\.$/],
    ['cut 8901', /^"8901" is not a link\. Allowed: 8901-8902, 8901>8902\./],
    ['cut 8901-8901', /is not a link/],
    ['cut 8901-9', /^"9" is not a node of this scene/],
    ['drop 8901-8902', /is not one direction of a link\. Did you mean 8901>8902\?/],
    ['drop 8901>8902 PIN', /^"PIN" is not a message type\. Did you mean PING\?/],
    ['drop 8901>8902 0', /^"0" is not a number of messages, 1 to 1000\./],
    ['delay 8901-8902 5', /^"5" is not a length of time.*Allowed: 500ms, 1\.5s, 10s\.$/],
    ['at soon kill 8901', /^"soon" is not a length of time/],
    ['cli GET name', /^"GET" is not a node of this scene/],
    ['cli 8901', /ends where a command is expected/],
    ['cli 8901 GET "na', /^A quote opens and does not close/],
    ['redis-cli', /ends where an option of redis-cli --cluster is expected/],
    ['redis-cli -p 8901', /^"-p" is not an option of redis-cli --cluster\..*Allowed: --cluster\./],
    [
      'redis-cli --cluster chekc 127.0.0.1:8901',
      /^"chekc" is not a subcommand of redis-cli --cluster\. Did you mean check\?/,
    ],
    [
      'redis-cli --cluster fix 127.0.0.1:8901 --cluster-yess',
      /^"--cluster-yess" is not an option.*Did you mean --cluster-yes\?/,
    ],
    ['drop message', /ends where the number of a message is expected/],
    ['drop message x', /^"x" is not the number of a message\. Allowed: 1234\./],
    ['drop mesage 12', /is not a link\..*Allowed: .*message 1234\./],
    ['duplicate 8901', /^"8901" is not the word “message”\. Allowed: message\./],
    ['partition 8901', /ends where a bar between two sides is expected\. Allowed: \|\./],
    ['partition 8901 8902', /joined by a comma: 8901,8902\. A bar goes between two sides\.$/],
    ['partition 8901 | 8902,8901', /^"8901" is not on one side only\.$/],
    ['partition 8901 | rset', /^"rset" is not a node of this scene/],
    ['partition 8901 | rest | 8902', /^Nothing may follow here, but I found "\|"\.$/],
    [
      'start 8901',
      /^"8901" is not a free port for a new node\. Did you mean 8907\? Allowed: 8907\./,
    ],
    ['start 80', /^"80" is not a free port/],
    ['write 5 for 1s', /^"5" is not a rate, 1\/s to 100\/s\./],
    ['write 500/s for 1s', /^"500\/s" is not a rate/],
    ['write 5/s 1s', /^"1s" is not the word “for”\. Allowed: for\./],
    ['answer', /ends where a command is expected/],
    ['run until', /ends where a condition is expected/],
    ['run until true within 999999999s', /is not a length of time/],
    ['see as brid', /^"brid" is not a point of view\. Did you mean bird\?/],
  ])('%s', (text, line) => {
    expect(complaint(text)).toMatch(line);
    expect(complaint(text)).not.toContain('\n');
  });

  test('is explained in Chinese too', () => {
    expect(complaint('freez 8901', 'zh-CN')).toMatch(
      /^“freez”不是动作。是不是 freeze？可用：freeze、/,
    );
  });
});

const node = fc.constantFrom(...NODES);
const link = fc
  .record({ from: node, to: node, oneWay: fc.boolean() })
  .filter(({ from, to }) => from !== to);
const messageType = fc.constantFrom('PING', 'FAIL', 'FAILOVER_AUTH_ACK', null);
const argv = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('as', '-c', '1')), {
  minLength: 1,
});
const client = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);

const anyInput: fc.Arbitrary<Input> = fc.oneof(
  fc.record({ type: fc.constantFrom('freeze', 'wake', 'kill', 'restart'), node }),
  fc.tuple(fc.constantFrom('cut', 'hold'), link).map(([type, l]) => ({ type, ...l })),
  fc.tuple(fc.constantFrom('heal', 'release'), link).map(([type, l]) => ({ type, ...l })),
  fc.constant({ type: 'heal-all' } as const),
  fc.tuple(link, fc.nat(9999)).map(([l, addMs]) => ({ type: 'delay', ...l, addMs }) as const),
  fc
    .tuple(link, fc.integer({ min: 1, max: 1000 }), messageType)
    .map(
      ([{ from, to }, count, m]) => ({ type: 'drop', from, to, count, messageType: m }) as const,
    ),
  fc.record({
    type: fc.constantFrom('drop-message', 'hold-message', 'release-message', 'duplicate-message'),
    message: fc.integer({ min: 1, max: 999_999_999 }),
  }),
  fc.record({
    type: fc.constant('delay-message'),
    message: fc.integer({ min: 1, max: 999_999_999 }),
    addMs: fc.nat(99_999),
  }),
  fc
    .tuple(
      fc.shuffledSubarray(NODES, { minLength: 2 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
    )
    .map(([nodes, size, rest]) => {
      const sides: string[][] = [];
      for (let i = 0; i < nodes.length; i += size) sides.push(nodes.slice(i, i + size));
      return { type: 'partition', sides, rest: rest || sides.length === 1 } as const;
    }),
  fc.record({ type: fc.constant('start'), node: fc.constantFrom('8907', '9001') }),
  fc.record({
    type: fc.constant('write'),
    client,
    perSecond: fc.integer({ min: 1, max: 100 }),
    durationMs: fc.nat(99_999),
  }),
  fc.record({ type: fc.constant('command'), client, node, argv, follow: fc.boolean() }),
  fc.record({
    type: fc.constant('command'),
    client,
    node: fc.constant(null),
    argv,
    follow: fc.constant(true),
  }),
  fc.record({
    type: fc.constant('redis-cli'),
    argv: argv.map((words) => ['--cluster', 'call', ...words, '--cluster-yes', '<']),
    answers: fc.array(fc.string({ unit: 'grapheme' })),
  }),
  fc.record({ type: fc.constant('answer'), text: fc.string({ unit: 'grapheme' }) }),
  fc.record({ type: fc.constant('ping'), node, to: node }),
  fc.constant({ type: 'interrupt' } as const),
);

describe('round trip', () => {
  test('every input prints as a sentence that reads back as the same input', () => {
    fc.assert(
      fc.property(anyInput, (any) => {
        expect(input(printInput(any))).toEqual(any);
      }),
    );
  });

  test('a timed sentence keeps its time', () => {
    fc.assert(
      fc.property(anyInput, fc.nat(100_000), (any, atMs) => {
        const timed: TimedAction = { atMs, action: { type: 'input', input: any } };
        expect(parsed(printAction(timed))).toEqual(timed);
      }),
    );
  });

  test('no text makes the parser throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseAction(text, NODES)));
  });
});
