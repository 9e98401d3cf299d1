// The stage of npm test that plays a few scripts on real redis-server processes.
import { fileURLToPath } from 'node:url';
import { ROOT, spawnAndWait } from './processes.mjs';
import { ensureRedisServer } from './redis-server.mjs';

/**
 * `passed` or `FAILED`; where no redis-server 7.0 can be had, one sentence and `skipped`, but with
 * CI=true `FAILED`: a machine that tests for others has to have one.
 */
export async function runFidelity() {
  const missing = await ensureRedisServer();
  if (missing !== null) {
    const isNeeded = process.env.CI === 'true';
    const outcome = isNeeded ? 'Failed, as CI is true' : 'Skipped';
    console.log(`${outcome}: ${missing}, so nothing was compared with real processes.`);
    return isNeeded ? 'FAILED' : 'skipped';
  }
  const file = fileURLToPath(new URL('scripts/fidelity.mjs', ROOT));
  const code = await spawnAndWait(process.execPath, [file, '--short']);
  return code === 0 ? 'passed' : 'FAILED';
}
