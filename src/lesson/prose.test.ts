import { describe, expect, test } from 'vitest';
import { blockHtml, inlineHtml, plainText, questionOf, readProse } from './prose';

const TEXT = `# From suspicion to verdict

When an opinion becomes a fact.

## quorum

{8902} holds PFAIL for {8901}. \`{8901}\` and \`FAIL\` in code stay as they are.

- FAILOVER_AUTH_REQUEST is a *word* of its own

**How many reports does {8904} need?**

### one

One, because {8904} votes

### two

Two & no more
`;

const prose = readProse('reports/en.md', 'en', TEXT);
const section = prose.sections.get('quorum')!;

describe('prose', () => {
  test('has a title, a summary, sections and pieces with their lines', () => {
    expect(prose.title).toBe('From suspicion to verdict');
    expect(prose.summary).toBe('When an opinion becomes a fact.');
    expect([...prose.sections.keys()]).toEqual(['quorum']);
    expect(section.line).toBe(5);
    expect([...section.pieces.values()].map(({ id, line }) => [id, line])).toEqual([
      ['one', 13],
      ['two', 17],
    ]);
    expect(prose.problems).toEqual([]);
  });

  test('the bold last paragraph is the question', () => {
    const { question, rest } = questionOf(section.tokens);
    expect(inlineHtml([question!])).toBe(
      'How many reports does <span class="nref" data-node="8904">8904</span> need?',
    );
    expect(blockHtml(rest)).not.toContain('How many');
  });

  test('nodes and states become spans, but not in code or in longer words', () => {
    const html = blockHtml(questionOf(section.tokens).rest);
    expect(html).toContain('<span class="nref" data-node="8902">8902</span> holds');
    expect(html).toContain('<span class="state-pfail">PFAIL</span>');
    expect(html).toContain('<code>{8901}</code> and <code>FAIL</code>');
    expect(html).toContain('<li>FAILOVER_AUTH_REQUEST is a <em>word</em>');
  });

  test('code is not broken at a hyphen or a colon', () => {
    const { sections } = readProse('a/en.md', 'en', '## a\n\n`--cluster`, `cart:{u1}` and `a b`');
    expect(blockHtml(sections.get('a')!.tokens)).toBe(
      '<p><code class="whole">--cluster</code>, <code class="whole">cart:{u1}</code> and <code>a b</code></p>',
    );
  });

  test('a piece is one line of HTML', () => {
    expect(inlineHtml(section.pieces.get('two')!.tokens)).toBe('Two &amp; no more');
  });

  test('Chinese text beside a node or a state is read the same way', () => {
    const zh = readProse('reports/zh-CN.md', 'zh-CN', '## a\n\n节点{8901}记上PFAIL：怀疑。');
    expect(blockHtml(zh.sections.get('a')!.tokens)).toBe(
      '<p>节点<span class="nref" data-node="8901">8901</span>记上<span class="state-pfail">PFAIL</span>：怀疑。</p>',
    );
    expect(plainText(zh.sections.get('a')!.tokens)).toBe('节点8901记上PFAIL：怀疑。');
  });
});

describe('prose that is refused', () => {
  test.each([
    ['## a\n\n<b>bold</b>', 3],
    ['## a\n\ntext\n\n<script>alert(1)</script>', 5],
    ['## a\n\n![p](https://example.org/p.png)', 3],
    ['## a\n\n[x](javascript:alert(1))', 3],
    ['## a\n\nx\n\n## a\n', 5],
  ])('%j', (text, line) => {
    const { problems } = readProse('x/en.md', 'en', text);
    expect(problems.map((p) => p.line)).toContain(line);
  });
});
