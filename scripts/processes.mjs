// Starts the programs the commands are made of, without a shell and without stack traces.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, as a URL that ends in a slash. */
export const ROOT = new URL('../', import.meta.url);

/** The start files of the programs in node_modules: works on every platform, needs no PATH. */
const PROGRAMS = {
  eslint: 'eslint/bin/eslint.js',
  playwright: '@playwright/test/cli.js',
  prettier: 'prettier/bin/prettier.cjs',
  'svelte-check': 'svelte-check/bin/svelte-check',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
};

/** Runs a program of node_modules in the foreground; returns its exit code. */
export function runProgram(name, args, options = {}) {
  const file = fileURLToPath(new URL(`node_modules/${PROGRAMS[name]}`, ROOT));
  return spawnAndWait(process.execPath, [file, ...args], options);
}

/**
 * Runs any command in the repository; returns its exit code, 1 when it could not start. What it
 * prints goes to `print` where that is given.
 */
export function spawnAndWait(
  command,
  args,
  { env = {}, stdio = 'inherit', shell = false, print } = {},
) {
  return new Promise((done) => {
    const colours = print && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    const child = spawn(command, args, {
      cwd: fileURLToPath(ROOT),
      env: { ...process.env, ...colours, ...env },
      stdio: print ? ['ignore', 'pipe', 'pipe'] : stdio,
      shell,
    });
    if (print) for (const stream of [child.stdout, child.stderr]) stream.on('data', print);
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      done(1);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}

/** Ends the command with one sentence for its user. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
