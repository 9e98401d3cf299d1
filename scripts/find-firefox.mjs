// Which Firefox the browser tests use as their second engine, if there is one.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Returns Playwright's `use` options for Firefox: Playwright's own build when it was downloaded,
 * else the system's through WebDriver BiDi, else undefined.
 */
export async function firefoxUse() {
  const { firefox } = await import('@playwright/test');
  if (existsSync(firefox.executablePath())) return {};
  const path = systemFirefox();
  if (!path) return undefined;
  return {
    channel: 'moz-firefox',
    // Over BiDi Playwright cannot ask for reduced motion, so the browser is told at its start.
    launchOptions: {
      executablePath: path,
      firefoxUserPrefs: { 'ui.prefersReducedMotion': 1 },
    },
  };
}

function systemFirefox() {
  if (process.platform !== 'linux') return undefined;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}
