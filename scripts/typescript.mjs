// Runs a command line written in TypeScript inside this process, so that it starts at once.
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './packages.mjs';
import { ROOT } from './processes.mjs';

/** Runs `file` (a path in the repository) with this command's arguments and exit code. */
export async function runTypeScript(file) {
  await ensurePackages();
  const { register } = await import('tsx/esm/api');
  register();
  const url = new URL(file, ROOT);
  process.argv[1] = fileURLToPath(url);
  await import(url.href);
}
