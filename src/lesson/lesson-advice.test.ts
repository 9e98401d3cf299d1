import { describe, expect, test } from 'vitest';
import { compileLesson } from './compile-lesson';
import { changed, complaints, EN, FILES } from './fixtures';
import { printProblem } from './problem';

describe('what a condition may not do', () => {
  test.each([
    [
      'seen(fail(any, 8901)) within',
      'seen(fail(any, 8911)) within',
      /E02 8911 .*Did you mean 8901/,
    ],
    ['self(8904).quorum', 'sees(8904, 8999).slots', /:19 E02 8999 is not a node of this scene/],
    ['did("wake")', `did("wake") || ${'true || '.repeat(90)}true`, /:34 E16 longer than 600/],
    [
      'did("wake")',
      '"nodes.all(a, nodes.all(b, nodes.all(c, a == b)))"',
      /:34 E16 more than 2 loops within one another/,
    ],
  ])('%s -> %s', (from, to, line) => {
    expect(changed(from, to).join('\n')).toMatch(line);
  });
});

describe('what would keep a page busy', () => {
  test.each([
    ['nodes: 3+3', 'nodes: 60+60', /:4 E16 A scene of 120 nodes; a lesson can play at most 100/],
    ['opens: 9s', 'opens: 1001s', /:4 E16 This runs too long: with 6 nodes, 1000 s at most/],
    ['within 20s', 'within 2000s', /:13 E16 This runs too long/],
    ['opens: 9s', 'opens: 9s\n  timeout: 9ms', /:4 E16 A timeout of 9 ms; at least 100 ms/],
  ])('%s -> %s', (from, to, line) => {
    expect(changed(from, to).join('\n')).toMatch(line);
  });
});

describe('advice', () => {
  const shown = (from: string, to: string) => complaints({ 'en.md': EN.replace(from, to) });

  test.each([
    ['Three masters.', `Three masters. ${'word '.repeat(90)}`, /W01 Step quorum has 95 words; 80/],
    ['Three masters.', 'See the red node.', /en\.md:15 W02 “red node”: say its name/],
    ['Three masters.', `It is ${'a1b2c3d4e5'.repeat(4)}.`, /W07 “a1b2c3d4…” is a node ID/],
    ['Wake it.', 'Obviously asleep.', /en\.md:33 W05 “Obviously”/],
  ])('%s -> %s', (from, to, line) => {
    expect(shown(from, to).join('\n')).toMatch(line);
  });

  test('a caption is for a whole room, and in Chinese it is counted in characters', () => {
    const caption = `Wake it.\n\n### caption\n\n${'word '.repeat(21)}`;
    expect(shown('Wake it.', caption).join('\n')).toMatch(
      /W01 The caption of try has 21 words; 20/,
    );
    const long = EN.replace('Three masters.', '三'.repeat(171));
    expect(complaints({ 'zh-CN.md': long }, 'zh-CN')).toEqual([
      'x/zh-CN.md:15 W01 步骤 quorum 的正文有 171 字，建议不超过 170。',
    ]);
  });

  test('a lesson in one language is told in it to everybody', () => {
    const { 'zh-CN.md': _, ...files } = FILES;
    const { lesson, problems } = compileLesson({ slug: 'x', files });
    expect(problems.map((each) => printProblem(each, 'en'))).toEqual([
      'x/zh-CN.md W09 The file is missing.',
    ]);
    expect(lesson!.text['zh-CN']).toEqual(lesson!.text.en);
    const { 'en.md': __, ...none } = files;
    expect(compileLesson({ slug: 'x', files: none }).problems.map(({ code }) => code)).toContain(
      'E11',
    );
  });

  test('a lesson that takes longer than it says, and a step that shows nothing', () => {
    const long = EN.replace('Three masters.', 'word '.repeat(320));
    expect(complaints({ 'en.md': long }).join('\n')).toMatch(
      /lesson\.yaml:1 W06 The steps add up to about 3 min; the lesson says 2\./,
    );
    const empty = '  - { id: pause, kind: watch, highlight: [] }\n';
    expect(changed('  - id: quorum', `${empty}  - id: quorum`).join('\n')).toMatch(
      /x\/lesson\.yaml:13 W08 Step pause shows nothing new/,
    );
  });

  test('a lesson about another Redis', () => {
    expect(changed('minutes: 2', 'minutes: 2\nredis: 7.2')).toEqual([
      expect.stringMatching(/:2 E19 This lesson is about Redis 7\.2; .* rules of 7\.0\.15/),
    ]);
    expect(changed('minutes: 2', 'minutes: 2\nredis: 7.0.15')).toEqual([]);
  });
});
