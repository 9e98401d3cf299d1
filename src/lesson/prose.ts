/**
 * Markdown to the pieces of prose a lesson is told in. The first heading is the title; each
 * `## step-id` opens a step; each `### id` in it is a text of its own: an option, a hint, a near miss.
 */
import { Marked, Renderer, type Token, type Tokens } from 'marked';
import type { LessonLocale } from './lesson';
import { problem, type Place, type Problem } from './problem';

export interface Prose {
  readonly file: string;
  readonly locale: LessonLocale;
  readonly title: string;
  /** What stands between the title and the first step, as plain text. */
  readonly summary: string;
  readonly sections: ReadonlyMap<string, Section>;
  readonly problems: readonly Problem[];
}

export interface Section extends Piece {
  readonly pieces: ReadonlyMap<string, Piece>;
}

export interface Piece {
  readonly id: string;
  readonly line: number;
  readonly tokens: readonly Token[];
}

interface OpenSection extends OpenPiece {
  readonly pieces: Map<string, OpenPiece>;
}

interface OpenPiece {
  readonly id: string;
  readonly line: number;
  readonly tokens: Token[];
}

/** What still fits into a line beside a stage. */
const WHOLE_CODE_CHARS = 30;

const marked = new Marked({
  gfm: true,
  extensions: [nodeReference(), stateWord(), guessReference()],
  renderer: { heading: () => '', codespan: wholeCode },
});

const withHeadings = new Marked({
  gfm: true,
  extensions: [nodeReference(), stateWord(), guessReference()],
  renderer: { codespan: wholeCode },
});

/** Reads one Markdown file of a lesson; raw HTML, pictures and odd links are problems. */
export function readProse(file: string, locale: LessonLocale, text: string): Prose {
  const reader = new ProseReader(file);
  for (const token of marked.lexer(text)) reader.add(token);
  const { title, summary, sections, problems } = reader;
  return { file, locale, title, summary: plainText(summary), sections, problems };
}

/** Paragraphs and lists as HTML blocks. */
export function blockHtml(tokens: readonly Token[]): string {
  return marked.parser([...tokens]).trim();
}

/** A text of its own, headings and all: the notes for a teacher. The title is the page's. */
export function notesHtml(text: string): string {
  const tokens = withHeadings.lexer(text);
  const title = tokens.findIndex((token) => token.type === 'heading' && token['depth'] === 1);
  return withHeadings.parser(title === -1 ? tokens : tokens.toSpliced(title, 1)).trim();
}

/** The words of a piece without paragraphs around them, for a button or one line. */
export function inlineHtml(tokens: readonly Token[]): string {
  const inner = tokens.flatMap((token) => ('tokens' in token ? (token.tokens ?? []) : []));
  return new marked.Parser({ ...marked.defaults }).parseInline(inner).trim();
}

/** One paragraph without its tags, so that it fits into a line; anything more as blocks. */
export function pieceHtml(tokens: readonly Token[]): string {
  const shown = tokens.filter(({ type }) => type !== 'space');
  const isLine = shown.length === 1 && shown[0]!.type === 'paragraph';
  return isLine ? inlineHtml(shown) : blockHtml(shown);
}

/** The words alone. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map(wordsOf).join(' ').replace(/\s+/g, ' ').trim();
}

/** The last paragraph when all of it is bold: the question of a step. */
export function questionOf(tokens: readonly Token[]): { question: Token | null; rest: Token[] } {
  const shown = tokens.filter(({ type }) => type !== 'space');
  const last = shown.at(-1);
  const inner = last?.type === 'paragraph' ? (last.tokens ?? []) : [];
  const isQuestion = inner.length === 1 && inner[0]!.type === 'strong';
  if (!isQuestion) return { question: null, rest: shown };
  return { question: inner[0]!, rest: shown.slice(0, -1) };
}

class ProseReader {
  title = '';
  readonly summary: Token[] = [];
  readonly sections = new Map<string, OpenSection>();
  readonly problems: Problem[] = [];
  private readonly file: string;
  private line = 1;
  private section: OpenSection | null = null;
  private piece: OpenPiece | null = null;

  constructor(file: string) {
    this.file = file;
  }

