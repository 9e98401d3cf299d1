import { describe, expect, test } from 'vitest';
import { compileLesson } from './compile-lesson';
import { changed, complaints, EN, FILES, LESSON, TRAP } from './fixtures';

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
      { type: 'message', messageType: 'FAIL' },
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
    ['minutes: 2', 'minuts: 5', /^x\/lesson\.yaml:1 E01 .*“minuts”\. Did you mean minutes\?/],
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
    ['key-event: seen(', 'key-event: sean(', /:21 E15 .*Did you mean seen\?/],
    ['when: did("wake")', 'when: "count(fail(any, any))"', /:34 E15 This is int; expected bool\./],
    ['check: back', 'check: bakc', /:25 E01 .*“bakc”\. Did you mean back\?/],
    ['    check: back\n', '', /E10 Step try has no check/],
    ['id: start', 'id: try', /A step try stands before/],
    [
      "then: ['run until seen(fail(any, 8901)) within 20s']",
      'then: [run until seen(fail(any, 8901)) within 20s]',
      /E01 A comma in \[…\] ends a sentence: put this one in quotes, 'run until seen\(fail\(any, …'/,
    ],
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
    const text = LESSON.replace('minutes: 2', 'minuts: 5');
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
