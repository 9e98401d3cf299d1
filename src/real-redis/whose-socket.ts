/**
 * Which process of this machine has dialled a connection. Linux tells; elsewhere nobody is known
 * before he speaks.
 */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import type { DialledSocket } from './proxy-port';

/** The one of these processes that holds the dialling end, or null. */
export function holderOf(socket: DialledSocket, pids: readonly (number | null)[]): number | null {
  const inode = inodeOf(socket);
  return pids.find((pid) => pid !== null && inode !== null && holds(pid, inode)) ?? null;
}

/** A line of /proc/net/tcp: number, two addresses in hexadecimal, state, …, and the inode. */
function inodeOf({ from, to }: DialledSocket): string | null {
  const [local, remote] = [endOf(from), endOf(to)];
  for (const line of linesOfTable()) {
    const [, here = '', there = '', , , , , , , inode] = line.trim().split(/\s+/);
    if (here.endsWith(local) && there.endsWith(remote)) return inode ?? null;
  }
  return null;
}

const endOf = (port: number): string => `:${port.toString(16).toUpperCase().padStart(4, '0')}`;

function linesOfTable(): readonly string[] {
  try {
    return readFileSync('/proc/net/tcp', 'latin1').split('\n');
  } catch {
    return [];
  }
}

function holds(pid: number, inode: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some(
      (name) => targetOf(`${folder}/${name}`) === `socket:[${inode}]`,
    );
  } catch {
    return false; // it has ended
  }
}

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null; // closed meanwhile
  }
}
