/** A lesson that asks for lines of a log of two, for tests. */
import { compileLesson } from './compile-lesson';
import type { Lesson } from './lesson';

const LOG = `node: 8901
members:
  8901: { id: ${'a'.repeat(40)}, ip: 10.0.0.1 }
  8902: { id: ${'b'.repeat(40)}, ip: 10.0.0.2 }
  8903: { id: ${'c'.repeat(40)}, ip: 10.0.0.3 }
conclusions: []
log: |
  1:M 09 Mar 2024 11:43:11.568 # Cluster state changed: fail
  1:M 09 Mar 2024 11:43:35.722 * Cluster state changed: ok
`;

function compiled(question: string) {
  const lesson = `minutes: 1
scene:
  nodes: 3+0
  seed: 1
  log: log.yaml
  opens: 0s
steps:
  - id: ask
    kind: predict
    view: { as: 8901, panel: log }
    ask: lines
    ${question}
    highlight: []
`;
  const words = '# T\n\nS.\n\n## parts\n\n### log\n\nLines.\n\n## ask\n\nText.\n\n**Which?**\n';
  const files = {
    'lesson.yaml': lesson,
    'log.yaml': LOG,
    'en.md': words,
    'zh-CN.md': words,
    'solution.yaml': 'ask: [1, 2]\n',
  };
  return compileLesson({ slug: 'x', files });
}

export const linesLesson = (question: string): Lesson | null => compiled(question).lesson;

/** What is wrong with it, in English; not that it is short. */
export function complaintsOf(question: string): string[] {
  const { problems } = compiled(question);
  return problems.filter(({ code }) => code.startsWith('E')).map(({ text }) => text.en);
}
