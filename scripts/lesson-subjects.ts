/** Whether the words of a lesson speak of a thing, and whether it is what the lesson teaches. */
import type { Thing } from '../src/app/reference/thing-of-note';
import { withoutNumbers } from '../src/app/reference/thing-of-note';
import type { LessonStep, LessonText } from '../src/lesson/lesson';

/** A piece of a line that is long enough to be meant. */
const TELLING_LENGTH = 15;
/** What a step calls it, where that is not its name. */
const WORDS: Readonly<Record<string, RegExp>> = {
  'pfail.set': /\bPFAIL\b/,
  'fail.set': /\bFAIL\b/,
  'fail.clear': /no longer FAIL|clear/i,
  'report.add': /\breports?\b/,
  'report.expire': /\bexpires?\b|\blasts?\b|\bold\b/,
  'election.start': /\bcurrentEpoch\b/,
  'vote.grant': /\bmajority\b/,
  'vote.deny': /\balready voted\b/,
  'state.fail': /cluster_state|state/,
  'sync.full': /\bcopy\b|\bfull\b/i,
  'sync.partial': /\bpartial\b/i,
  migrate: /\borphan/,
  promote: /\bwins?\b|\bwon\b/,
  'slot.owner': /\bclaims?\b|\bepoch/,
  FAILOVER_AUTH_REQUEST: /\basks? .*\bvotes?\b/,
  FAILOVER_AUTH_ACK: /\bmajority\b/,
  MFSTART: /\bpauses?\b/,
};

/** What a lesson calls it among its own names, where that is neither its name nor its lines. */
const SUBJECTS: Readonly<Record<string, RegExp>> = {
  'pfail.set': /\bPFAIL\b/,
  'fail.set': /\bFAIL\b/,
  'report.add': /\breports?\b/,
  'state.fail': /\bcluster_state\b/,
  'slot.owner': /\bclaim\b/,
  'sync.partial': /\bbacklog\b/,
  'acknowledged.lost': /\backnowledged write\b/,
  'manual.agreed': /\bmanual failover\b/,
  'manual.pause': /\bmanual failover\b/,
  migrate: /\borphan\b/,
};

/** What a name is told to be, where a lesson tells it. */
const KINDS: Partial<Record<Thing['kind'], RegExp>> = {
  message: /\bmessages?\b/,
  error: /\banswer\b|“/,
};

const POINTS = { title: 6, told: 4, kind: 2 };

/** How much a lesson is about a thing, by its title and the names it tells before it begins. */
export function subjectPoints(thing: Thing, { title, parts }: LessonText): number {
  const pattern = subjectPattern(thing);
  if (pattern === null) return 0;
  const each = parts.map(({ term, html }) => {
    const told = plain(html);
    const points = pattern.test(plain(term)) ? POINTS.title : pattern.test(told) ? POINTS.told : 0;
    return points > 0 && KINDS[thing.kind]?.test(`${term} ${told}`) ? points + POINTS.kind : points;
  });
  return Math.max(pattern.test(title) ? POINTS.title : 0, ...each);
}

function subjectPattern({ kind, name }: Thing): RegExp | null {
  if (SUBJECTS[name]) return SUBJECTS[name];
  return kind === 'event' || kind === 'log' || name.startsWith('ERR ') ? null : named(name);
}

/** `INFO` is not named where `CLUSTER INFO` is. */
const named = (name: string): RegExp => new RegExp(`(?<!\\bCLUSTER )\\b${name}\\b`);

/** Whether the words of a step speak of it. */
export function isNamed({ kind, name, text }: Thing, prose: string): boolean {
  if (WORDS[name]) return WORDS[name].test(prose);
  if (kind === 'event') return false;
  if (kind !== 'log' && !name.startsWith('ERR ')) return named(name).test(prose);
  const pieces = withoutNumbers(text)
    .split(/ID|ADDRESS|\bN\b|[:.,()#]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= TELLING_LENGTH);
  return pieces.some((piece) => prose.includes(piece));
}

/** What a step says, its right answer too, as plain text. */
export function proseOf({ id, ask }: LessonStep, text: LessonText): string {
  const told = text.steps[id];
  const options = ask?.type === 'choice' ? ask.options.filter(({ right }) => right) : [];
  const answers = options.map((option) => told?.options[option.id]);
  return plain([told?.html, told?.question, ...answers, told?.right, told?.after].join(' '));
}

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
