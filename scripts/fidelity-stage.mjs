// The stage of npm test that plays a few scripts on real redis-server processes.
import { fileURLToPath } from 'node:url';
import { ROOT, spawnAndWait } from './processes.mjs';
import { ensureRedisServer } from './redis-server.mjs';

/** `passed` or `FAILED`; `skipped` with one sentence where no redis-server 7.0 can be had. */
export async function runFidelity() {
  const missing = await ensureRedisServer();
  if (missing !== null) {
    console.log(`Skipped: ${missing}, so nothing was compared with real processes.`);
    return 'skipped';
  }
  const file = fileURLToPath(new URL('scripts/fidelity.mjs', ROOT));
  const code = await spawnAndWait(process.execPath, [file, '--short']);
  return code === 0 ? 'passed' : 'FAILED';
}
