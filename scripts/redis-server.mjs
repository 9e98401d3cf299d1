// Makes sure that there is a redis-server to compare the simulation with, where that is possible.
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnAndWait } from './processes.mjs';

/** Finds redis-server in PATH, or installs Debian's as root. Returns whether there is one now. */
export async function ensureRedisServer() {
  if (redisServerIsThere()) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.error('Installing Debian’s redis-server …');
  await withoutService(installDebianPackage);
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

async function installDebianPackage() {
  const options = { stdio: ['ignore', 2, 2], env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await spawnAndWait('apt-get', ['-qq', 'update'], options);
  const flags = ['-qq', 'install', '-y', '--no-install-recommends'];
  await spawnAndWait('apt-get', [...flags, 'redis-server'], options);
}

// Debian starts what it installs, unless this file says that it may not: here, 101 is "forbidden".
const POLICY = '/usr/sbin/policy-rc.d';

async function withoutService(install) {
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    if (isOurs) rmSync(POLICY, { force: true });
  }
}
