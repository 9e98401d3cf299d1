// npm run swarm: random faults over many seeds, and every rule watched after every step.
import './node-version.mjs';
import { runTypeScript } from './typescript.mjs';

await runTypeScript('src/swarm/swarm-cli.ts');
