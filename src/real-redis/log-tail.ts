/** Follows a log file that somebody else writes. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parseLogLine, type LogFileLine } from './log-line';

const CHUNK_BYTES = 65_536;

export class LogTail {
  private readonly path: string;
  private file: number | null = null;
  private readBytes = 0;
  private unfinished = '';

  constructor(path: string) {
    this.path = path;
  }

  /** Leaves out what is there already; throws when the file cannot be read. */
  skipToEnd(): void {
    this.file ??= openSync(this.path, 'r');
    this.readBytes = fstatSync(this.file).size;
  }

  /** The lines since they were last taken. */
  take(): LogFileLine[] {
    const pieces = (this.unfinished + this.readMore()).split('\n');
    this.unfinished = pieces.pop()!;
    return pieces.map(parseLogLine).filter((line) => line !== null);
  }

  end(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }

  private readMore(): string {
    try {
      this.file ??= openSync(this.path, 'r');
    } catch {
      return '';
    }
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let text = '';
    for (;;) {
      const count = readSync(this.file, buffer, 0, CHUNK_BYTES, this.readBytes);
      if (count === 0) return text;
      this.readBytes += count;
      text += buffer.toString('latin1', 0, count);
    }
  }
}
