// npm run bridge: real redis-server processes, shown on the stage.
import { existsSync, readdirSync, statSync } from 'node:fs';
import './node-version.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT, fail, runProgram } from './processes.mjs';
import { runTypeScript } from './typescript.mjs';

const asksForHelp = process.argv.some((word) => word === '--help' || word === '-h');

await ensurePackages();
if (!asksForHelp && !pageIsBuilt()) {
  console.error('Building the page …');
  if ((await runProgram('vite', ['build', '--logLevel', 'warn'])) !== 0) {
    fail('The page could not be built: the reason is above.');
  }
}
await runTypeScript('src/bridge/node/main.ts');

/** Built, and nothing that it is made of has changed since. */
function pageIsBuilt() {
  const page = new URL('dist/index.html', ROOT);
  if (!existsSync(page)) return false;
  const builtMs = statSync(page).mtimeMs;
  return ['src', 'lessons', 'public'].every((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, withFileTypes: true }).every(
      (entry) =>
        !entry.isFile() ||
        /\.test\.ts$/.test(entry.name) ||
        statSync(`${entry.parentPath ?? entry.path}/${entry.name}`).mtimeMs <= builtMs,
    ),
  );
}
