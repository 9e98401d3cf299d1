/**
 * Leads the bus of a running cluster through the bridge: every node announces a port of ours, and
 * its peers dial again. What was set before is noted in a file first, so that it is put back even
 * when this process is killed: a guard waits for that, and the next bridge that starts looks too.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { printReply } from '../../protocol/reply';
import { askOnce } from '../../real-redis/redis-client';
import { Complaint } from './complaint';

const NAME = 'cluster-announce-bus-port';
/** Measured: the last link has moved within two seconds. */
const MOVING_MS = 2_000;

const NOTE = v.object({
  pid: v.number(),
  nodes: v.array(v.object({ port: v.number(), busPort: v.number(), before: v.string() })),
});
type Note = v.InferOutput<typeof NOTE>;

/** A folder that nobody else may write to: what is in it is sent to a cluster. */
const folder = (): string => join(tmpdir(), `slotscope-detours-${userInfo().username}`);

export class BusDetour {
  private readonly file: string;
  private nodes: Note['nodes'] = [];

  constructor() {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    this.file = join(folder(), `${process.pid}.json`);
    startGuard();
  }

  /** `port` takes commands; the bus goes to `announced` from now on, and went to `busPort`. */
  async lead(port: number, busPort: number, announced: number): Promise<void> {
    const before = await settingOf(port);
    this.nodes = [...this.nodes, { port, busPort, before }];
    const note: Note = { pid: process.pid, nodes: this.nodes };
    writeFileSync(this.file, JSON.stringify(note), { mode: 0o600 });
    await set(port, String(announced));
  }

  /** Puts back what was there, and waits until the links have moved. */
  async end(): Promise<void> {
    if (this.nodes.length === 0) return;
    await putBack(this.nodes);
    this.nodes = [];
    await pass(MOVING_MS);
    rmSync(this.file, { force: true });
  }
}

/**
 * Puts back what bridges left that were killed; returns how many nodes that were. `endedPid` is known
 * to have ended, even if the system has not noticed it yet.
 */
export async function mendDetours(endedPid?: number): Promise<number> {
  if (!existsSync(folder())) return 0;
  let mended = 0;
  for (const name of readdirSync(folder())) {
    const file = join(folder(), name);
    const note = readNote(file);
    if (note && note.pid !== endedPid && isAlive(note.pid)) continue;
    if (note) {
      mended += await putBack(note.nodes);
      await introduce(note.nodes);
    }
    rmSync(file, { force: true });
  }
  return mended;
}

/**
 * While nobody stood at the announced ports no node could tell another that its port is changed
 * back: they have to meet again. Who knows another already takes its address from that.
 */
async function introduce(nodes: Note['nodes']): Promise<void> {
  for (const [i, { port }] of nodes.entries()) {
    for (const other of nodes.slice(i + 1)) {
      const words = ['MEET', '127.0.0.1', String(other.port), String(other.busPort)];
      await askOnce(port, ['CLUSTER', ...words]);
    }
  }
}

/** Ends when the pipe from this process does, and then puts back what is left. */
function startGuard(): void {
  const file = fileURLToPath(new URL('detour-guard.ts', import.meta.url));
  const guard = spawn(process.execPath, ['--import', 'tsx', file, String(process.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.unref();
  (guard.stdin as Socket).unref();
}

async function putBack(nodes: Note['nodes']): Promise<number> {
  const done = await Promise.allSettled(nodes.map(({ port, before }) => set(port, before)));
  return done.filter(({ status }) => status === 'fulfilled').length;
}

function readNote(file: string): Note | null {
  try {
    return v.parse(NOTE, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function settingOf(port: number): Promise<string> {
  const reply = await askOnce(port, ['CONFIG', 'GET', NAME]);
  const value = reply.type === 'array' ? reply.items[1] : undefined;
  if (value?.type === 'bulk') return value.text;
  throw new Complaint(`The node at ${port} does not say its ${NAME}: ${printReply(reply)}`);
}

async function set(port: number, value: string): Promise<void> {
  const reply = await askOnce(port, ['CONFIG', 'SET', NAME, value]);
  if (reply.type === 'status') return;
  throw new Complaint(`The node at ${port} refuses CONFIG SET ${NAME}: ${printReply(reply)}`);
}
