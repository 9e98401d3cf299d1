import { describe, expect, test } from 'vitest';
import type { Beat, BeatKind } from '../../timeline/cluster-source';
import type { Note } from '../../protocol/notes';
import { lanes } from '../../words/en/lanes';
import { lanes as chinese } from '../../words/zh-CN/lanes';
import { flagLabels } from './space-time-flag-labels';
import { flagsOf } from './space-time-flags';

const TOLD = { subject: '8901', viewpoint: '8904' };
const KINDS: Partial<Record<Note['event'], BeatKind>> = {
  'report.add': 'report',
  'vote.grant': 'vote',
  state: 'state',
};
const beat = (step: number, atMs: number, note: Note): Beat => ({
  step,
  atMs,
  kind: KINDS[note.event] ?? 'pfail',
  note: { ...note, atMs, step },
});
const report = (step: number, atMs: number, by: string) =>
  beat(step, atMs, { event: 'report.add', at: '8904', about: '8901', by });
const verdict = (step: number, atMs: number) =>
  ({
    ...beat(step, atMs, { event: 'flag.set', at: '8904', about: '8901', flag: 'fail' }),
    kind: 'fail',
  }) as const;

describe('flags', () => {
  const suspects = (step: number, atMs: number, at: string) =>
    beat(step, atMs, { event: 'flag.set', at, about: '8901', flag: 'pfail' });
  const beats = [
    suspects(10, 9_400, '8902'),
    report(20, 9_620, '8902'),
    suspects(30, 10_900, '8903'),
    report(40, 11_306, '8903'),
    verdict(40, 11_306),
    beat(40, 11_306, { event: 'state', node: '8904', state: 'fail' }),
  ];
  const place = (cursorStep: number, pxPerMs = 0.28) =>
    flagsOf(beats, {
      xOf: (ms) => (ms - 8_800) * pxPerMs,
      label: flagLabels(beats, lanes.flag, TOLD),
      cursorStep,
    });

  test('a report, the verdict it brings and the state that follows share one flag', () => {
    expect(place(40).map((flag) => flag.label)).toEqual([
      '8902 suspects',
      '1st report',
      '8903 suspects',
      '2nd report → FAIL',
    ]);
  });

  test('labels: right if there is room before the next flag, else left; the current one left', () => {
    expect(place(40).map((flag) => flag.side)).toEqual(['left', 'right', 'left', 'left']);
    expect(place(40, 0.2).map((flag) => flag.side)).toEqual(['left', 'right', 'hidden', 'left']);
  });

  test('the current beat is the last at or before the cursor', () => {
    expect(place(30).map((flag) => flag.isCurrent)).toEqual([false, false, true, false]);
    expect(place(29).map((flag) => flag.isCurrent)).toEqual([false, true, false, false]);
  });

  test('no two visible labels touch, even when beats crowd', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => suspects(i, 9_000 + i * 37, `89${i + 10}`));
    const flags = flagsOf(crowd, {
      xOf: (ms) => (ms - 9_000) * 0.28,
      label: flagLabels(crowd, lanes.flag, TOLD),
      cursorStep: 15,
    });
    const boxes = flags
      .filter((flag) => flag.side !== 'hidden')
      .map((flag) =>
        flag.side === 'left' ? [flag.x - flag.widthPx, flag.x] : [flag.x, flag.x + flag.widthPx],
      )
      .sort((a, b) => a[0]! - b[0]!);
    expect(boxes.length).toBeGreaterThan(0);
    boxes.slice(1).forEach((box, i) => expect(box[0]).toBeGreaterThanOrEqual(boxes[i]![1]!));
  });

  test('an expired report is not counted', () => {
    const expired = beat(21, 9_700, {
      event: 'report.expire',
      at: '8904',
      about: '8901',
      by: '8902',
    });
    const told = [report(20, 9_620, '8902'), expired, report(40, 11_306, '8903')];
    const label = flagLabels(told, lanes.flag, TOLD);
    expect(told.map(label)).toEqual(['1st report', '8904 drops a report', '1st report']);
  });

  test('a report at a node other than the viewpoint names that node', () => {
    const told = [report(20, 9_620, '8902')];
    const elsewhere = { subject: '8901', viewpoint: null };
    expect(told.map(flagLabels(told, lanes.flag, elsewhere))).toEqual(['8904: 1st report']);
  });

  test('a partition is one flag that counts its links, both ways of a link as one', () => {
    const cut = (step: number, from: string, to: string) =>
      beat(step, 10_000, { event: 'link', link: 'cut', from, to });
    const parted = [cut(1, '8901', '8902'), cut(1, '8902', '8901'), cut(1, '8901', '8903')];
    expect(flagLabels(parted, lanes.flag, TOLD)(parted[0]!)).toBe('2 links cut');
    expect(flagLabels(parted, chinese.flag, TOLD)(parted[0]!)).toBe('2 条链路断开');
    const one = parted.slice(0, 2);
    expect(flagLabels(one, lanes.flag, TOLD)(one[0]!)).toBe('8901–8902 cut');
  });

  test('votes are counted for each candidate and epoch, in both languages', () => {
    const vote = (step: number, by: string) =>
      beat(step, 12_000, { event: 'vote.grant', by, to: '8904', epoch: 7 });
    const votes = [vote(1, '8902'), vote(2, '8903')];
    expect(votes.map(flagLabels(votes, lanes.flag, TOLD))).toEqual(['1st vote', '2nd vote']);
    expect(votes.map(flagLabels(votes, chinese.flag, TOLD))).toEqual(['第 1 票', '第 2 票']);
  });
});
