/** The part of our style that a machine can check. Each complaint says what to do about it. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Files that may be longer than the limit, each with the reason. Entries no longer needed fail. */
const LONG_FILES: Record<string, string> = { 'lessons/capstone/lesson.yaml': 'eight cases' };

/** Functions (`file name`) that may be longer than the limit, each with the reason. */
const LONG_FUNCTIONS: Record<string, string> = {};

const LIMITS = { '.ts': 300, '.svelte': 200, '.yaml': 300 };
const FUNCTION_LIMIT = 50;
const WIDTH_LIMIT = 100;
const PROSE_LIMIT = 270;

interface SourceFile {
  path: string;
  text: string;
  lines: string[];
}

const sources = filesIn('src', /\.(ts|svelte)$/);
const product = sources.filter(({ path }) => !isTest(path));
const components = sources.filter(({ path }) => path.endsWith('.svelte'));
const specs = filesIn('e2e', /\.ts$/);
const lessonTexts = filesIn('lessons', /\.md$/);
const scenarios = filesIn('lessons', /\.ya?ml$/);

test('files: no longer than the limit of their kind', () => {
  const long = [...sources, ...specs, ...scenarios].filter(
    ({ path, lines }) => lines.length > limitOf(path),
  );
  const problems = long
    .filter(({ path }) => !(path in LONG_FILES))
    .map(({ path, lines }) => `${path}: ${lines.length} lines, limit ${limitOf(path)}: split it`);
  expect([
    ...problems,
    ...stale(
      LONG_FILES,
      long.map(({ path }) => path),
    ),
  ]).toEqual([]);
});

test('functions: at most 50 lines', () => {
  const long = product.flatMap((file) => functionsOf(file)).filter(({ length }) => length > 50);
  const problems = long
    .filter(({ key }) => !(key in LONG_FUNCTIONS))
    .map(({ key, length }) => `${key}(): ${length} lines, limit ${FUNCTION_LIMIT}: split it`);
  expect([
    ...problems,
    ...stale(
      LONG_FUNCTIONS,
      long.map(({ key }) => key),
    ),
  ]).toEqual([]);
});

test('lines: at most 100 columns; strings and directives, which cannot be broken, aside', () => {
  const unbreakable = /'[^']*'|"[^"]*"|`[^`]*`|(svelte-ignore|eslint-disable|@ts-).*/g;
  const tooWide = (line: string) => line.replace(unbreakable, '').length;
  expect(
    findLines([...sources, ...specs], (line) => tooWide(line) > WIDTH_LIMIT, 'break this line'),
  ).toEqual([]);
});

test('names: kebab-case.ts, PascalCase.svelte, and never utils, helpers, common or misc', () => {
  const problems = [...sources, ...specs].flatMap(({ path }) => {
    const name = basename(path);
    const fits = name.endsWith('.svelte')
      ? /^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
      : /^[a-z0-9]+(-[a-z0-9]+)*(\.(machine|svelte|dom|test|spec|d))*\.ts$/.test(name);
    const vague = /(^|[/.-])(utils?|helpers?|common|misc)([/.-]|$)/.test(path);
    if (vague) return [`${path}: name it after the question it answers`];
    return fits || /^zh-CN\./.test(name) ? [] : [`${path}: rename to kebab-case or PascalCase`];
  });
  expect(problems).toEqual([]);
});

test('protocol: every file says which part of Redis it follows', () => {
  const problems = product
    .filter(({ path, text }) => path.startsWith('src/protocol/') && !text.includes('Source:'))
    .map(({ path }) => `${path}: add a comment "Source: function, src/file.c; config name"`);
  expect(problems).toEqual([]);
});

test('pure folders: every exported function says what it does', () => {
  const pure = /^src\/(protocol|kernel|lesson|redis-cli|drawing\/layout)\//;
  const problems = product
    .filter(({ path }) => pure.test(path))
    .flatMap((file) => undocumentedExports(file));
  expect(problems).toEqual([]);
});

