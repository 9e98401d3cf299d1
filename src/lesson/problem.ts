/** What is wrong with a lesson: where, what was found, what was expected, the nearest word. */
import type { LessonLocale } from './lesson';

/** Every code: E blocks, W does not. What is said at a place says more. */
export const PROBLEM_CODES = {
  E01: { en: 'unknown word, or a value of the wrong kind', 'zh-CN': '未知的词，或值的类型不对' },
  E02: { en: 'unknown node', 'zh-CN': '没有这个节点' },
  E03: { en: 'a topology redis-cli refuses', 'zh-CN': 'redis-cli 会拒绝的拓扑' },
  E04: { en: 'never happens', 'zh-CN': '不会发生' },
  E05: { en: 'passes too early', 'zh-CN': '过早通过' },
  E06: { en: 'the solution fails', 'zh-CN': '标准解法行不通' },
  E07: { en: 'a trap is not caught', 'zh-CN': '陷阱没有拦住' },
  E08: { en: 'no prediction before the key event', 'zh-CN': '关键事件之前没有预测' },
  E09: { en: 'the right answer disagrees', 'zh-CN': '正确答案与模拟不符' },
  E10: { en: 'nobody is right', 'zh-CN': '没有人能答对' },
  E11: { en: 'missing text', 'zh-CN': '缺少文字' },
  E12: { en: 'unused text', 'zh-CN': '多余的文字' },
  E13: { en: 'numbers differ between the languages', 'zh-CN': '中英文数字不一致' },
  E14: { en: 'forbidden action', 'zh-CN': '不允许的动作' },
  E15: { en: 'an expression that cannot be read', 'zh-CN': '表达式无法读懂' },
  E16: { en: 'too expensive', 'zh-CN': '代价太大' },
  E17: { en: 'depends on luck', 'zh-CN': '要靠运气' },
  E18: { en: 'lessons that need one another', 'zh-CN': '课程互相依赖' },
  E19: { en: 'another version of Redis', 'zh-CN': 'Redis 版本不符' },
  W01: { en: 'long', 'zh-CN': '偏长' },
  W02: { en: 'a colour in place of a name', 'zh-CN': '用颜色代替名字' },
  W03: { en: 'busy', 'zh-CN': '太热闹' },
  W04: { en: 'not to be had of a real cluster', 'zh-CN': '真实集群给不出' },
  W05: { en: 'a word that blames the reader', 'zh-CN': '让读者自责的词' },
  W06: { en: 'the minutes do not add up', 'zh-CN': '时长对不上' },
  W07: { en: 'a node ID in the text', 'zh-CN': '正文里有节点 ID' },
  W08: { en: 'a step that shows nothing new', 'zh-CN': '没有新内容的步骤' },
  W09: { en: 'one language only', 'zh-CN': '只有一种语言' },
} as const satisfies Record<string, Readonly<Record<LessonLocale, string>>>;

export type ProblemCode = keyof typeof PROBLEM_CODES;

export interface Problem {
  readonly code: ProblemCode;
  /** Path of the file within the folder of lessons. */
  readonly file: string;
  /** From 1; null when no line is to blame. */
  readonly line: number | null;
  readonly text: Readonly<Record<LessonLocale, string>>;
}

export interface Place {
  readonly file: string;
  readonly line: number | null;
}

/** A problem at a place, said in both languages. */
export function problem(code: ProblemCode, { file, line }: Place, en: string, zh: string): Problem {
  return { code, file, line, text: { en, 'zh-CN': zh } };
}

/** `slots/lesson.yaml:14 E01 …` */
export function printProblem({ code, file, line, text }: Problem, locale: LessonLocale): string {
  return `${file}${line === null ? '' : `:${line}`} ${code} ${text[locale]}`;
}

/** Whether a problem blocks; the others advise. */
export function isError({ code }: Problem): boolean {
  return code.startsWith('E');
}

/** The end of a message: the word that was probably meant. */
export function guess(nearest: string | null): { en: string; zh: string } {
  if (nearest === null) return { en: '', zh: '' };
  return { en: ` Did you mean ${nearest}?`, zh: `是不是 ${nearest}？` };
}
