import { describe, expect, test } from 'vitest';
import { compileLesson } from './compile-lesson';
import { printProblem } from './problem';

const LESSON = `minutes: 5
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
    highlight: ['node:8901', 'reports:8904/8901']
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

const EN = `# Title

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

const SOLUTION = 'quorum: 2\ntry: [wake 8901]\n';
const TRAP = 'step: try\ndo: [wake 8902]\nnear: other\n';
const FILES = {
  'lesson.yaml': LESSON,
  'en.md': EN,
  'zh-CN.md': EN,
  'solution.yaml': SOLUTION,
  'traps/other.yaml': TRAP,
};

function complaints(changed: Partial<typeof FILES>, locale: 'en' | 'zh-CN' = 'en'): string[] {
  const { problems } = compileLesson({ slug: 'x', files: { ...FILES, ...changed } });
  return problems.map((each) => printProblem(each, locale));
}

function changed(from: string, to: string): string[] {
  expect(LESSON).toContain(from);
  return complaints({ 'lesson.yaml': LESSON.replace(from, to) });
}

test('a lesson that is right compiles to data', () => {
  const { lesson, scripts, problems } = compileLesson({ slug: 'x', files: FILES });
  expect(problems).toEqual([]);
  expect(lesson!.scenes['main']).toEqual({
    scene: {
      masters: 3,
      replicasPerMaster: 1,
      nodeTimeoutMs: 5000,
      seed: 7,
      start: 'create',
      latencyMs: { min: 40, max: 120 },
      inputs: [{ atMs: 8000, input: { type: 'freeze', node: '8901' } }],
    },
    opens: { type: 'at', atMs: 9000 },
  });
  expect(lesson!.steps[0]).toMatchObject({
    scene: 'main',
    view: { as: '8904', panel: 'log', key: null },
    highlight: [
      { type: 'node', node: '8901' },
      { type: 'reports', at: '8904', about: '8901' },
    ],
  });
  expect(lesson!.text.en.parts).toEqual([{ term: 'report', html: 'What one node says.' }]);
  expect(lesson!.text.en.steps['quorum']).toMatchObject({
    html: '<p>Three masters.</p>',
    question: 'How many reports?',
    options: { '1': 'One', '2': 'Two' },
    because: { half: 'Half of two is not a majority.' },
  });
  expect(lesson!.text.en.steps['try']!.goals['awake']).toContain('data-node="8901"');
  expect(scripts.solution.answers).toEqual({ quorum: 2 });
  expect(scripts.traps[0]).toMatchObject({ step: 'try', near: 'other' });
  expect(JSON.parse(JSON.stringify(lesson))).toEqual(lesson);
});

