// npm run fidelity: the simulation held against real redis-server processes.
import './node-version.mjs';
import { ensureRedisServer } from './redis-server.mjs';
import { runTypeScript } from './typescript.mjs';

if (!process.argv.includes('--redis-server')) await ensureRedisServer();
await runTypeScript('src/fidelity/fidelity-cli.ts');
