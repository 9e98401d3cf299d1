import { expect, test } from 'vitest';
import type { RecordedNote } from '../../protocol/notes';
import { sentenceTyped } from './sentence-typed';
import { isAsking, terminalLines } from './terminal-lines';
import { usualAddress } from './usual-address';

const at = { atMs: 0, client: 'c1' };
const moved = 'MOVED 5798 127.0.0.1:8902';
const notes: RecordedNote[] = [
  { ...at, event: 'command', client: 'redis-cli', node: '8901', text: 'CLUSTER NODES', step: 1 },
  { ...at, event: 'command', node: '8903', text: 'GET name', step: 2 },
  { ...at, event: 'reply', node: '8903', kind: 'MOVED', text: moved, command: 'GET name', step: 3 },
  { ...at, event: 'command', node: '8902', text: 'GET name', step: 3 },
  { ...at, event: 'reply', node: '8902', kind: 'nil', text: '(nil)', command: 'GET name', step: 4 },
  { ...at, event: 'command', node: '8901', text: 'GET name', step: 5 },
  { ...at, event: 'reply', node: '8901', kind: 'MOVED', text: moved, command: 'GET name', step: 6 },
];

test('terminal: a redirect is followed in one line with -c, and an error without', () => {
  expect(terminalLines(notes, 6).map(({ prompt, text }) => `${prompt} ${text}`.trim())).toEqual([
    '127.0.0.1:8903> GET name',
    '-> Redirected to slot [5798] located at 127.0.0.1:8902',
    '(nil)',
    '127.0.0.1:8901> GET name',
    '(error) MOVED 5798 127.0.0.1:8902',
  ]);
});

test('terminal: a container is reached at its own address, from elsewhere at the host’s', () => {
  const network = {
    ...{ hostIp: '203.0.113.10', bridgeIp: '172.17.0.1', firstContainerIp: '172.17.0.5' },
    ...{ publishedPorts: [], outside: ['c2'] },
  };
  const nodes = [{ name: '8903', ip: '172.17.0.7' }] as never;
  const addressOf = usualAddress({ network }, { nodes });
  const elsewhere = notes.map((note) => ({ ...note, client: 'c2' }) as RecordedNote);
  const prompts = [...notes.slice(0, 2), ...elsewhere.slice(1, 2)];
  expect(terminalLines(prompts, 6, [], addressOf).map(({ prompt }) => prompt)).toEqual([
    '172.17.0.7:8903>',
    'c2 203.0.113.10:8903>',
  ]);
});

test('terminal: a client may be left out', () => {
  expect(terminalLines(notes, 6, ['c1'])).toEqual([]);
});

test('terminal: what prepared a scene is left out', () => {
  const prepared = notes.map((note) => ({ ...note, client: 'backstage2' }) as RecordedNote);
  expect(terminalLines([...prepared, ...notes], 6)).toHaveLength(5);
});

test('terminal: the ASKING after an ASK is not shown', () => {
  const ask = 'ASK 866 127.0.0.1:8902';
  const asked: RecordedNote[] = [
    { ...at, event: 'command', node: '8901', text: 'GET hello', step: 1 },
    { ...at, event: 'reply', node: '8901', kind: 'ASK', text: ask, command: 'GET hello', step: 2 },
    { ...at, event: 'command', node: '8902', text: 'ASKING', step: 2 },
    { ...at, event: 'reply', node: '8902', kind: 'ok', text: 'OK', command: 'ASKING', step: 3 },
    { ...at, event: 'command', node: '8902', text: 'GET hello', step: 3 },
    { ...at, event: 'reply', node: '8902', kind: 'nil', text: '(nil)', command: 'GET', step: 4 },
  ];
  expect(terminalLines(asked, 9).map(({ text }) => text)).toEqual([
    'GET hello',
    '-> Redirected to slot [866] located at 127.0.0.1:8902',
    '(nil)',
  ]);
});

test('terminal: what comes over a channel is a list, and other clients have their names', () => {
  const heard: RecordedNote[] = [
    { ...at, event: 'command', client: 'c2', node: '8901', text: 'PUBLISH a "b c"', step: 1 },
    { ...at, event: 'push', node: '8902', text: '"message" "a" "b c"', step: 2 },
  ];
  expect(terminalLines(heard, 9).map(({ prompt, text }) => `${prompt} ${text}`.trim())).toEqual([
    'c2 127.0.0.1:8901> PUBLISH a "b c"',
    '1) "message"\n2) "a"\n3) "b c"',
  ]);
});

test('terminal: what lies after the cursor is not printed yet', () => {
  expect(terminalLines(notes, 2)).toHaveLength(1);
  expect(terminalLines(notes, 3)).toHaveLength(2);
});

test.each([
  ['redis-cli -c -p 8903 GET name', 'cli -c 8903 GET name'],
  ['8901 GET name', 'cli 8901 GET name'],
  ['-c GET name', 'cli -c GET name'],
  ['cli 8901 GET name', 'cli 8901 GET name'],
  [' freeze 8901', 'freeze 8901'],
  ['freze 8901', 'freze 8901'],
  ['redis-cli --cluster check 127.0.0.1:8901', 'redis-cli --cluster check 127.0.0.1:8901'],
])('terminal: “%s” means “%s”', (typed, sentence) => {
  expect(sentenceTyped(typed)).toBe(sentence);
});

const question = 'Do you want to proceed with the proposed reshard plan (yes/no)? ';
const asking: RecordedNote[] = [
  { event: 'cli.start', run: 1, text: 'redis-cli --cluster create', atMs: 1, step: 1 },
  { event: 'cli', run: 1, text: 'Master[0] -> Slots 0 - 5460', ends: true, atMs: 1, step: 2 },
  { event: 'cli.start', run: 2, text: 'redis-cli --cluster reshard', atMs: 9, step: 3 },
  { event: 'cli', run: 2, text: '..', ends: false, atMs: 9, step: 4 },
  { event: 'cli', run: 2, text: '.', ends: true, atMs: 9, step: 5 },
  { event: 'cli', run: 2, text: question, ends: false, atMs: 9, step: 6 },
  { event: 'cli', run: 2, text: 'no', ends: true, atMs: 9, step: 7 },
  { event: 'cli.exit', run: 2, code: 1, atMs: 9, step: 7 },
];

test('terminal: redis-cli --cluster, but for the run that makes the scene', () => {
  expect(terminalLines(asking, 9).map(({ prompt, text }) => `${prompt} ${text}`.trim())).toEqual([
    '$ redis-cli --cluster reshard',
    '...',
    `${question}no`,
  ]);
});

test('terminal: a question of redis-cli waits for its answer', () => {
  expect([4, 6, 7].map((step) => isAsking(asking, step))).toEqual([false, true, false]);
});

test.each([
  ['yes', 'answer yes'],
  [' all ', 'answer all'],
  ['100', 'answer 100'],
  ['interrupt', 'interrupt'],
  ['8901 GET name', 'cli 8901 GET name'],
])('terminal: “%s” means “%s” while redis-cli asks', (typed, sentence) => {
  expect(sentenceTyped(typed, true)).toBe(sentence);
});
