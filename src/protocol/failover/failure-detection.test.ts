import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import {
  addFailReport,
  clearNodeFailureIfNeeded,
  countFailReports,
  markNodeAsFailingIfNeeded,
  obeyFail,
  removeFailReport,
} from './failure-detection';
import { FAIL, PFAIL } from '../flags';
import {
  NOW_MS,
  T_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';

const reportsBy = (...names: string[]) =>
  names.map((name) => ({ by: idOf(name), atMs: NOW_MS - 1_000 }));

/** `me` suspects 8903, or not, and has these reports about it. */
function suspecting(me: string, names: readonly string[], flag = PFAIL): ClusterState {
  return withEntry(flagged(settledNode(me), '8903', flag), '8903', {
    failReports: reportsBy(...names),
  });
}

const isFail = (state: ClusterState): boolean => {
  const turn = turnOf(state);
  markNodeAsFailingIfNeeded(turn, idOf('8903'));
  return (entryOf(turn.state, '8903').flags & FAIL) !== 0;
};

test('the teaching switch no-fail-broadcast: a verdict, and nobody is told', () => {
  const state = suspecting('8901', ['8902']);
  const config = { ...state.config, switches: ['no-fail-broadcast'] as const };
  const turn = turnOf({ ...state, config });
  markNodeAsFailingIfNeeded(turn, idOf('8903'));
  expect(entryOf(turn.state, '8903').flags & FAIL).toBe(FAIL);
  expect(sentIn(turn)).toEqual([]);
});

describe('fail: from suspicion to verdict (3 masters with slots, 2 votes needed)', () => {
  test.each([
    ['a master counts itself: one report is enough', suspecting('8901', ['8902']), true],
    ['a master alone is no majority', suspecting('8901', []), false],
    ['a replica does not count itself', suspecting('8904', ['8901']), false],
    ['a replica with two reports may pronounce it', suspecting('8904', ['8901', '8902']), true],
    ['not without suspecting it oneself', suspecting('8901', ['8902', '8904'], 0), false],
  ])('%s', (_, state, verdict) => {
    expect(isFail(state)).toBe(verdict);
  });

  test.each([
    [1, 0, true],
    [2, 0, false],
    [2, 1, true],
    [4, 1, false],
    [4, 2, true],
    [5, 1, false],
    [5, 2, true],
    [12, 5, false],
    [12, 6, true],
  ])('size %i, %i reports and myself: %s', (size, count, verdict) => {
    const names = Array.from({ length: count }, (_, i) => String(8910 + i));
    expect(isFail({ ...suspecting('8901', names), size })).toBe(verdict);
  });

  test('the size counts; it is not recounted here, dead masters are part of it', () => {
    expect(isFail({ ...suspecting('8901', ['8902']), size: 5 })).toBe(false);
  });

  test('everyone with a link is told, replicas and the dead one too', () => {
    const turn = turnOf(suspecting('8901', ['8902']));
    markNodeAsFailingIfNeeded(turn, idOf('8903'));
    const sent = sentIn(turn);
    expect(sent.map(({ message }) => message.type)).toEqual(Array(5).fill('FAIL'));
    expect(sent[0]!.message).toMatchObject({ about: idOf('8903'), sender: idOf('8901') });
    expect(logIn(turn)).toEqual([`Marking node ${idOf('8903')} as failing (quorum reached).`]);
    expect(entryOf(turn.state, '8903').failMs).toBe(NOW_MS);
    expect(entryOf(turn.state, '8903').flags & PFAIL).toBe(0);
    expect(turn.state.todo).toMatchObject({ updateState: true, saveConfig: true });
    expect(notesIn(turn, 'flag.set')).toEqual([
      { event: 'flag.set', at: '8901', about: '8903', flag: 'fail' },
    ]);
  });
});

describe('report: one for each reporter, valid for twice the timeout', () => {
  const aged = (ageMs: number): ClusterState =>
    withEntry(settledNode('8901'), '8903', {
      failReports: [{ by: idOf('8902'), atMs: NOW_MS - ageMs }],
    });

  test.each([
    [2 * T_MS, 1],
    [2 * T_MS + 1, 0],
  ])('%i ms old: %i counted', (ageMs, counted) => {
    expect(countFailReports(turnOf(aged(ageMs)), idOf('8903'))).toBe(counted);
  });

  test('it expires only when someone counts, and leaves a note then', () => {
    const turn = turnOf(aged(99_000));
    expect(entryOf(turn.state, '8903').failReports).toHaveLength(1);
    countFailReports(turn, idOf('8903'));
    expect(entryOf(turn.state, '8903').failReports).toHaveLength(0);
    expect(notesIn(turn, 'report.expire')).toEqual([
      { event: 'report.expire', at: '8901', about: '8903', by: '8902' },
    ]);
  });

  test('a second report of the same master refreshes the first, silently', () => {
    const turn = turnOf(aged(3_000));
    addFailReport(turn, idOf('8903'), idOf('8902'));
    expect(entryOf(turn.state, '8903').failReports).toEqual([{ by: idOf('8902'), atMs: NOW_MS }]);
    expect(logIn(turn)).toEqual([]);
  });

  test('taking back what was never said is no news', () => {
    const turn = turnOf(aged(99_000));
    removeFailReport(turn, idOf('8903'), idOf('8904'));
    expect(turn.effects).toEqual([]);
    expect(entryOf(turn.state, '8903').failReports).toHaveLength(1);
  });

  test('even an old report, taken back, is said to be back online', () => {
    const turn = turnOf(aged(99_000));
    removeFailReport(turn, idOf('8903'), idOf('8902'));
    expect(logIn(turn)).toEqual([
      `Node ${idOf('8902')} reported node ${idOf('8903')} is back online.`,
    ]);
  });
});

describe('fail: the message is obeyed', () => {
  const obey = (state: ClusterState, sender: string | null, about: string) => {
    const turn = turnOf(state);
    obeyFail(turn, sender ? idOf(sender) : null, idOf(sender ?? '8999'), idOf(about));
    return turn;
  };

  test.each(['8902', '8905'])(
    'from %s, master or replica, without a suspicion of our own',
    (by) => {
      const turn = obey(settledNode('8901'), by, '8903');
      expect(entryOf(turn.state, '8903')).toMatchObject({ failMs: NOW_MS });
      expect(entryOf(turn.state, '8903').flags & (FAIL | PFAIL)).toBe(FAIL);
      expect(logIn(turn)).toEqual([`FAIL message received from ${idOf(by)} about ${idOf('8903')}`]);
    },
  );

  test('not from a node we do not know', () => {
    const turn = obey(settledNode('8901'), null, '8903');
    expect(entryOf(turn.state, '8903').flags & FAIL).toBe(0);
    expect(logIn(turn)).toEqual([
      `Ignoring FAIL message from unknown node ${idOf('8999')} about ${idOf('8903')}`,
    ]);
  });

  test('not about myself, and not twice', () => {
    expect(obey(settledNode('8901'), '8902', '8901').effects).toEqual([]);
    expect(obey(flagged(settledNode('8901'), '8903', FAIL), '8902', '8903').effects).toEqual([]);
  });
});

describe('fail: a PONG came over our own link', () => {
  const clear = (name: string, change: { slots?: []; failMs: number }) => {
    const state = withEntry(flagged(settledNode('8901'), name, FAIL), name, change);
    const turn = turnOf(state);
    clearNodeFailureIfNeeded(turn, idOf(name));
    const cleared = (entryOf(turn.state, name).flags & FAIL) === 0;
    return { cleared, log: logIn(turn) };
  };
  const failMs = NOW_MS - 2 * T_MS;

  test('a replica is cleared at once', () => {
    expect(clear('8905', { failMs: NOW_MS })).toEqual({
      cleared: true,
      log: [`Clear FAIL state for node ${idOf('8905')}: replica is reachable again.`],
    });
  });

  test('a master without slots is cleared at once', () => {
    expect(clear('8903', { slots: [], failMs: NOW_MS })).toEqual({
      cleared: true,
      log: [`Clear FAIL state for node ${idOf('8903')}: master without slots is reachable again.`],
    });
  });

  test('a master with slots stays FAIL for twice the timeout', () => {
    expect(clear('8903', { failMs }).cleared).toBe(false);
  });

  test('after that it is cleared, since nobody took its slots', () => {
    expect(clear('8903', { failMs: failMs - 1 })).toEqual({
      cleared: true,
      log: [
        `Clear FAIL state for node ${idOf('8903')}: is reachable again and nobody is serving ` +
          'its slots after some time.',
      ],
    });
  });
});
