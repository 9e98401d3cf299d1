// Makes sure that there is a Chromium for the browser tests, trying the least intrusive way first.
import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.mjs';
import { fail, runProgram, spawnAndWait } from './processes.mjs';

/** Finds a Chromium or installs one; ends the command with one sentence when neither works. */
export async function ensureBrowser() {
  if (await chromiumIsThere()) return;
  await downloadChromium();
  if (await chromiumIsThere()) return;
  if (canInstallDebianPackages()) {
    await installDebianPackages();
    if (await chromiumIsThere()) return;
  }
  fail(
    'The browser tests need Chromium: install it with your system (Debian: apt-get install ' +
      'chromium), run "npx playwright install chromium", or set CHROMIUM_PATH to a Chromium or ' +
      'Chrome. "npm run check" runs everything else.',
  );
}

async function chromiumIsThere() {
  try {
    return (await findChromium()) !== undefined;
  } catch (error) {
    return fail(error.message);
  }
}

// A bare Debian lacks libraries that the download needs; --with-deps adds them, as root only.
async function downloadChromium() {
  console.error('No Chromium found: asking Playwright to download one …');
  const flags = canInstallDebianPackages() ? ['--with-deps'] : [];
  const stdio = ['ignore', 2, 'ignore'];
  const code = await runProgram('playwright', ['install', ...flags, 'chromium'], { stdio });
  if (code !== 0) console.error('Playwright could not download one.');
}

function canInstallDebianPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

// Without a Chinese font the Chinese pages would be drawn as empty boxes.
async function installDebianPackages() {
  console.error('Installing Debian’s chromium and fonts-noto-cjk …');
  const options = {
    stdio: ['ignore', 2, 2],
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  };
  await spawnAndWait('apt-get', ['-qq', 'update'], options);
  const packages = ['chromium', 'fonts-noto-cjk'];
  const flags = ['-qq', 'install', '-y', '--no-install-recommends'];
  await spawnAndWait('apt-get', [...flags, ...packages], options);
}
