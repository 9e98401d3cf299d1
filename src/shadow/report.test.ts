import { expect, test } from 'vitest';
import { isClean, printVerdict, verdictJson } from './report';
import type { Verdict } from './shadow';
import { Tally } from './tally';

const tally = new Tally();
tally.agree('PONG sent', 3);
const late = { kind: 'PONG sent', atMs: 12.34, node: 2, ours: 'said', real: 'not said' };
tally.disagree({ ...late, explanation: 'link-lost' });
const explained: Verdict = {
  ...{ label: 'x', redisVersion: '7.0.15', nodeTimeoutMs: 2_000, nodes: 2, frames: 4 },
  kinds: tally.kinds(),
  disagreements: tally.disagreements,
  assumed: [{ atMs: 5, node: 1, what: 'CLUSTER MEET …', from: 'its MEET' }],
};
const wild = new Tally();
wild.add(tally);
wild.disagree({ ...late, explanation: null });
const unexplained = { ...explained, kinds: wild.kinds(), disagreements: wild.disagreements };

test('the table: compared, agreed, percent, explained, unexplained', () => {
  expect(tally.kinds().get('PONG sent')).toEqual({ compared: 4, agreed: 3, explained: 1 });
  expect(printVerdict(explained)).toMatch(/PONG sent +4 +3 +75\.0 +1 +0\n/);
  expect(printVerdict(unexplained)).toMatch(/PONG sent +5 +3 +60\.0 +1 +1\n/);
});

test('every disagreement with time, node, ours, real, under its explanation', () => {
  const text = printVerdict(explained);
  expect(text).toContain('Nothing is left unexplained.');
  expect(text).toMatch(
    /link-lost: .*\n +12\.3 ms {2}node 2 {2}PONG sent: ours said; real not said/,
  );
  expect(printVerdict(unexplained)).toMatch(/Unexplained:\n +12\.3 ms {2}node 2/);
});

test('what was assumed, and from what', () => {
  expect(printVerdict(explained)).toMatch(
    /Assumed.*\n +5\.0 ms {2}node 1 {2}CLUSTER MEET … \(from/,
  );
});

test('clean: nothing unexplained', () => {
  expect(isClean(explained)).toBe(true);
  expect(isClean(unexplained)).toBe(false);
});

test('for programs: plain JSON', () => {
  const json = JSON.parse(JSON.stringify(verdictJson(unexplained))) as Record<string, unknown>;
  expect(json).toMatchObject({
    clean: false,
    kinds: [{ kind: 'PONG sent', compared: 5, agreed: 3, explained: 1 }],
  });
});
