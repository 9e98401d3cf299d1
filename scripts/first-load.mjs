// What a first visit loads: the home page or the first lesson, up to the first picture, everything
// counted that a browser fetches by then: script, words, titles, the lesson and what was recorded
// of it. The build puts that into few files and stops when a visit grows beyond its budget.
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Gzipped kilobytes of a visit, the words of one language included. */
const BUDGET_KB = 90;
const ENTRY = 'src/main.ts';
const WORDS = 'src/words/en/index.ts';
const COURSE = 'lessons/course.yaml';
const HOME = 'src/app/pages/Home.svelte';
/** What these pages import at once is loaded at once. */
const LESSON = 'src/app/pages/LessonPage.svelte';
/** What a browser asks for, by visit; what those files import at once comes with them. */
const VISITS = {
  'the home page': [ENTRY, WORDS, HOME, `${COURSE}?opening`],
  'the first lesson': [...[ENTRY, WORDS, LESSON], 'lessons/slots/lesson.yaml?opening'],
};
/** What makes a cluster move; it comes after the first picture. */
const LATER =
  /node_modules\/(xstate|immutable|@noble|@marcbachmann)\/|src\/(redis-cli|kernel\/(?!scene))/;
const START_CHUNK = 'start';
const HOME_CHUNK = 'home';
const PICTURE_CHUNK = 'first-picture';
const COURSE_CHUNK = 'course';
/** What would be asked for only once the page's own small file has come. */
const isFirst = (asked, file) =>
  (/\bHome-[^/]+$/.test(asked) && file.includes(`/${HOME_CHUNK}-`)) ||
  (/\bLessonPage-[^/]+$/.test(asked) && file.includes(`/${PICTURE_CHUNK}-`));

const nameOf = (id) => relative(ROOT, id).split(sep).join('/');

/** @returns {import('vite').Plugin} */
export function firstLoad() {
  let chunkOf;
  return {
    name: 'first-load',
    apply: 'build',
    config: () => {
      const name = (id, context) =>
        (chunkOf ??= sortModules((other) => context.getModuleInfo(other))).get(id);
      const groups = [{ name, debugName: PICTURE_CHUNK }];
      const codeSplitting = { groups, includeDependenciesRecursively: false };
      // What the entry imports is named in the page itself. In scripts only the styles and what the
      // two pages of a first visit import: a list of every file's imports would be long.
      const resolveDependencies = (asked, files, { hostType }) =>
        hostType === 'html'
          ? files
          : files.filter((file) => file.endsWith('.css') || isFirst(asked, file));
      // Where a browser knows no hints, files are found a little later, and no script is needed.
      const modulePreload = { polyfill: false, resolveDependencies };
      return { build: { modulePreload, rolldownOptions: { output: { codeSplitting } } } };
    },
    buildStart() {
      chunkOf = undefined;
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const problem = problemOf(bundle, (id) => this.getModuleInfo(id));
        if (problem !== null) this.error(problem);
      },
    },
  };
}

/** What the entry needs is one file, what home and what a lesson need besides two others. */
function sortModules(getModuleInfo) {
  const chunkOf = new Map();
  const home = importsFrom([HOME], getModuleInfo);
  for (const id of home.keys()) chunkOf.set(id, HOME_CHUNK);
  for (const id of importsFrom([LESSON], getModuleInfo).keys()) {
    chunkOf.set(id, home.has(id) ? START_CHUNK : PICTURE_CHUNK);
  }
  for (const id of importsFrom([ENTRY], getModuleInfo).keys()) chunkOf.set(id, START_CHUNK);
  chunkOf.set(ROOT + COURSE, COURSE_CHUNK);
  // By itself, so that it is what the page begins with, and the others in the order it needs them.
  chunkOf.delete(ROOT + ENTRY);
  return chunkOf;
}

/** All that `names` import at once, each with the module that imports it. */
function importsFrom(names, getModuleInfo) {
  const importerOf = new Map(names.map((name) => [ROOT + name, null]));
  for (const id of importerOf.keys()) {
    for (const imported of getModuleInfo(id)?.importedIds ?? []) {
      if (!importerOf.has(imported)) importerOf.set(imported, id);
    }
  }
  return importerOf;
}

function problemOf(bundle, getModuleInfo) {
  const importerOf = importsFrom([ENTRY, HOME, LESSON], getModuleInfo);
  const stray = Object.values(bundle)
    .filter(({ name }) => [START_CHUNK, HOME_CHUNK, PICTURE_CHUNK].includes(name))
    .flatMap(({ modules }) => Object.keys(modules))
    .find((id) => LATER.test(nameOf(id)) && importerOf.has(id));
  if (stray !== undefined) return strayText(stray, importerOf);
  for (const [visit, roots] of Object.entries(VISITS)) {
    const chunks = chunksOf(bundle, roots);
    const kB = chunks.reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0) / 1000;
    if (kB > BUDGET_KB) return budgetText(visit, kB, chunks);
  }
  return null;
}

function strayText(id, importerOf) {
  const path = [];
  for (let at = id; at !== null; at = importerOf.get(at)) path.unshift(nameOf(at));
  return (
    `${nameOf(id)} is loaded before the first picture; it belongs to the engine, which comes ` +
    `after it. It is imported like this:\n  ${path.join('\n  → ')}`
  );
}

function budgetText(visit, kB, chunks) {
  return (
    `For ${visit} a browser loads ${kB.toFixed(1)} kB of gzipped script; the budget is ` +
    `${BUDGET_KB} kB. ` +
    'Load what the first picture does without later (src/drawing/late.svelte.ts). The largest:\n' +
    largest(chunks)
      .map(([place, bytes]) => `  ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${place}`)
      .join('\n')
  );
}

/** The folders and packages that take most, before minifying. */
function largest(chunks) {
  const sizes = new Map();
  for (const [id, { renderedLength }] of chunks.flatMap((chunk) => Object.entries(chunk.modules))) {
    const place = /^(node_modules\/(@[^/]+\/)?[^/]+|.*(?=\/))/.exec(nameOf(id))?.[0] ?? nameOf(id);
    sizes.set(place, (sizes.get(place) ?? 0) + renderedLength);
  }
  return [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 15);
}

/** The files a visit loads, as the browser follows their imports. */
function chunksOf(bundle, names) {
  const roots = new Set(names.map((name) => ROOT + name));
  const seen = new Set();
  const follow = (file) => {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk' || seen.has(chunk)) return;
    seen.add(chunk);
    chunk.imports.forEach(follow);
  };
  const found = new Set();
  for (const chunk of Object.values(bundle)) {
    // A small file that only names what a page exports is asked for as well.
    for (const id of [...Object.keys(chunk.modules ?? {}), chunk.facadeModuleId]) {
      if (!roots.has(id)) continue;
      found.add(id);
      follow(chunk.fileName);
    }
  }
  const missing = [...roots].filter((id) => !found.has(id));
  if (missing.length > 0) throw new Error(`first-load.mjs: no ${missing.map(nameOf).join(', ')}`);
  return [...seen];
}
