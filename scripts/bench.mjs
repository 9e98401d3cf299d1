// npm run bench: how fast engine, history, page and loading are on this machine.
import './node-version.mjs';
import { runTypeScript } from './typescript.mjs';

await runTypeScript('src/bench/bench-cli.ts');
