// The stage of npm test that plays a few scripts on real redis-server processes.
import { fileURLToPath } from 'node:url';
import { ROOT, spawnAndWait } from './processes.mjs';
import { ensureRedisServer } from './redis-server.mjs';

/** `passed` or `FAILED`; `skipped` with one sentence where no redis-server can be had. */
export async function runFidelity() {
  if (!(await ensureRedisServer())) {
    console.log(
      'Skipped: no redis-server was found, so the simulation was not compared with real processes; ' +
        'install it with your system (Debian: apt-get install redis-server) to have this stage.',
    );
    return 'skipped';
  }
  const file = fileURLToPath(new URL('scripts/fidelity.mjs', ROOT));
  const code = await spawnAndWait(process.execPath, [file, '--short']);
  return code === 0 ? 'passed' : 'FAILED';
}
