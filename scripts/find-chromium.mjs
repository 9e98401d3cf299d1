// Which Chromium the browser tests use: CHROMIUM_PATH, else Playwright's own, else the system's.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Returns `{ path }` for a Chromium at that place, `{}` for the one Playwright downloaded, or
 * undefined when there is none. Throws when CHROMIUM_PATH leads nowhere.
 */
export async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH=${chosen} is not a program.`);
    return { path: chosen };
  }
  if (await playwrightHasChromium()) return {};
  const path = systemPlaces().find(isExecutable);
  return path ? { path } : undefined;
}

/** Launch options for Playwright; empty when Playwright should look by itself. */
export async function launchOptions() {
  const path = (await findChromium())?.path;
  return path ? { executablePath: path } : {};
}

// Headless runs use a headless shell, which Playwright keeps beside the full browser.
async function playwrightHasChromium() {
  const { chromium } = await import('@playwright/test');
  const full = chromium.executablePath();
  const place = /^(.*[\\/])chromium-(\d+)[\\/]/.exec(full);
  const shell =
    place && join(place[1], `chromium_headless_shell-${place[2]}`, 'INSTALLATION_COMPLETE');
  return existsSync(full) || (shell !== null && existsSync(shell));
}

function systemPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const { PROGRAMFILES, LOCALAPPDATA } = process.env;
    return [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA]
      .filter(Boolean)
      .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe'));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
