/**
 * Finds what a text may mean: a line of a log with its ids and times, an error as a terminal prints
 * it, or words in either language, with slips of the keyboard.
 */
import { wordDistance } from '../../lesson/nearest-word';
import { glossKeyOf } from '../panels/log-glosses';
import type { Entry } from './reference-entries';
import { commandName, errorName, withoutNumbers } from './thing-of-note';

export interface Found {
  /** Best first. */
  readonly entries: readonly Entry[];
  /** Where nothing fits: what comes nearest, if anything does. */
  readonly nearest: Entry | null;
}

/** What asks, and says nothing of what is asked for. */
const ASKING_WORDS = new Set(
  'what does do mean means meaning why how when is are was it its a an the of in on to i see get my this that and or 什么 意思 是什 么意 为什 怎么 的意'.split(
    ' ',
  ),
);
const CHINESE = /\p{Script=Han}+/gu;
/** Of the weight of all words, this part must be found. */
const ENOUGH = 0.6;
const MOST_FOUND = 24;
/** What is longer is a line of a log, or a reply. */
const LONGEST_NAME = 40;
/** Before a line of a log: pid and role, date and time, and the sign of the level. */
const LINE_HEAD =
  /^(?:\d+:[XCSM]\s+)?(?:\d{1,2} \w{3}(?: \d{4})? )?(?:[\dT:.-]+\s+)?(?:[.*#-]\s+)?/;

export class ReferenceSearch {
  private readonly entries: readonly Entry[];
  private readonly texts: ReadonlyMap<Entry, { readonly title: string; readonly all: string }>;
  private readonly vocabulary: ReadonlyMap<string, number>;

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    this.texts = new Map(entries.map((entry) => [entry, textsOf(entry)]));
    const counts = new Map<string, number>();
    for (const { all } of this.texts.values())
      for (const word of new Set(wordsOf(all))) counts.set(word, (counts.get(word) ?? 0) + 1);
    this.vocabulary = counts;
  }

  find(query: string): Found {
    const exact = [...this.exactly(query), ...this.nearlyCalled(query)];
    // Of a whole line the words say less than the line.
    const isLine = exact.length > 0 && query.trim().length > LONGEST_NAME;
    const entries = [...new Set([...exact, ...(isLine ? [] : this.byWords(query))])];
    if (entries.length > 0) return { entries, nearest: null };
    return { entries, nearest: this.nearestTo(query) };
  }

  /** A line, an error or a command as it was copied from somewhere. */
  private exactly(query: string): Entry[] {
    const line = query.trim().replace(LINE_HEAD, '');
    const bare = query.trim().replace(/^\(error\) |^-(?=[A-Z])/, '');
    const ids = [
      `log ${glossKeyOf(line)?.key ?? withoutNumbers(line)}`,
      `error ${errorName(query.trim())}`,
      `command ${commandName(bare)}`,
      `message ${bare.toUpperCase()}`,
    ];
    const isWhole = bare.split(' ').length > 1;
    return this.entries.filter(({ id, kind, title, inRedis }) => {
      if (kind === 'word') return isOneOf(bare, [...Object.values(title), ...calledIn(inRedis)]);
      return (
        ids.includes(id) && (isWhole || id.endsWith(` ${bare.toUpperCase()}`) || kind === 'log')
      );
    });
  }

  /** What is called so but for a slip of the keyboard. */
  private nearlyCalled(query: string): Entry[] {
    const asked = query.trim().toLowerCase();
    const near = Math.floor(asked.length / 4);
    return this.entries.filter(({ kind, title }) =>
      Object.values(title).some((called) => kind !== 'log' && wordDistance(asked, called) <= near),
    );
  }

  private byWords(query: string): Entry[] {
    const asked = wordsOf(query.replaceAll(/[*"“”'‘’?？]/g, ' '));
    const telling = asked.filter((word) => !ASKING_WORDS.has(word));
    const known = (telling.length > 0 ? telling : asked).map((word) => this.knownWord(word));
    const weights = known.map((word) => (word === null ? 3 : this.weightOf(word)));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const phrase = telling.join(' ');
    return this.entries
      .map((entry) => {
        const texts = this.texts.get(entry)!;
        const found = known.reduce(
          (sum, word, i) => sum + (word !== null && hasWord(texts.all, word) ? weights[i]! : 0),
          0,
        );
        const inTitle = known.filter((word) => word !== null && hasWord(texts.title, word)).length;
        const isPhrase = texts.all.includes(phrase) ? 1 : 0;
        return { entry, share: found / all, rank: found / all + inTitle / known.length + isPhrase };
      })
      .filter(({ share }) => share >= ENOUGH)
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST_FOUND)
      .map(({ entry }) => entry);
  }

  private weightOf(word: string): number {
    const count = [...this.vocabulary].reduce(
      (sum, [known, times]) => (known.startsWith(word) ? sum + times : sum),
      0,
    );
    return Math.log(1 + this.entries.length / Math.max(1, count));
  }

  /** The word itself, if anything begins with it; else the nearest, if it is near. */
  private knownWord(word: string): string | null {
    let best: string | null = null;
    let least = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
    for (const known of this.vocabulary.keys()) {
      if (known.startsWith(word)) return word;
      if (word.length < 4) continue;
      const away = wordDistance(word, known);
      if (away < least) [best, least] = [known, away];
    }
    return best;
  }

  private nearestTo(query: string): Entry | null {
    const asked = query.trim().toLowerCase();
    const far = (entry: Entry) =>
      Math.min(...Object.values(entry.title).map((title) => wordDistance(asked, title)));
    const [nearest] = this.entries
      .filter(({ kind }) => kind !== 'log' || asked.includes(' '))
      .map((entry) => ({ entry, away: far(entry) }))
      .sort((a, b) => a.away - b.away);
    return nearest?.entry ?? null;
  }
}

const isOneOf = (text: string, words: readonly string[]): boolean =>
  words.some((word) => word.toLowerCase() === text.toLowerCase());

const calledIn = (inRedis: Entry['inRedis']): string[] => inRedis?.split(', ') ?? [];

function textsOf({ title, gloss, inRedis }: Entry) {
  const titles = Object.values(title).map(withoutNumbers).join(' ').toLowerCase();
  const all = [titles, ...Object.values(gloss), inRedis ?? ''].join(' ').toLowerCase();
  return { title: spaced(titles), all: spaced(all) };
}

/** Words with one blank before each, so that a beginning of a word can be looked for. */
const spaced = (text: string): string => ` ${wordsOf(text).join(' ')}`;

const hasWord = (text: string, word: string): boolean => text.includes(` ${word}`);

/** Words of Latin letters, and each two neighbouring signs of Chinese. */
function wordsOf(text: string): string[] {
  const pairs = [...text.matchAll(CHINESE)].flatMap(([run]) =>
    run.length === 1 ? [run] : [...run].slice(1).map((sign, i) => run[i]! + sign),
  );
  const latin =
    text
      .toLowerCase()
      .replaceAll(CHINESE, ' ')
      .match(/[a-z0-9][a-z0-9_-]*/g) ?? [];
  return [...latin, ...pairs];
}
