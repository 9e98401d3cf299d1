/**
 * docs/simplifications.md: every `Simplified:` of the code, by folder, with the place it stands.
 * `npm run docs` writes it; a test fails when it is out of date.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';

export const SIMPLIFICATIONS = 'docs/simplifications.md';
const TAG = 'Simplified:';
/** Files that speak of the tag, and simplify nothing. */
const NOT_CODE = /\.test\.ts$/;

export interface Simplification {
  /** From the root, with `/`. */
  readonly path: string;
  readonly line: number;
  /** The function, type or constant it concerns; null: the whole file. */
  readonly name: string | null;
  readonly sentence: string;
}

/** Line numbers move with every edit; a page is out of date when anything else has changed. */
export function withoutLineNumbers(page: string): string {
  return page.replace(/#L\d+\)/g, ')');
}

/** The page, from the code under `root`. */
export function simplificationsPage(root: string): string {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|svelte)$/.test(path) && !NOT_CODE.test(path))
    .sort();
  return printPage(
    files.flatMap((path) => simplificationsOf(path, readFileSync(join(root, path), 'utf8'))),
  );
}

/** The tags of one file; throws on a tag without a sentence. */
export function simplificationsOf(path: string, text: string): Simplification[] {
  if (!text.includes(TAG)) return [];
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  return [...text.matchAll(/Simplified:/g)].map(({ index }) => {
    const line = text.slice(0, index).split('\n').length;
    const sentence = sentenceAt(text.slice(index + TAG.length));
    if (sentence === '') throw new Error(`${path}:${line}: "${TAG}" needs a sentence after it`);
    return { path, line, name: nameAt(tree, index), sentence };
  });
}

/** Up to the first full stop, through as many lines of the comment as it takes. */
function sentenceAt(text: string): string {
  const [comment] = text.split(/\*\/|-->|\n\s*(?!\*|\/\/)\S|\n\s*\*?\s*\n/, 1);
  const flowing = comment!.replace(/\n\s*(\*|\/\/) ?/g, ' ').replace(/\s+/g, ' ');
  const [sentence] = flowing.split(/(?<=\.)\s|\b(?:Source|Simplified):/, 1);
  return sentence!.trim();
}

/** The innermost thing with a name around `at`; a comment before a thing belongs to it. */
function nameAt(tree: ts.SourceFile, at: number): string | null {
  const head = ts.getLeadingCommentRanges(tree.text, 0)?.[0];
  if (head && at < head.end) return null;
  let name: string | null = null;
  const visit = (node: ts.Node): void => {
    if (at < node.pos || at >= node.end) return;
    if (ts.isDeclarationStatement(node) || ts.isVariableDeclaration(node)) {
      name = (node as { name?: ts.Node }).name?.getText(tree) ?? name;
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return name;
}

function printPage(found: readonly Simplification[]): string {
  const folders = [...new Set(found.map(({ path }) => dirname(path)))].sort();
  return [
    '# What is simplified',
    '',
    'Where a node here does less than redis-server 7.0 does, the code says so in a comment that',
    'begins with `Simplified:`. This page is made of those comments by `npm run docs`; do not edit it.',
    ...folders.flatMap((folder) => [
      '',
      `## ${folder}`,
      '',
      ...found.filter(({ path }) => dirname(path) === folder).map(printEntry),
    ]),
    '',
  ].join('\n');
}

function printEntry({ path, line, name, sentence }: Simplification): string {
  const place = name === null ? basename(path) : `${basename(path)}, ${name}`;
  return `- [${place}](../${path}#L${line}): ${sentence}`;
}
