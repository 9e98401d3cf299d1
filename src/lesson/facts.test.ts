import { describe, expect, test } from 'vitest';
import type { Note, RecordedNote } from '../protocol/notes';
import { parseAction } from './actions';
import { checkResult } from './check';
import { compileCondition, holds, valueOf } from './conditions';
import { UnknownNodeError } from './facts';
import { FRAME } from './facts-fixture';
import type { Moment } from './lesson-run';

function at(step: number, atMs: number, note: Note): RecordedNote {
  return { ...note, step, atMs };
}

const notes: RecordedNote[] = [
  at(1, 1000, { event: 'process', node: '8901', process: 'frozen' }),
  at(5, 6200, { event: 'flag.set', at: '8902', about: '8901', flag: 'pfail' }),
  at(6, 6300, { event: 'report.add', at: '8904', about: '8901', by: '8902' }),
  at(8, 8000, { event: 'flag.set', at: '8904', about: '8901', flag: 'fail' }),
  at(8, 8000, { event: 'log', node: '8904', level: 'notice', text: 'Marking node x as failing' }),
  at(8, 8000, { event: 'cli', run: 2, text: '[OK] All 16384 slots covered.', ends: true }),
  at(9, 8100, {
    event: 'reply',
    client: 'c1',
    node: '8901',
    kind: 'MOVED',
    text: 'MOVED 5798 127.0.0.1:8902',
    command: 'SET name zhangsan',
  }),
  at(10, 8200, {
    event: 'reply',
    client: 'c1',
    node: '8902',
    kind: 'ok',
    text: 'OK',
    command: 'MSET {u}:a 1 {u}:b 2',
  }),
  at(11, 8300, { event: 'link', from: '8901', to: '8902', link: 'cut' }),
  at(11, 8300, { event: 'delivered', channel: 'news', at: '8904' }),
  at(11, 8300, { event: 'push', client: 's1', node: '8904', text: '"message" "news" "hi"' }),
  at(12, 9500, {
    event: 'acknowledged.lost',
    keys: ['b'],
    by: '8901',
    owner: '8904',
    why: 'not-replicated',
  }),
  at(20, 12_000, { event: 'promote', node: '8904', epoch: 7 }),
];

const deeds = ['freeze 8901', 'cut 8902-8903', 'cli 8902 SET name lisi'].map((text) => {
  const parsed = parseAction(text);
  if (!parsed.ok || parsed.timed.action.type !== 'input') throw new Error(text);
  return { atMs: 1000, input: parsed.timed.action.input };
});

const moment: Moment = { frame: FRAME, notes, untilStep: 15, deeds };

describe('facts', () => {
  test.each([
    ['sees(8902, 8901).pfail && !sees(8902, 8901).fail', true],
    ['sees(8904, 8901).fail', true],
    ['sees(8904, 8901).reports', [8902n]],
    ['"master" in sees(8902, 8901).flags', true],
    ['self(8904).master', 8901],
    ['self(8904).role == "replica" && self(8901).process == "frozen"', true],
    ['self(8902).quorum', 2],
    ['owner(5798, 8904)', 8902],
    ['slot("name")', 5798],
    ['owner(slot("name"), 8901) == 8902', true],
    ['client("c1").redirects == 1 && client("c1").knows == 1', true],
    ['client("nobody").redirects', 0],
    ['client("c1").acknowledged', 7],
    ['self(8902).keys == 2 && self(8902).openSlots == 1', true],
    ['replies("c1").filter(r, r.atMs == 8200).map(r, r.kind)', ['ok']],
    ['nodes.filter(n, sees(n, 8901).fail).size()', 1],
    ['now', 10_000],
    ['seen(fail(8904, 8901))', true],
    ['seen(fail(any, any)) && never(fail(8902, any))', true],
    ['count(report(any, 8901, any))', 1],
    ['first(pfail(8902, 8901)) < first(fail(8904, 8901))', true],
    ['first(fail(8904, 8901)) < first(fail(8903, 8901))', true],
    ['first(fail(8903, 8901)) < first(fail(8902, 8901))', false],
    ['before(report(8904, 8901, 8902), fail(8904, 8901))', true],
    ['before(fail(8904, 8901), report(8904, 8901, 8902))', false],
    ['seen(line(any, "as failing")) && never(line(8902, "as failing"))', true],
    ['count(cli("16384 slots covered")) == 1 && never(cli("[ERR]"))', true],
    ['seen(reply("c1", "MOVED", 8901))', true],
    ['replies("c1").exists(r, r.verb == "MSET" && r.keys.size() == 2 && r.kind == "ok")', true],
    ['replies("c1").filter(r, r.kind == "ok").map(r, r.keys[0])', ['{u}:a']],
    ['did("freeze") && did("cut 8903-8902") && did("cli 8902 SET name")', true],
    ['did("kill") || did("cut 8901")', false],
    ['times("freeze") + times("cli 8902")', 2],
    ['packet("PING", 8901, 8902).bytes', 0],
    ['lost(any) == 1 && lost(8901) == 1 && lost(8902) == 0', true],
    ['count(acknowledgedLost(8901, ""))', 1],
    ['count(fail(any, 8901), 3000)', 1],
    ['count(fail(any, 8901), 2000)', 0],
    ['seen(acknowledgedLost(any, "replaced-master"))', false],
    ['first(link(8901, any, "cut"))', 8300],
    ['seen(link(8901, 8902, "healed"))', false],
    ['seen(delivered("news", 8904)) && never(delivered("news", 8903))', true],
    ['seen(heard("s1", "hi")) && never(heard("s2", ""))', true],
  ])('%s', (text, expected) => {
    expect(valueOf(text, moment)).toEqual(expected);
  });

  test('the future is not looked at', () => {
    expect(holds('seen(promoted(8904))', moment)).toBe(false);
    expect(holds('seen(promoted(8904))', { ...moment, untilStep: 20 })).toBe(true);
  });

  test('another branch has its own history', () => {
    const other = notes.slice(0, 2);
    expect(holds('seen(fail(8904, 8901))', { ...moment, notes: other })).toBe(false);
    expect(holds('seen(fail(8904, 8901))', moment)).toBe(true);
  });

  test('a node that is not in the scene is an error, not an answer', () => {
    expect(() => holds('self(9999).slots == 0', moment)).toThrow(UnknownNodeError);
  });
});

