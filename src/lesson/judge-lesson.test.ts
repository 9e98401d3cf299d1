import { describe, expect, test } from 'vitest';
import { SimulatedSource } from '../timeline/simulated-source';
import { busiestMoment } from './busiest-moment';
import { compileLesson } from './compile-lesson';
import { judgeLesson } from './judge-lesson';
import { newLesson } from './new-lesson';
import { playLesson } from './play-lesson';
import { printProblem } from './problem';

const LESSON = `minutes: 2
allow: [cli]
scene: { nodes: 3+3, seed: 5, opens: 8s }
steps:
  - id: guess
    kind: predict
    ask: number
    is: 5798
    wrong: [{ when: answer < 0, because: negative }]
    truth: slot("name")
    then: ['cli 8901 GET name']
    key-event: seen(reply("c1", "MOVED"))
    highlight: []
  - id: store
    kind: do
    check: stored
    highlight: []
checks:
  stored:
    goals: [{ id: done, when: 'seen(reply("c1", "ok"))' }]
    near: [{ id: moved, when: 'count(reply("c1", "MOVED")) > 1' }]
`;
const PROSE = `# T

## guess

**Which?**

### negative

No.

## store

Store it.

### done

Done

### moved

Elsewhere
`;
const FILES = {
  'lesson.yaml': LESSON,
  'en.md': PROSE,
  'zh-CN.md': PROSE,
  'solution.yaml': "store: ['cli -c 8901 SET name x']\n",
  'traps/door.yaml': "step: store\ndo: ['cli 8901 SET name x']\nnear: moved\n",
  'traps/negative.yaml': 'step: guess\nanswer: -1\nbecause: negative\n',
};

function judged(changed: Partial<typeof FILES>): string {
  const compiled = compileLesson({ slug: 'x', files: { ...FILES, ...changed } });
  expect(compiled.problems).toEqual([]);
  const problems = judgeLesson(compiled, (scene) => new SimulatedSource(scene));
  return problems.map((each) => printProblem(each, 'en')).join('\n');
}

function withLesson(from: string, to: string): string {
  expect(LESSON).toContain(from);
  return judged({ 'lesson.yaml': LESSON.replace(from, to) });
}

test('a lesson that is right has no problems', () => {
  expect(judged({})).toBe('');
});

test('a new lesson passes as it is made', () => {
  const compiled = compileLesson(newLesson('fresh'));
  expect(compiled.problems).toEqual([]);
  expect(judgeLesson(compiled, (scene) => new SimulatedSource(scene))).toEqual([]);
});

test('playing reports what was answered and what was seen', () => {
  const { lesson, scripts } = compileLesson({ slug: 'x', files: FILES });
  const [guess, store] = playLesson(lesson!, (s) => new SimulatedSource(s), scripts.solution);
  expect(guess).toMatchObject({ verdict: { right: true }, truth: 5798, keyEventReached: true });
  expect(store!.checkAtEntry).toMatchObject({ passed: false });
  expect(store!.check).toMatchObject({ passed: true });
});

describe('what only playing shows', { timeout: 60_000 }, () => {
  test.each([
    ['is: 5798', 'is: 5799', /E09 In the simulation the answer to guess is 5798/],
    ['seen(reply("c1", "ok"))', 'count(reply("c1", "ok")) > 3', /E06 The solution leaves done/],
    ['seen(reply("c1", "ok"))', 'seen(reply("c1", "MOVED"))', /E05 The check stored holds when/],
    ['seen(reply("c1", "ok"))', 'now > 20000', /E05 .* when nothing is done for 30 s/],
    ["then: ['cli 8901 GET name']", 'then: []', /E04 What follows guess does not reach/],
    [
      'key-event: seen(reply("c1", "MOVED"))',
      'key-event: now > 1000',
      /E08 The key event of guess/,
    ],
    ['    key-event: seen(reply("c1", "MOVED"))\n', '', /E08 No prediction guards/],
    ['opens: 8s', 'opens: "seen(fail(any, 8901))"', /E04 .*\(opens\) waits for .* Last: \{/],
  ])('%s -> %s', (from, to, line) => {
    expect(withLesson(from, to)).toMatch(line);
  });

  test('a trap that passes, and one that leads elsewhere', () => {
    const passes = "step: store\ndo: ['cli 8902 SET name x']\nnear: moved\n";
    expect(judged({ 'traps/door.yaml': passes })).toMatch(/door\.yaml E07 It passes/);
    const nothing = "step: store\ndo: ['cli 8902 GET name']\nnear: moved\n";
    expect(judged({ 'traps/door.yaml': nothing })).toMatch(
      /E07 It leads to nothing; expected moved/,
    );
    const right = 'step: guess\nanswer: 5798\nbecause: negative\n';
    expect(judged({ 'traps/negative.yaml': right })).toMatch(/negative\.yaml E07 It passes/);
  });
});

test('a moment with more messages than anybody can follow', () => {
  class Crowd extends SimulatedSource {
    /** 65 more that have left by now. */
    override notes() {
      const { step, atMs } = this.cursor;
      const ping = { event: 'sent', type: 'PING', from: '8901', to: '8902' } as const;
      const more = Array.from({ length: 65 }, (_, i) => ({ ...ping, message: -i, step, atMs }));
      return [...super.notes(), ...more];
    }
  }
  const compiled = compileLesson({ slug: 'x', files: FILES });
  const problems = judgeLesson(compiled, (scene) => new Crowd(scene));
  const said = problems.map((each) => printProblem(each, 'en')).join('\n');
  expect(said).toMatch(/^x\/lesson\.yaml:5 W03 \d+ messages move at once in guess, at 8\.\d s;/m);
  expect(said).toMatch(
    /; 64 at most can be followed\. Take fewer nodes, or pass over .*“skip until …”/,
  );
});

describe('busiestMoment', () => {
  const note = (event: 'sent' | 'received' | 'lost', message: number, step: number) =>
    ({ event, message, step, atMs: step * 10, type: 'PING', from: 'a', to: 'b' }) as const;
  const notes = [
    note('sent', 1, 1),
    note('sent', 2, 2),
    note('received', 1, 3),
    note('sent', 3, 4),
    note('lost', 2, 5),
    note('sent', 4, 6),
  ];

  test('counts what left before and is still on its way', () => {
    expect(busiestMoment(notes, [{ fromStep: 3, toStep: 6 }])).toEqual({ messages: 2, atMs: 40 });
  });

  test('passes over what is not shown', () => {
    expect(busiestMoment(notes, [{ fromStep: 0, toStep: 1 }])).toEqual({ messages: 1, atMs: 10 });
    expect(busiestMoment(notes, [])).toBeNull();
  });
});
