/** What a person is told in one sentence, instead of a stack. */

/** The bridge cannot begin, or cannot go on. */
export class Complaint extends Error {}

/** A request that is understood and not done. */
export class Refusal extends Error {
  readonly code: 'watching' | 'refused' | 'unknown' | 'failed';

  constructor(code: Refusal['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the port is taken',
  EMFILE: 'too many files are open; raise the limit with ulimit -n 4096',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  EROFS: 'the disk is read-only',
};

/** What went wrong, without codes where there are words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : SYSTEM_ERRORS[code]) ?? message;
}
