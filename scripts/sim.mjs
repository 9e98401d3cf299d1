// npm run sim: runs a cluster in the terminal, without a browser.
import './node-version.mjs';
import { runTypeScript } from './typescript.mjs';

await runTypeScript('src/sim/sim-cli.ts');
