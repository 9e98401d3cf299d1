/**
 * Child processes that never outlive this one: ended on exit, on Ctrl-C, on a crash, and where
 * setpriv is installed even when this process is killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const children = new Set<ChildProcess>();
const folders = new Set<string>();
const SETPRIV = '/usr/bin/setpriv';
const FOLDER_PREFIX = 'slotscope-fidelity-';
/** The exit code of a program ended by Ctrl-C. */
const INTERRUPTED = 130;

let watching = false;

function watchExit(): void {
  if (watching) return;
  watching = true;
  process.on('exit', endEverything);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(INTERRUPTED));
  }
}

function endEverything(): void {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Starts a program that dies with this process. */
export function startChild(program: string, args: readonly string[]): ChildProcess {
  watchExit();
  const guarded = process.platform === 'linux' && existsSync(SETPRIV);
  const env = { ...process.env, TZ: 'UTC' };
  const child = guarded
    ? spawn(SETPRIV, ['--pdeathsig', 'KILL', program, ...args], { env, stdio: 'ignore' })
    : spawn(program, args, { env, stdio: 'ignore' });
  children.add(child);
  child.once('exit', () => children.delete(child));
  child.once('error', () => children.delete(child));
  return child;
}

/** Ends a child and waits until it is gone. A stopped process dies of SIGKILL too. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGKILL');
  await gone;
}

let nextFolder = 1;

/** An empty folder in memory where there is one; `removeFolder` or the exit takes it away. */
export function freshFolder(): string {
  watchExit();
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  sweep(base);
  const folder = join(base, `${FOLDER_PREFIX}${process.pid}-${nextFolder++}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** Folders of runs that were killed before they could tidy up. */
function sweep(base: string): void {
  for (const name of readdirSync(base)) {
    const owner = /^slotscope-fidelity-(\d+)-\d+$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    rmSync(join(base, name), { recursive: true, force: true });
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
