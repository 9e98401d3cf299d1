/** The redis-server to run, or one sentence on how to get one. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Complaint } from './complaint';

export interface FoundServer {
  readonly path: string;
  readonly version: string;
}

/** cluster-port, on which the proxies depend, came with 7.0. */
const OLDEST_MAJOR = 7;

/** execFile's own words for what one can mend. */
const WHY: Readonly<Record<string, string>> = {
  EACCES: 'it is not a program one may run',
  ENOEXEC: 'it is not a program of this system',
  ETIMEDOUT: 'asked for its --version, it says nothing for ten seconds',
};

const INSTALL = `Install one:
  Debian, Ubuntu   sudo apt-get install redis-server
  Fedora, RHEL     sudo dnf install redis
  Arch             sudo pacman -S redis
  Alpine           sudo apk add redis
  macOS            brew install redis
  Windows          in WSL, as on Ubuntu`;

export function findRedisServer(wanted: string | null): FoundServer {
  const path = wanted ?? inPath();
  if (path === null) throw new Complaint(`There is no redis-server in PATH. ${INSTALL}`);
  if (!existsSync(path)) throw new Complaint(`There is no redis-server at ${path}. ${INSTALL}`);
  const version = versionOf(path);
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return { path, version };
  throw new Complaint(`${path} is version ${version}; the bridge needs 7.0 or later. ${INSTALL}`);
}

const firstLine = (text: string): string => text.trim().split('\n')[0]!.slice(0, 80);

function inPath(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = folders.map((folder) => join(folder, 'redis-server'));
  return paths.find((path) => existsSync(path)) ?? null;
}

function versionOf(path: string): string {
  let text;
  try {
    text = execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Complaint(`${path} does not run: ${WHY[code] ?? message.split('\n')[0]}.`);
  }
  const version = /v=(\d+\.\d+\.\d+)/.exec(text)?.[1];
  if (version !== undefined) return version;
  throw new Complaint(`${path} is no redis-server: --version says "${firstLine(text)}".`);
}
