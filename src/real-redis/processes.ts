/**
 * Child processes that never outlive this one: ended on exit, on Ctrl-C, on a crash, and where
 * setpriv is installed even when this process is killed.
 */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const children = new Set<ChildProcess>();
const folders = new Set<string>();
const endings = new Set<() => Promise<void>>();
/** What a program complains of while it starts is read; the rest it writes to its own log. */
const STDIO: StdioOptions = ['ignore', 'ignore', 'pipe'];
const SETPRIV = '/usr/bin/setpriv';
const FOLDER_PREFIX = 'slotscope-';
/** Long enough to say goodbye, short enough for whoever pressed Ctrl-C. */
const ENDING_LIMIT_MS = 5_000;
/** The exit code of a program ended by Ctrl-C. */
const INTERRUPTED = 130;

let watching = false;

function watchExit(): void {
  if (watching) return;
  watching = true;
  process.on('exit', endEverything);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupt());
  }
}

let isEnding = false;

/** The first signal lets what was begun be put back; the second one does not wait. */
function interrupt(): void {
  if (isEnding || endings.size === 0) process.exit(INTERRUPTED);
  isEnding = true;
  setTimeout(() => process.exit(INTERRUPTED), ENDING_LIMIT_MS);
  void Promise.allSettled([...endings].map((end) => end())).then(() => process.exit(INTERRUPTED));
}

/** `end` is run before a signal ends this process; returns how to take that back. */
export function beforeInterrupt(end: () => Promise<void>): () => void {
  watchExit();
  endings.add(end);
  return () => endings.delete(end);
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
    ? spawn(SETPRIV, ['--pdeathsig', 'KILL', program, ...args], { env, stdio: STDIO })
    : spawn(program, args, { env, stdio: STDIO });
  children.add(child);
  if (!guarded) guardByPid(child);
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

let guard: ChildProcess | null = null;

/**
 * Where the system cannot end a child with its parent, a shell does: it reads which processes live,
 * and when this process is gone, however that came, it kills those that are left.
 */
function guardByPid(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) return;
  guard ??= startGuard();
  const { stdin } = guard;
  stdin?.write(`+ ${child.pid}\n`);
  child.once('exit', () => stdin?.write(`- ${child.pid}\n`));
}

const GUARD = `trap '' INT TERM HUP; pids=' '
while read -r what pid; do
  case $what in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -9 "$pid"; done`;

function startGuard(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', GUARD], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.unref();
  const stdin = shell.stdin as Socket;
  stdin.unref();
  stdin.on('error', () => undefined);
  return shell;
}

let nextFolder = 1;

/**
 * An empty folder for nobody else, in memory where there is one; `removeFolder` or the exit takes it
 * away, unless it is kept. `purpose` is a word of its name.
 */
export function freshFolder(purpose: string, { kept = false } = {}): string {
  watchExit();
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  sweep(base);
  const folder = join(base, `${FOLDER_PREFIX}${purpose}-${process.pid}-${nextFolder++}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  if (kept) writeFileSync(join(folder, KEPT_MARK), '');
  else folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** Folders of runs that were killed before they could tidy up. */
function sweep(base: string): void {
  for (const name of readdirSync(base)) {
    const owner = /^slotscope-(?:fidelity|bridge)-(\d+)-\d+$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner)) || isKept(join(base, name))) continue;
    rmSync(join(base, name), { recursive: true, force: true });
  }
}

/** A folder somebody asked to keep says so itself. */
const KEPT_MARK = '.keep';
const isKept = (folder: string): boolean => existsSync(join(folder, KEPT_MARK));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
