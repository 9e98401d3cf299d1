import type { caption as Templates } from '../words/en/caption';
import type { Outlook } from './outlook';

export interface OutlookLine {
  readonly title: string;
  readonly line: string;
  readonly soWhat: string;
}

/**
 * The line under the caption when no majority can be had, here or on one side; null when all is
 * fine.
 */
export function outlookLine(outlook: Outlook, words: typeof Templates): OutlookLine | null {
  if (outlook.kind === 'fine') return null;
  const { size, needed, able } = outlook;
  if (outlook.kind === 'no-majority') {
    return {
      title: words.noMajorityTitle,
      line: words.noMajority(size, needed, able.join(', '), able.length),
      soWhat: words.noMajoritySoWhat,
    };
  }
  return {
    title: words.minorityTitle,
    line: words.minority(outlook.side.join(', '), size, needed, able.length),
    soWhat: words.minoritySoWhat,
  };
}
