/** The real redis-cli, run to its end. */
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { basename, delimiter, dirname, join } from 'node:path';

const LIMIT_MS = 120_000;
/** It paints its headings, even into a pipe. */
// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[\d;]*m/g;

/** What it printed; throws when it takes too long or ends with an error. */
export function runRedisCli(redisCli: string, argv: readonly string[]): Promise<readonly string[]> {
  return new Promise((done, fail) => {
    const child = spawn(redisCli, argv, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.on('error', fail);
    child.on('exit', (code) => {
      if (code === 0) done(printed.replace(COLOUR, '').split('\n'));
      else fail(new Error(`redis-cli ${argv.join(' ')} ended with ${code}:\n${printed}`));
    });
  });
}

export interface Programs {
  readonly redisServer: string;
  readonly redisCli: string;
}

/** redis-server (`wanted`, or the one in PATH) and the redis-cli beside it or in PATH, or null. */
export function findPrograms(wanted: string | null): Programs | null {
  const redisServer = wanted ?? inPath('redis-server');
  if (redisServer === null || !existsSync(redisServer)) return null;
  const name = basename(redisServer).replace('server', 'cli');
  const beside = join(dirname(redisServer), name);
  const redisCli = existsSync(beside) ? beside : inPath('redis-cli');
  return redisCli === null ? null : { redisServer, redisCli };
}

function inPath(program: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}
