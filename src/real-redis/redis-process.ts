/** One redis-server process in a folder of its own. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogFileLine } from './log-line';
import { LogTail } from './log-tail';
import type { NodePorts } from './ports';
import { endChild, startChild } from './processes';
import { askOnce } from './redis-client';

const START_LIMIT_MS = 20_000;
const MOST_SAID = 4_096;

export interface ProcessSettings {
  readonly redisServer: string;
  readonly folder: string;
  readonly ports: NodePorts;
  readonly nodeTimeoutMs: number;
  readonly settings: readonly string[];
  /** The process ended, and nobody had asked for it: `SIGSEGV`, `code 1`. */
  readonly died?: (why: string) => void;
}

export class RedisProcess {
  readonly ports: NodePorts;
  private child: ChildProcess | null = null;
  private readonly config: ProcessSettings;
  private readonly log: LogTail;

  constructor(config: ProcessSettings) {
    this.config = config;
    this.ports = config.ports;
    this.log = new LogTail(join(config.folder, 'redis.log'));
    mkdirSync(config.folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(config.folder, 'redis.conf'), configText(config));
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Starts the process and waits until it answers; throws when it ends instead. */
  async start(): Promise<void> {
    const child = startChild(this.config.redisServer, [join(this.config.folder, 'redis.conf')]);
    this.child = child;
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(0, MOST_SAID);
    });
    const ended = new Promise<string>((done) => {
      child.once('exit', (code, signal) => done(`ended with ${howItEnded(code, signal)}`));
      child.once('error', (error) => done(`did not start: ${error.message}`));
    });
    const why = await Promise.race([ended, this.answers()]);
    if (why === null) {
      child.once('exit', (code, signal) => this.ended(child, howItEnded(code, signal)));
      return;
    }
    await this.kill();
    const said = this.takeLog().map(({ text }) => text);
    const words = [...complaint.split('\n'), ...said].filter((line) => line.trim() !== '');
    const last = words.slice(-3).join(' | ') || 'it said nothing';
    throw new StartError(`redis-server on port ${this.ports.client} ${why}: ${last}.`);
  }

  private ended(child: ChildProcess, why: string): void {
    if (this.child !== child) return;
    this.child = null;
    this.config.died?.(why);
  }

  private async answers(): Promise<string | null> {
    const deadlineMs = Date.now() + START_LIMIT_MS;
    while (Date.now() < deadlineMs) {
      const reply = await askOnce(this.ports.client, ['PING']);
      if (reply.type === 'status' && reply.text === 'PONG') return null;
      await new Promise((done) => setTimeout(done, 5));
    }
    return `did not answer within ${START_LIMIT_MS} ms`;
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child) await endChild(child);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal);
  }

  /** The lines it has logged since they were last taken. */
  takeLog(): LogFileLine[] {
    return this.log.take();
  }
}

const howItEnded = (code: number | null, signal: string | null): string =>
  signal ?? `code ${code ?? 'none'}`;

/** The process could not start; another set of ports may do. */
export class StartError extends Error {}

function configText({ folder, ports, nodeTimeoutMs, settings }: ProcessSettings): string {
  const announced =
    ports.announcedClient === ports.client
      ? []
      : [
          'cluster-announce-ip 127.0.0.1',
          `cluster-announce-port ${ports.announcedClient}`,
          `cluster-announce-bus-port ${ports.announcedBus}`,
        ];
  const lines = [
    `port ${ports.client}`,
    'bind 127.0.0.1',
    'cluster-enabled yes',
    `cluster-port ${ports.bus}`,
    `cluster-node-timeout ${nodeTimeoutMs}`,
    'cluster-config-file nodes.conf',
    `dir ${folder}`,
    `logfile ${join(folder, 'redis.log')}`,
    'loglevel debug',
    'save ""',
    'appendonly no',
    'repl-diskless-sync-delay 0',
    'daemonize no',
    ...announced,
    ...settings,
  ];
  return `${lines.join('\n')}\n`;
}
