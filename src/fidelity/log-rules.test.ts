import { describe, expect, test } from 'vitest';
import { LEFT_OUT, ONCE, REWRITTEN, canonicalLog } from './log-rules';
import type { LogLine } from './log-lines';

const line = (text: string, level: LogLine['level'] = 'notice'): LogLine => ({
  atMs: 0,
  node: '8901',
  level,
  text,
});
const canonical = (...texts: string[]): string[] => canonicalLog(texts.map((text) => line(text)));

describe('log rules: what two logs are compared by', () => {
  test('levels notice and warning only, with their mark', () => {
    expect(canonicalLog([line('a', 'debug'), line('b'), line('c', 'warning')])).toEqual([
      '* b',
      '# c',
    ]);
  });

  test('the drawn delay and the offset of an election do not count, its rank does', () => {
    const text = 'Start of election delayed for 760 milliseconds (rank #1, offset 42).';
    expect(canonical(text)).toEqual([
      '* Start of election delayed for <ms> milliseconds (rank #1, offset <bytes>).',
    ]);
  });

  test('to mark FAIL and to be told FAIL are two ways to one end', () => {
    const [marked] = canonical('Marking node <8901> as failing (quorum reached).');
    const [told] = canonical('FAIL message received from <8903> about <8901>');
    expect(told).toBe(marked);
    expect(canonical('FAIL message received from <8903> about <8902>')[0]).not.toBe(marked);
  });

  test('a replica that tries every second counts once', () => {
    const tries = ['Connecting to MASTER 127.0.0.1:8901', 'MASTER <-> REPLICA sync started'];
    expect(canonical(...tries, ...tries)).toHaveLength(2);
  });

  test('what a process says when it starts is left out', () => {
    expect(canonical('Ready to accept connections', 'Running mode=cluster, port=1.')).toEqual([]);
  });

  test('every rule says why', () => {
    for (const { because } of [...LEFT_OUT, ...REWRITTEN, ...ONCE]) {
      expect(because.length).toBeGreaterThan(10);
    }
  });
});
