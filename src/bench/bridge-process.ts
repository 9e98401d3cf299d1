/** `npm run bridge` as a process of its own, so that its memory can be told from ours. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../bridge/node/main.ts', import.meta.url));
const START_LIMIT_MS = 60_000;

export interface BridgeProcess {
  readonly port: number;
  readonly pid: number;
  readonly token: string;
  /** Megabytes that it occupies now. */
  readonly megabytes: () => number;
  readonly end: () => Promise<void>;
}

/** Starts it with six processes and waits for its link; throws with what it said otherwise. */
export async function startBridgeProcess(timeoutMs: number): Promise<BridgeProcess> {
  const port = await freePort();
  const argv = ['--import', 'tsx', MAIN, '--port', String(port), '--timeout', String(timeoutMs)];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  const deadlineMs = Date.now() + START_LIMIT_MS;
  while (!/token=\w+/.test(said)) {
    if (child.exitCode !== null || Date.now() > deadlineMs) {
      child.kill('SIGTERM');
      throw new Error(`The bridge did not start: ${said.trim()}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return {
    ...{ port, pid: child.pid!, token: /token=(\w+)/.exec(said)![1]!, end },
    megabytes: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