describe('a mistake is named with its line and the nearest valid word', () => {
  test.each([
    ['minutes: 5', 'minuts: 5', /^x\/lesson\.yaml:1 E01 .*“minuts”\. Did you mean minutes\?/],
    ['kind: do', 'kind: doo', /:24 E01 kind: I found doo; .* Did you mean do\?/],
    ['nodes: 3+3', 'nodes: 2+2', /:4 E03 .*requires at least 3 master nodes\. .* 4 nodes and 1/],
    ['nodes: 3+3', 'nodes: 3+4', /:4 E03 4 replicas cannot be shared equally by 3 masters/],
    [
      'nodes: 3+3',
      'nodes: 3+3\n  ports: [8900, 8900]',
      /:5 E03 2 ports, 1 of them different, for 6/,
    ],
    [
      'nodes: 3+3',
      'nodes: 3+3\n  switches: [ignore-epoch]',
      /:5 E01 .*ignore-epoch; .* Did you mean ignore-epochs\?/,
    ],
    ['freeze 8901', 'freez 8901', /:6 E01 "freez" is not an action\. Did you mean freeze\?/],
    ['at 8s freeze 8901', 'freeze 8901', /:6 E01 A scene acts at a time/],
    ['at 8s freeze 8901', 'at 8s freeze 8907', /:6 E02 "8907" is not a node of this scene/],
    ['node:8901', 'node:8911', /:12 E02 8911 is not a node of this scene\. Did you mean 8901\?/],
    ['node:8901', 'nod:8901', /:12 E01 .*“nod”\. Did you mean node\?/],
    ['{ id: 2, right: true }', '{ id: 2, because: half }', /:13 E10 Question quorum has no acc/],
    ['self(8904).quorum', 'self(8904).quorm', /:19 E15 No such key: quorm.* Did you mean quorum\?/],
    ['key-event: seen(', 'key-event: sen(', /:21 E15 .*Did you mean seen\?/],
    ['when: did("wake")', 'when: "count(fail(any, any))"', /:34 E15 This is int; expected bool\./],
    ['check: back', 'check: bakc', /:25 E01 .*“bakc”\. Did you mean back\?/],
    ['    check: back\n', '', /E10 Step try has no check/],
    ['id: start', 'id: try', /A step try stands before/],
    ['opens: 9s', 'opens: soon', /:7 E01 .*“soon”/],
    ['allow: [freeze, wake]', 'allow: [freeze]', /solution\.yaml:2 E14 This uses wake/],
  ])('%s -> %s', (from, to, line) => {
    expect(changed(from, to).join('\n')).toMatch(line);
  });

  test('texts that are missing, left over, or different in the two languages', () => {
    const misspelt = complaints({ 'en.md': EN.replace('## try', '## tyr') });
    expect(misspelt).toContainEqual(expect.stringMatching(/en\.md E11 .*“try”/));
    expect(misspelt).toContainEqual(expect.stringMatching(/en\.md:33 E12 .*Did you mean try\?/));
    const drifted = complaints({ 'zh-CN.md': EN.replace('Three masters', '30 masters') });
    expect(drifted).toEqual([expect.stringMatching(/zh-CN\.md:15 E13 .*30/)]);
    const smug = complaints({ 'en.md': EN.replace('Wake it.', 'Just wake it.') });
    expect(smug).toEqual([expect.stringMatching(/en\.md:33 W05 “Just”/)]);
  });

  test('a step of a script that does not exist', () => {
    const [line] = complaints({ 'traps/other.yaml': TRAP.replace('step: try', 'step: tri') });
    expect(line).toMatch(/traps\/other\.yaml:1 E01 .*“tri”\. Did you mean try\?/);
  });

  test('in Chinese too', () => {
    const text = LESSON.replace('minutes: 5', 'minuts: 5');
    expect(complaints({ 'lesson.yaml': text }, 'zh-CN')[0]).toMatch(
      /不认识“minuts”。是不是 minutes？/,
    );
  });
});

describe('a line of one’s own', () => {
  const asks = LESSON.replace(
    'checks:',
    '  - { id: why, kind: reflect, ask: free, phase: own, highlight: [] }\nchecks:',
  );
  const why = '\n## why\n\nYou said {guess:quorum}.\n\n**Why?**\n\n### rubric\n\nA majority.\n';

  test('is asked for, with what it should hold, and may quote an answer', () => {
    const files = { ...FILES, 'lesson.yaml': asks, 'en.md': EN + why, 'zh-CN.md': EN + why };
    const { lesson, problems } = compileLesson({ slug: 'x', files });
    expect(problems).toEqual([]);
    expect(lesson!.steps.at(-1)).toMatchObject({ phase: 'own', ask: { type: 'free' } });
    expect(lesson!.text.en.steps['why']).toMatchObject({
      html: '<p>You said <span class="guess" data-step="quorum"></span>.</p>',
      rubric: 'A majority.',
    });
    expect(lesson!.ways['try']).toEqual([{ type: 'input', input: { type: 'wake', node: '8901' } }]);
  });

  test('needs its rubric, and quotes only what was asked by then', () => {
    const late = why.replace('quorum', 'why').replace('### rubric', '### rubrik');
    const found = complaints({ 'lesson.yaml': asks, 'en.md': EN + late }).join('\n');
    expect(found).toMatch(/E11 .*“why \/ rubric”/);
    expect(found).toMatch(/E12 .*“rubrik”.*Did you mean rubric\?/);
    expect(found).toMatch(/en\.md:53 E01 \{guess:why\} quotes no answer given by then/);
  });
});
