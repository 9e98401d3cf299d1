// Makes sure that there is a redis-server to compare the simulation with, where that is possible.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnAndWait } from './processes.mjs';

/** Finds redis-server in PATH, or installs Debian's as root. Returns whether there is one now. */
export async function ensureRedisServer() {
  if (redisServerIsThere()) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.error('Installing Debian’s redis-server …');
  await installDebianPackage();
  return redisServerIsThere();
}

function redisServerIsThere() {
  return ['redis-server', 'redis-cli'].every((program) =>
    (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program))),
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// The package would start a server on port 6379; a policy-rc.d that says 101 keeps it from doing so.
async function installDebianPackage() {
  const options = {
    stdio: ['ignore', 2, 2],
    env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  };
  await spawnAndWait('apt-get', ['-qq', 'update'], options);
  const flags = ['-qq', 'install', '-y', '--no-install-recommends'];
  await spawnAndWait('apt-get', [...flags, 'redis-server'], options);
}
