// Makes sure that node_modules holds what package-lock.json says. Plain Node: nothing to import yet.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ROOT, fail, spawnAndWait } from './processes.mjs';

/** Installs the packages unless they are there. All output goes to stderr, stdout stays the caller's. */
export async function ensurePackages() {
  if (packagesAreInstalled()) return;
  console.error('Installing packages (once, about 20 seconds) …');
  const [command, ...args] = npmCommand();
  // --include=dev: with NODE_ENV=production npm would leave Vite and the tests out.
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const shell = process.platform === 'win32' && command === 'npm';
  const code = await spawnAndWait(command, [...args, ...flags], {
    stdio: ['ignore', 2, 2],
    shell,
  });
  if (code !== 0) {
    fail(
      'The packages could not be installed: check the network and the lines above, then repeat.',
    );
  }
}

/**
 * npm writes node_modules/.package-lock.json last, so an installation that broke half-way has none.
 * Optional packages are bindings for other platforms: they may be missing.
 */
function packagesAreInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || present[path]?.version === version,
  );
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(new URL(lockFile, ROOT), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

// npm tells its scripts where it lives; that path needs no shell, on Windows either.
function npmCommand() {
  const npmCli = process.env.npm_execpath ?? '';
  return basename(npmCli).startsWith('npm-cli') ? [process.execPath, npmCli] : ['npm'];
}
