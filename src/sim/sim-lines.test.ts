import { expect, test } from 'vitest';
import { simLines } from './sim-lines';
import { SIM_EVENTS, parseSimOptions } from './sim-options';

type Line = Readonly<Record<string, unknown>> & { readonly event: string; readonly atMs: number };

function lines(...argv: string[]): Line[] {
  const parsed = parseSimOptions(argv);
  if (parsed.type !== 'run') throw new Error(JSON.stringify(parsed));
  return [...simLines(parsed.options)].map((line) => JSON.parse(line) as Line);
}
const failover = lines('--do', 'at 8s kill 8901', '--for', '20s');

test('sim: every line is an event with its time, in order; the last is the end', () => {
  const known = new Set<string>([...SIM_EVENTS, 'end']);
  expect(failover.every(({ event }) => known.has(event))).toBe(true);
  const times = failover.map(({ atMs }) => atMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(failover.at(-1)).toMatchObject({ event: 'end', atMs: 20_000 });
  expect(failover.at(-1)!['hash']).toMatch(/^[0-9a-f]{16}$/);
});

test('sim: a failover can be read from it', () => {
  const seen = failover.filter(({ event }) =>
    ['process', 'election.start', 'promote'].includes(event),
  );
  expect(seen.map(({ event, node }) => `${event} ${String(node)}`)).toEqual([
    'process 8901',
    'election.start 8904',
    'promote 8904',
  ]);
});

test('sim: what only the page needs is left out', () => {
  expect(failover.some((line) => 'step' in line)).toBe(false);
});

test('sim: a message has a number, and a sentence can be about it', () => {
  const sent = failover.find((line) => line['event'] === 'sent' && line['type'] === 'FAIL')!;
  const { message, atMs } = sent as unknown as { message: number; atMs: number };
  const dropped = lines(
    ...['--do', 'at 8s kill 8901', '--do', `at ${atMs + 1}ms drop message ${message}`],
    ...['--for', '20s'],
  );
  expect(dropped.find((line) => line['event'] === 'lost')).toMatchObject({ message });
});

test('sim: quiet leaves kinds out, never the end; the run stays the same', () => {
  const quiet = lines('--do', 'at 8s kill 8901', '--for', '20s', '--quiet', 'sent,received,log');
  expect(quiet.some(({ event }) => ['sent', 'received', 'log'].includes(event))).toBe(false);
  expect(quiet.at(-1)).toEqual(failover.at(-1));
  expect(lines('--for', '5s', '--quiet', 'all')).toHaveLength(1);
});

test('sim: log lines below the level asked for are left out', () => {
  const levels = (level: string): Set<unknown> =>
    new Set(lines('--for', '4s', '--loglevel', level).map((line) => line['level']));
  expect(levels('warning')).toEqual(new Set(['warning', undefined]));
  expect(levels('debug').has('debug')).toBe(true);
});
