import { describe, expect, test } from 'vitest';
import { parseLogLine } from './log-line';

describe('log lines: what redis-server writes', () => {
  test('time, level and text of a master’s warning', () => {
    expect(parseLogLine('99:M 22 Nov 2026 09:16:12.307 # Cluster state changed: ok')).toEqual({
      atMs: Date.UTC(2026, 10, 22, 9, 16, 12, 307),
      pid: 99,
      role: 'M',
      level: 'warning',
      text: 'Cluster state changed: ok',
    });
  });

  test.each([
    ['.', 'debug'],
    ['-', 'verbose'],
    ['*', 'notice'],
    ['#', 'warning'],
  ])('%s is %s', (mark, level) => {
    expect(parseLogLine(`1:S 01 Jan 2026 00:00:00.000 ${mark} text`)?.level).toBe(level);
  });

  test.each(['', '        _._   ', '1:S 01 Jan 2026 00:00:00.000', 'Killed'])(
    '%j is no line of the log',
    (text) => {
      expect(parseLogLine(text)).toBeNull();
    },
  );
});