  add(token: Token): void {
    if (token.type === 'heading') this.open(token as Tokens.Heading);
    else {
      this.refuseUnsafe(token);
      (this.piece ?? this.section)?.tokens.push(token);
      if (!this.section) this.summary.push(token);
    }
    this.line += token.raw.split('\n').length - 1;
  }

  private open({ depth, text }: Tokens.Heading): void {
    const id = text.trim();
    const { line } = this;
    if (depth === 1) this.title = id;
    else if (depth === 2) {
      if (this.sections.has(id)) this.twice(id);
      this.section = { id, line, tokens: [], pieces: new Map() };
      this.piece = null;
      this.sections.set(id, this.section);
    } else if (this.section) {
      if (this.section.pieces.has(id)) this.twice(id);
      this.piece = { id, line, tokens: [] };
      this.section.pieces.set(id, this.piece);
    }
  }

  private twice(id: string): void {
    const en = `The heading “${id}” stands here a second time.`;
    this.problems.push(problem('E12', this.place(), en, `标题“${id}”重复出现。`));
  }

  private refuseUnsafe(token: Token): void {
    void marked.walkTokens([token], (inner) => {
      if (inner.type === 'html' || inner.type === 'image') {
        const found = inner.raw.trim().slice(0, 40);
        const en = `HTML and pictures are not allowed in prose: ${found}`;
        this.problems.push(problem('E01', this.place(), en, `正文不允许 HTML 和图片：${found}`));
      }
      if (inner.type === 'link' && !/^https:\/\//.test(String(inner['href']))) {
        const en = `A link begins with https://; this one is ${String(inner['href'])}.`;
        const zh = `链接必须以 https:// 开头：${String(inner['href'])}`;
        this.problems.push(problem('E01', this.place(), en, zh));
      }
    });
  }

  private place(): Place {
    return { file: this.file, line: this.line };
  }
}

function wordsOf(token: Token): string {
  if (token.type === 'list') return (token as Tokens.List).items.map(wordsOf).join(' ');
  const inner = 'tokens' in token ? token.tokens : undefined;
  if (inner) return inner.map(wordsOf).join('');
  return 'text' in token ? String(token.text) : '';
}

/** `{8904}` names a node; the page adds its colour. */
function nodeReference() {
  return {
    name: 'node',
    level: 'inline' as const,
    start: (source: string) => source.search(/\{\d{4,5}\}/),
    tokenizer(source: string) {
      const match = /^\{(\d{4,5})\}/.exec(source);
      return match ? { type: 'node', raw: match[0], text: match[1]! } : undefined;
    },
    renderer: ({ text }: Tokens.Generic) =>
      `<span class="nref" data-node="${String(text)}">${String(text)}</span>`,
  };
}

/** `{guess:delay}` is what the learner answered to that step; the page writes it. */
function guessReference() {
  return {
    name: 'guess',
    level: 'inline' as const,
    start: (source: string) => source.search(/\{guess:/),
    tokenizer(source: string) {
      const match = /^\{guess:([\w-]*)\}/.exec(source);
      return match ? { type: 'guess', raw: match[0], text: '', step: match[1]! } : undefined;
    },
    renderer: ({ step }: Tokens.Generic) =>
      `<span class="guess" data-step="${String(step)}"></span>`,
  };
}

/** `--cluster-replicas 1` is not broken at its hyphens, nor `cart:{u1}` at its colon; a long line may. */
function wholeCode(token: Tokens.Codespan): string {
  const html = new Renderer().codespan(token);
  const isWhole = /[-:]/.test(token.text) && token.text.length <= WHOLE_CODE_CHARS;
  return isWhole ? html.replace('<code>', '<code class="whole">') : html;
}

/** PFAIL and FAIL look in prose as they do on the stage. */
function stateWord() {
  return {
    name: 'state',
    level: 'inline' as const,
    start: (source: string) => source.search(/\bP?FAIL\b/),
    tokenizer(source: string) {
      const match = /^P?FAIL\b/.exec(source);
      return match ? { type: 'state', raw: match[0], text: match[0] } : undefined;
    },
    renderer: ({ text }: Tokens.Generic) =>
      `<span class="state-${String(text).toLowerCase()}">${String(text)}</span>`,
  };
}
