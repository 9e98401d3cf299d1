/**
 * Language and theme: what the reader chose, else what the address says, else what the system says.
 * The only place that writes `lang` and `data-theme` on the page.
 */
import { words, type Locale } from '../words/words.svelte';
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
  start(): void {
    this.setLocale(localeFrom(askedLanguage()) ?? localeFrom(readStored('language')) ?? 'en');
    const stored = readStored('theme');
    this.theme = stored === 'dark' || stored === 'light' ? stored : systemTheme();
    this.#show();
  }

  setLocale(locale: Locale): void {
    words.locale = locale;
    document.documentElement.lang = locale;
    if (locale === 'zh-CN') void loadChineseFonts();
  }

  switchLanguage(): void {
    this.setLocale(words.locale === 'en' ? 'zh-CN' : 'en');
    writeStored('language', words.locale);
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
  const inHash = location.hash.split('?')[1] ?? '';
  const asked =
    new URLSearchParams(location.search).get('lang') ?? new URLSearchParams(inHash).get('lang');
  if (asked !== null) return asked;
  return readStored('language') === null ? navigator.language : null;
}

function localeFrom(language: string | null): Locale | null {
  if (language === null) return null;
  return language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
