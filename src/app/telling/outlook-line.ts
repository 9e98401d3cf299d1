import type { caption as Templates } from '../../words/en/caption';
import { firstOf } from './caption';
import type { Outlook } from './outlook';

export interface OutlookLine {
  readonly title: string;
  readonly line: string;
  readonly soWhat: string;
}

/**
 * The line under the caption when no majority can be had, here or on one side, or when acknowledged
 * writes are lost; null when all is fine.
 */
export function outlookLine(outlook: Outlook, words: typeof Templates): OutlookLine | null {
  if (outlook.kind === 'fine') return null;
  if (outlook.kind === 'loss') {
    const { by, owner, window } = outlook.lost[0]!;
    const keys = outlook.lost.map(({ key }) => key);
    return {
      title: words.lossTitle(keys.length),
      line: words.loss[window](by, owner ?? '?'),
      soWhat: words.lossKeys(...firstOf(keys)),
    };
  }
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
    line: words.minority(sideText(outlook), size, needed, able.length),
    soWhat: words.minoritySoWhat,
  };
}

const MOST_NAMED = 6;

/** All of a small side; of a larger one its masters, who are what counts, or the first of them. */
function sideText({ side, able }: Extract<Outlook, { kind: 'minority' }>): string {
  const named = side.length <= MOST_NAMED ? side : able;
  const text = named.slice(0, MOST_NAMED).join(', ');
  return named.length > MOST_NAMED ? `${text} …` : text;
}
