/**
 * Language and theme: what the reader chose, else what the address says, else what the system says.
 * The only place that writes `lang` and `data-theme` on the page.
 */
import { loadWords, words, type Locale } from '../words/words.svelte';
import { loadChineseFonts } from './fonts';
import { readStored, writeStored } from './storage';

export type Theme = 'light' | 'dark';

class Preferences {
  theme = $state<Theme>('light');
  projector = $state(false);

  get locale(): Locale {
    return words.locale;
  }

  /** Called once, before the page is mounted. */
  async start(): Promise<void> {
    const stored = readStored('theme');
    this.theme = stored === 'dark' || stored === 'light' ? stored : systemTheme();
    this.projector = asked('view') === 'projector';
    this.#show();
    await this.setLocale(localeFrom(askedLanguage()) ?? localeFrom(readStored('language')) ?? 'en');
  }

  /** The page speaks its language until all words of the other one are there. */
  async setLocale(locale: Locale): Promise<void> {
    await loadWords(locale);
    words.locale = locale;
    document.documentElement.lang = locale;
    if (locale === 'zh-CN') void loadChineseFonts();
  }

  switchLanguage(): void {
    const locale = words.locale === 'en' ? 'zh-CN' : 'en';
    writeStored('language', locale);
    void this.setLocale(locale);
  }

  switchTheme(): void {
    this.theme = this.theme === 'dark' ? 'light' : 'dark';
    writeStored('theme', this.theme);
    this.#show();
  }

  setProjector(on: boolean): void {
    this.projector = on;
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset['theme'] = this.projector ? 'projector' : this.theme;
  }
}

export const preferences = new Preferences();

/**
 * `?lang=` before or after the hash; else the browser's own language, if nothing was ever
 * chosen.
 */
function askedLanguage(): string | null {
  const lang = asked('lang');
  if (lang !== null) return lang;
  return readStored('language') === null ? navigator.language : null;
}

/** What the address says under a name, before or after the hash. */
function asked(name: string): string | null {
  const inHash = location.hash.split('?')[1] ?? '';
  return new URLSearchParams(location.search).get(name) ?? new URLSearchParams(inHash).get(name);
}

function localeFrom(language: string | null): Locale | null {
  if (language === null) return null;
  return language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
