/** A small lesson that is right, and what is said about it when it is changed. */
import { compileLesson } from './compile-lesson';
import { printProblem } from './problem';

export const LESSON = `minutes: 2
allow: [freeze, wake]
scene:
  nodes: 3+3
  seed: 7
  do: ['at 8s freeze 8901']
  opens: 9s
steps:
  - id: start
    kind: watch
    view: { as: 8904, panel: log }
    highlight: ['node:8901', 'reports:8904/8901', 'message:FAIL']
  - id: quorum
    kind: predict
    ask: choice
    options:
      - { id: 1, because: half }
      - { id: 2, right: true }
    truth: self(8904).quorum
    then: ['run until seen(fail(any, 8901)) within 20s']
    key-event: seen(fail(any, 8901))
    highlight: []
  - id: try
    kind: do
    check: back
    hints: [nudge]
    highlight: []
checks:
  back:
    goals:
      - { id: awake, when: self(8901).process == "running" }
      - { id: all, when: 'nodes.filter(n, !sees(n, 8901).fail).size()', of: 6 }
    near:
      - { id: other, when: did("wake") }
`;

export const EN = `# Title

A summary.

## parts

### report

What one node says.

## start

{8901} is frozen.

## quorum

Three masters.

**How many reports?**

### 1

One

### 2

Two

### half

Half of two is not a majority.

## try

Wake it.

### awake

{8901} runs

### all

All see it

### other

Another node woke

### nudge

Which process sleeps?
`;

export const SOLUTION = 'quorum: 2\ntry: [wake 8901]\n';
export const TRAP = 'step: try\ndo: [wake 8902]\nnear: other\n';
export const FILES = {
  'lesson.yaml': LESSON,
  'en.md': EN,
  'zh-CN.md': EN,
  'solution.yaml': SOLUTION,
  'traps/other.yaml': TRAP,
};

/** What is said about the lesson when some of its files are others. */
export function complaints(
  changed: Partial<typeof FILES>,
  locale: 'en' | 'zh-CN' = 'en',
): string[] {
  const { problems } = compileLesson({ slug: 'x', files: { ...FILES, ...changed } });
  return problems.map((each) => printProblem(each, locale));
}

/** The same when one thing in lesson.yaml is another. */
export function changed(from: string, to: string): string[] {
  if (!LESSON.includes(from)) throw new Error(`the lesson does not say ${from}`);
  return complaints({ 'lesson.yaml': LESSON.replace(from, to) });
}
