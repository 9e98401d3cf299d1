/** Files that may be compressed, and stdin. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { STDIN } from './bus-options';

/** The bytes of a file, unpacked where its name ends in .gz; - reads stdin to its end. */
export function readInput(name: string): Uint8Array {
  const bytes = readFileSync(name === STDIN ? 0 : name);
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** One sentence on why a file could not be written. */
export function writeComplaint(name: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `"${name}" cannot be written: its folder does not exist`;
  return readComplaint(name, error);
}

/** One sentence on why a file could not be read. */
export function readComplaint(name: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `there is no file "${name}"`;
  if (code === 'EISDIR') return `"${name}" is a folder; a file is expected`;
  if (code === 'Z_DATA_ERROR') return `"${name}" ends in .gz but is not a gzip file`;
  return `"${name}": ${message}`;
}
