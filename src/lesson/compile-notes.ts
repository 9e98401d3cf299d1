/** The notes for a teacher, as HTML; what prose may not contain, they may not either. */
import type { LessonFolder } from './compile-lesson';
import type { LessonLocale, LessonNotes } from './lesson';
import { isError, problem, type Problem } from './problem';
import { notesHtml, readProse } from './prose';

const LOCALES: readonly LessonLocale[] = ['en', 'zh-CN'];

/** Notes in both languages; in one, where only one is there. */
export function compileNotes({ slug, files }: LessonFolder): {
  notes: LessonNotes;
  problems: Problem[];
} {
  const problems = LOCALES.flatMap((locale) => problemsOf(slug, files, locale));
  const textOf = (locale: LessonLocale) => files[`teacher.${locale}.md`];
  const notes = {
    en: notesHtml(textOf('en') ?? textOf('zh-CN') ?? ''),
    'zh-CN': notesHtml(textOf('zh-CN') ?? textOf('en') ?? ''),
  };
  const isSafe = !problems.some(isError);
  return { notes: isSafe ? notes : { en: '', 'zh-CN': '' }, problems };
}

function problemsOf(slug: string, files: LessonFolder['files'], locale: LessonLocale): Problem[] {
  const file = `${slug}/teacher.${locale}.md`;
  const text = files[`teacher.${locale}.md`];
  if (text !== undefined) return readProse(file, locale, text).problems.filter(isUnsafe);
  const en = 'There are no notes for a teacher in this language.';
  return [problem('W09', { file, line: null }, en, '缺少这种语言的教学笔记。')];
}

/** Headings may repeat in notes; HTML and odd links may not come in. */
function isUnsafe({ code }: Problem): boolean {
  return code === 'E01';
}