test('statecharts: a stepped machine starts nothing and keeps no time of its own', () => {
  const started = /\b(after|invoke|always\s*:\s*\{\s*after)\s*:|\b(spawnChild|spawn|sendTo|log)\(/;
  const machines = product.filter(({ path }) => /^src\/(protocol|kernel)\/.*machine/.test(path));
  expect(
    findLines(machines, (line) => started.test(line), 'let the kernel send a CRON event instead'),
  ).toEqual([]);
});

test('components: open with <!-- @component One sentence. --> and comment each prop', () => {
  const problems = components.flatMap((file) => [
    ...(/^<!-- @component [^]*?[.?!]\s*-->/.test(file.text)
      ? []
      : [`${file.path}: start with "<!-- @component One sentence. -->"`]),
    ...uncommentedProps(file),
  ]);
  expect(problems).toEqual([]);
});

test('nothing is left behind: no console.log, no TODO, no test left out or alone', () => {
  const cli = /-cli\.ts$|^src\/bridge\/node\/|tidy\.test\.ts$/;
  const files = [...sources, ...specs].filter(({ path }) => !cli.test(path));
  const left = /\bconsole\.(log|debug)\b|\b(TODO|FIXME|XXX)\b|\b(test|it|describe)\.(only|todo)\(/;
  expect(findLines(files, (line) => left.test(line), 'finish it or take it out')).toEqual([]);
});

test.each([
  ['the simulation', /^src\/(protocol|kernel|redis-cli)\//],
  ['what stands on it', /^src\/(timeline|lesson|drawing|app)\//],
])('tests: %s has at least one line of test to four of source', (_name, folders) => {
  const code = (file: SourceFile) => folders.test(file.path) && file.path.endsWith('.ts');
  const linesOf = (files: SourceFile[]) => files.filter(code).flatMap(({ lines }) => lines).length;
  const tests = linesOf(sources.filter(({ path }) => isTest(path)));
  expect(tests).toBeGreaterThan(linesOf(product) / 4);
});

test('colours: only in tokens.css, so that light, dark and projector stay complete', () => {
  const colour = /['":\s]#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})\b|\b(rgb|hsl|oklch|lab)a?\(/i;
  expect(
    findLines(product, (line) => colour.test(line), 'name the colour in src/drawing/tokens.css'),
  ).toEqual([]);
});

test('words: nothing is called simple, obvious or easy', () => {
  const texts = [...sources.filter(({ path }) => /^src\/words\/en/.test(path)), ...lessonTexts];
  const smug = /\b(just|simply|obviously|of course|trivial(ly)?|easily)\b/i;
  expect(findLines(texts, (line) => smug.test(line), 'say it without this word')).toEqual([]);
});

test('words: Chinese text uses Chinese punctuation', () => {
  const chinese = [...sources, ...lessonTexts].filter(({ path }) => path.includes('zh-CN'));
  const halfWidth = /\p{Script=Han}[,;:?!]/u;
  const withoutCode = (line: string) => line.replace(/`[^`]*`/g, '');
  expect(findLines(chinese, (line) => halfWidth.test(withoutCode(line)), 'use ，；：？！')).toEqual(
    [],
  );
});

test('words: both languages have the same sections and keys', async () => {
  const names = sources
    .filter(({ path }) => path.startsWith('src/words/en/') && !/(index|later)\.ts$/.test(path))
    .map(({ path }) => basename(path, '.ts'));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const [english, chinese] = await Promise.all(
      ['en', 'zh-CN'].map((locale) => import(`./words/${locale}/${name}.ts`) as Promise<object>),
    );
    expect(keysOf(chinese), `src/words/zh-CN/${name}.ts`).toEqual(keysOf(english));
  }
});

test('lessons: each has its scenario and its words in both languages, step for step', () => {
  const folders = scenarios
    .filter(({ path }) => basename(path) === 'lesson.yaml')
    .map(({ path }) => dirname(path));
  const problems = folders.flatMap((folder) => {
    const [english, chinese] = ['en', 'zh-CN'].map((locale) =>
      lessonTexts.find(({ path }) => path === `${folder}/${locale}.md`),
    );
    if (!english || !chinese) return [`${folder}: needs en.md and zh-CN.md`];
    const same = headingsOf(english).length === headingsOf(chinese).length;
    return same ? [] : [`${folder}: en.md and zh-CN.md have different numbers of headings`];
  });
  expect(problems).toEqual([]);
});

test('lessons: no step asks for more than 270 words of reading', () => {
  const problems = lessonTexts
    .filter(({ path }) => basename(path) === 'en.md')
    .flatMap(({ path, text }) =>
      text.split(/^#+ /m).flatMap((step) => {
        const words = step.split(/\s+/).length;
        const heading = step.slice(0, step.indexOf('\n'));
        return words > PROSE_LIMIT
          ? [`${path}: "${heading}" has ${words} words: cut or split`]
          : [];
      }),
    );
  expect(problems).toEqual([]);
});

function filesIn(folder: string, pattern: RegExp): SourceFile[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => pattern.test(path))
    .sort()
    .map((path) => {
      const text = readFileSync(ROOT + path, 'utf8');
      return { path, text, lines: text.replace(/\n$/, '').split('\n') };
    });
}

function isTest(path: string): boolean {
  return /\.test\.ts$/.test(path);
}

function limitOf(path: string): number {
  return LIMITS[path.slice(path.lastIndexOf('.')) as keyof typeof LIMITS];
}

function stale(exceptions: Record<string, string>, needed: string[]): string[] {
  return Object.keys(exceptions)
    .filter((key) => !needed.includes(key))
    .map((key) => `${key}: fits now, take it off the list of exceptions`);
}

function findLines(files: SourceFile[], isWrong: (line: string) => boolean, advice: string) {
  return files.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      isWrong(line) ? [`${path}:${index + 1}: ${advice}: ${line.trim().slice(0, 80)}`] : [],
    ),
  );
}

function headingsOf({ lines }: SourceFile): string[] {
  return lines.filter((line) => /^#+ /.test(line));
}

/** The paths of every leaf; a function counts with its number of parameters. */
function keysOf(value: unknown): string[] {
  if (typeof value === 'function') return [`(${value.length})`];
  if (typeof value !== 'object' || value === null) return [''];
  return Object.entries(value)
    .flatMap(([key, child]) => keysOf(child).map((rest) => `${key}.${rest}`))
    .sort();
}

/** The TypeScript of a file: all of it, or the scripts of a component. */
function parse({ path, text }: SourceFile): ts.SourceFile {
  const script = path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, code]) => code).join('\n')
    : text;
  return ts.createSourceFile(path, script, ts.ScriptTarget.ESNext, true);
}

function functionsOf(file: SourceFile): { key: string; length: number }[] {
  const tree = parse(file);
  const found: { key: string; length: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const lineOf = (at: number) => tree.getLineAndCharacterOfPosition(at).line;
      const length = lineOf(node.end) - lineOf(node.getStart(tree)) + 1;
      found.push({ key: `${file.path} ${nameOf(node)}`, length });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ? node : node.parent;
  const name = (named as { name?: ts.Node }).name;
  return name?.getText() ?? 'anonymous';
}

function undocumentedExports(file: SourceFile): string[] {
  const tree = parse(file);
  return tree.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) return [];
    const isExported = statement.modifiers?.some(
      ({ kind }) => kind === ts.SyntaxKind.ExportKeyword,
    );
    if (!isExported || ts.getJSDocCommentsAndTags(statement).length > 0) return [];
    return [`${file.path}: ${statement.name.text}() needs one sentence in /** … */`];
  });
}

function uncommentedProps(file: SourceFile): string[] {
  const tree = parse(file);
  const source = tree.getFullText();
  return tree.statements
    .filter((statement) => ts.isInterfaceDeclaration(statement))
    .filter(({ name }) => name.text === 'Props')
    .flatMap(({ members }) => [...members])
    .filter((member) => {
      const before = ts.getLeadingCommentRanges(source, member.pos) ?? [];
      const after = ts.getTrailingCommentRanges(source, member.end) ?? [];
      return before.length + after.length === 0;
    })
    .map((member) => `${file.path}: say what the prop ${member.name?.getText() ?? ''} is`);
}
