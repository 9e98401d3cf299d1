import { expect, test } from 'vitest';
import { parseLog, zoneOfLog } from './log-lines';

const EPOCH_MS = Date.UTC(2026, 10, 22, 4, 28, 54, 123);
const line = (time: string, rest: string): string => `n3 20012:M 22 Nov 2026 ${time} ${rest}`;

test('a line: node, time since the recording began, level, text', () => {
  const text = line('04:28:54.245', '# configEpoch set to 3 via CLUSTER SET-CONFIG-EPOCH');
  expect(parseLog(text, { epochMs: EPOCH_MS })).toEqual([
    {
      node: 3,
      atMs: 122,
      level: 'warning',
      text: 'configEpoch set to 3 via CLUSTER SET-CONFIG-EPOCH',
    },
  ]);
});

test.each([
  ['.', 'debug'],
  ['-', 'verbose'],
  ['*', 'notice'],
  ['#', 'warning'],
])('the mark %s is %s', (mark, level) => {
  expect(parseLog(line('04:28:54.245', `${mark} text`), { epochMs: EPOCH_MS })[0]?.level).toBe(
    level,
  );
});

test.each([
  ['04:28:54.245', 0, 'UTC'],
  ['09:58:54.245', 5.5, 'five and a half hours ahead'],
  ['20:28:54.245', -8, 'eight hours behind, on the day before'],
])('local time %s: %s hours, %s', (time, hours) => {
  const text = line(time, '* text');
  expect(parseLog(text, { epochMs: EPOCH_MS })[0]?.atMs).toBe(122);
  expect(zoneOfLog(`a banner\n${text}`, { epochMs: EPOCH_MS })).toBe(hours * 3_600_000);
});

test('over midnight', () => {
  const epochMs = Date.UTC(2026, 10, 22, 23, 59, 59, 500);
  const text = [line('23:59:59.600', '* a'), line('00:00:00.100', '* b')].join('\n');
  expect(parseLog(text, { epochMs }).map(({ atMs }) => atMs)).toEqual([100, 600]);
});

test('a banner is no line, and no log is no lines', () => {
  expect(
    parseLog('                _._\n=== REDIS BUG REPORT START ===\n', { epochMs: EPOCH_MS }),
  ).toEqual([]);
  expect(parseLog('', { epochMs: EPOCH_MS })).toEqual([]);
});

test('of a run that is recorded only from its second hour on, the zone is the same', () => {
  const knownFromMs = 5_900_000;
  const text = line('08:07:14.245', '* text');
  const times = { epochMs: EPOCH_MS, knownFromMs };
  expect(zoneOfLog(text, times)).toBe(2 * 3_600_000);
  expect(parseLog(text, times)[0]?.atMs).toBe(5_900_122);
  expect(zoneOfLog(text, { ...times, zoneMs: 0 })).toBe(0);
});
