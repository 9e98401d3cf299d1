/**
 * Every word the page says, in both languages; one is loaded at a time. A missing or misspelt key is
 * a type error, because each Chinese section is typed after its English one.
 */
export type Locale = 'en' | 'zh-CN';
export const LOCALES: readonly Locale[] = ['en', 'zh-CN'];

type Texts = typeof import('./en');

const LOADERS: Readonly<Record<Locale, () => Promise<Texts>>> = {
  en: () => import('./en'),
  'zh-CN': () => import('./zh-CN'),
};
const loaded: Partial<Record<Locale, Texts>> = {};

/** Brings the words of a language; it can be switched to once they are there. */
export async function loadWords(locale: Locale): Promise<void> {
  loaded[locale] ??= await LOADERS[locale]();
}

class Words {
  locale = $state<Locale>('en');
  get #texts(): Texts {
    const texts = loaded[this.locale];
    if (texts === undefined) throw new Error(`the words of ${this.locale} are not loaded yet`);
    return texts;
  }
  get app() {
    return this.#texts.app;
  }
  get caption() {
    return this.#texts.caption;
  }
  get dock() {
    return this.#texts.dock;
  }
  get find() {
    return this.#texts.find;
  }
  get futures() {
    return this.#texts.futures;
  }
  get inspector() {
    return this.#texts.inspector;
  }
  get keyTool() {
    return this.#texts.keyTool;
  }
  get stage() {
    return this.#texts.stage;
  }
  get views() {
    return this.#texts.views;
  }
}

/** The words of the language at hand; reading them in a template follows the language. */
export const words = new Words();