describe('a wrong expression', () => {
  test.each([
    ['sees(8902, 8901).pfial', 'pfail'],
    ['sees(8902, 8901).pfail = true', null],
    ['befor(fail(1, 2), fail(2, 1))', 'before'],
    ['sees("8902", 8901).pfail', null],
    ['nwo > 3', 'now'],
    ['sees(8902, 8901).flags.exists(f, f.matches("(a+)+$"))', null],
    ['nodes.all(a, nodes.all(b, nodes.all(c, true)))', null],
    [`${'!'.repeat(700)}true`, null],
  ])('%s', (text, nearest) => {
    const compiled = compileCondition(text);
    expect(compiled.ok).toBe(false);
    if (!compiled.ok) expect(compiled.error.nearest).toBe(nearest);
  });

  test('one that asks too often is stopped', () => {
    const wide = { ...FRAME, nodes: Array.from({ length: 200 }, () => FRAME.nodes[0]!) };
    const text = 'nodes.all(a, nodes.all(b, sees(a, b).known))';
    expect(() => holds(text, { ...moment, frame: wide })).toThrow(/asks more than/);
  });
});

describe('a check', () => {
  const check = {
    id: 'spread',
    goals: [
      { id: 'suspected', when: 'sees(8902, 8901).pfail', of: null },
      { id: 'everyone', when: 'nodes.filter(n, sees(n, 8901).fail).size()', of: 3 },
    ],
    near: [
      { id: 'unseen', when: 'never(fail(any, 8901))' },
      { id: 'only-one', when: 'sees(8904, 8901).fail' },
    ],
  };

  test('counts its goals and says the first near miss that holds', () => {
    expect(checkResult(check, moment)).toEqual({
      id: 'spread',
      passed: false,
      nearMiss: 'only-one',
      goals: [
        { id: 'suspected', passed: true, progress: null },
        { id: 'everyone', passed: false, progress: { done: 1, of: 3 } },
      ],
    });
  });

  test('says nothing more once it has passed', () => {
    const passed = checkResult({ ...check, goals: check.goals.slice(0, 1) }, moment);
    expect(passed).toMatchObject({ passed: true, nearMiss: null });
  });
});

test('facts: a slot on the move', () => {
  const moving: RecordedNote[] = [
    at(1, 1_000, { event: 'slot.open', node: '8902', slot: 7, mark: 'importing', peer: '8901' }),
    at(2, 2_000, { event: 'key.move', node: '8901', to: '8902', key: 'a', slot: 7 }),
    at(3, 3_000, { event: 'slot.close', node: '8902', slot: 7, mark: 'importing' }),
    at(4, 4_000, {
      event: 'slot.owner',
      node: '8903',
      slots: '7',
      owner: '8902',
      epoch: 7,
      by: 'claim',
    }),
  ];
  const later = { ...moment, notes: moving };
  expect(
    holds(
      'seen(slotOpened(8902, "importing")) && never(slotOpened(any, "migrating")) && ' +
        'before(keyMoved(8901, 8902), slotClosed(8902)) && seen(slotOwner(8903, 8902)) && ' +
        'never(slotOwner(8901, any))',
      later,
    ),
  ).toBe(true);
});
