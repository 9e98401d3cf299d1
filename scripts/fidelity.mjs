// npm run fidelity: the simulation held against real redis-server processes.
import './node-version.mjs';
import { ensureRedisServer } from './redis-server.mjs';
import { runTypeScript } from './typescript.mjs';

// Another server may be named on the command line; what is there is compared, whatever it is.
const asks = process.argv.some((word) => word.startsWith('--redis-server') || word === '--help');
const missing = asks ? null : await ensureRedisServer();
if (missing !== null) console.error(`Note: ${missing}.`);
await runTypeScript('src/fidelity/fidelity-cli.ts');
