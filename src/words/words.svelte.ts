/**
 * Every word the page says, in both languages; one is loaded at a time. A missing or misspelt key
 * is a type error, because each Chinese section is typed after its English one.
 */
export type Locale = 'en' | 'zh-CN';
export const LOCALES: readonly Locale[] = ['en', 'zh-CN'];

type FirstTexts = typeof import('./en');
type LaterTexts = typeof import('./en/later');

const FIRST: Readonly<Record<Locale, () => Promise<FirstTexts>>> = {
  en: () => import('./en'),
  'zh-CN': () => import('./zh-CN'),
};
const LATER: Readonly<Record<Locale, () => Promise<LaterTexts>>> = {
  en: () => import('./en/later'),
  'zh-CN': () => import('./zh-CN/later'),
};
const first: Partial<Record<Locale, FirstTexts>> = {};
const later: Partial<Record<Locale, LaterTexts>> = {};
let isPastFirst = false;

/** Brings the words of a language; it can be switched to once they are there. */
export async function loadWords(locale: Locale): Promise<void> {
  first[locale] ??= await FIRST[locale]();
  if (isPastFirst) later[locale] ??= await LATER[locale]();
}

/** The first picture is on screen: brings the words of all that comes after it. */
export async function loadLaterWords(): Promise<void> {
  isPastFirst = true;
  // Also those of a language that is about to be switched to.
  const wanted = LOCALES.filter((locale) => locale === words.locale || first[locale]);
  await Promise.all(wanted.map(loadWords));
}

function loaded<Texts>(texts: Partial<Record<Locale, Texts>>, locale: Locale): Texts {
  const found = texts[locale];
  if (found === undefined) throw new Error(`these words of ${locale} are not loaded yet`);
  return found;
}

class Words {
  locale = $state<Locale>('en');
  get #first(): FirstTexts {
    return loaded(first, this.locale);
  }
  get #later(): LaterTexts {
    return loaded(later, this.locale);
  }
  get app() {
    return this.#first.app;
  }
  get caption() {
    return this.#later.caption;
  }
  get cases() {
    return this.#later.cases;
  }
  get dock() {
    return this.#first.dock;
  }
  get find() {
    return this.#later.find;
  }
  get futures() {
    return this.#later.futures;
  }
  get help() {
    return this.#later.help;
  }
  get inspector() {
    return this.#later.inspector;
  }
  get journey() {
    return this.#later.journey;
  }
  get keyTool() {
    return this.#later.keyTool;
  }
  get lanes() {
    return this.#later.lanes;
  }
  get lesson() {
    return this.#later.lesson;
  }
  get own() {
    return this.#later.own;
  }
  get papers() {
    return this.#later.papers;
  }
  get picture() {
    return this.#later.picture;
  }
  get progress() {
    return this.#later.progress;
  }
  get projector() {
    return this.#later.projector;
  }
  get readyScenes() {
    return this.#later.readyScenes;
  }
  get stage() {
    return this.#first.stage;
  }
  get stageNotes() {
    return this.#later.stageNotes;
  }
  get switches() {
    return this.#later.switches;
  }
  get tools() {
    return this.#later.tools;
  }
  get wrong() {
    return this.#later.wrong;
  }
}

/** The words of the language at hand; reading them in a template follows the language. */
export const words = new Words();
