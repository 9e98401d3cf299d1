// Makes sure that there is a redis-server to compare the simulation with, where that is possible.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { spawnAndWait } from './processes.mjs';

/** The release whose rules the simulation follows. */
const RELEASE = '7.0';

/**
 * Finds redis-server 7.0 and redis-cli in PATH, or installs Debian's as root. Returns null when they
 * are there now, else one sentence on what is missing.
 */
export async function ensureRedisServer() {
  if (versionInPath() === undefined && canInstallDebianPackages()) {
    console.error('Installing Debian’s redis-server …');
    await withoutService(installDebianPackage);
  }
  const version = versionInPath();
  if (version === undefined) {
    return (
      'no redis-server with redis-cli was found; install it with your system ' +
      '(Debian: apt-get install redis-server)'
    );
  }
  if (version.startsWith(`${RELEASE}.`)) return null;
  return `redis-server ${version} was found, and the simulation follows ${RELEASE}`;
}

function versionInPath() {
  try {
    execFileSync('redis-cli', ['--version']);
    const text = execFileSync('redis-server', ['--version'], { encoding: 'utf8' });
    return /v=(\S+)/.exec(text)?.[1];
  } catch {
    return undefined;
  }
}

function canInstallDebianPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
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
