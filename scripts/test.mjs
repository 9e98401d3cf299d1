// npm test: everything that must hold, from a bare clone. With --check: all but the browser tests.
import './node-version.mjs';
import { ensureBrowser } from './browser.mjs';
import { ensurePackages } from './packages.mjs';
import { runStages } from './stages.mjs';

const withBrowsers = !process.argv.includes('--check');

await ensurePackages();
if (withBrowsers) await ensureBrowser();
process.exitCode = await runStages({ withBrowsers });
