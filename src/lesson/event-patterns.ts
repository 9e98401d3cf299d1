/**
 * The events conditions ask for: `seen(fail(8904, 8901))`, `count(promoted(any))`.
 * A node is its port; `any` stands for all of them.
 */
import type { NoteEvent, NoteOf, RecordedNote } from '../protocol/notes';
import type { Pattern } from './history';

/** What `fail(8904, 8901)` evaluates to. */
export class EventFact implements Pattern {
  readonly events: readonly NoteEvent[];
  readonly matches: (note: RecordedNote) => boolean;
  constructor(pattern: Pattern) {
    this.events = pattern.events;
    this.matches = pattern.matches;
  }
}

export interface EventFunction {
  /** As CEL writes it, without the result. */
  readonly signature: string;
  readonly make: (...args: never[]) => EventFact;
}

/** A text to look for is at most this long, and is looked for as it stands: no patterns. */
const LONGEST_TEXT = 200;

export const EVENT_FUNCTIONS: readonly EventFunction[] = [
  {
    signature: 'pfail(int, int)',
    make: (at: bigint, about: bigint) => flag('flag.set', 'pfail', at, about),
  },
  {
    signature: 'fail(int, int)',
    make: (at: bigint, about: bigint) => flag('flag.set', 'fail', at, about),
  },
  {
    signature: 'cleared(int, int)',
    make: (at: bigint, about: bigint) => flag('flag.clear', null, at, about),
  },
  {
    signature: 'report(int, int, int)',
    make: (at: bigint, about: bigint, by: bigint) => report('report.add', at, about, by),
  },
  {
    signature: 'reportExpired(int, int, int)',
    make: (at: bigint, about: bigint, by: bigint) => report('report.expire', at, about, by),
  },
  {
    signature: 'election(int)',
    make: (node: bigint) => event('election.start', (n) => is(node, n.node)),
  },
  {
    signature: 'electionExpired(int)',
    make: (node: bigint) => event('election.expire', (n) => is(node, n.node)),
  },
  {
    signature: 'vote(int, int)',
    make: (by: bigint, to: bigint) => event('vote.grant', (n) => is(by, n.by) && is(to, n.to)),
  },
  {
    signature: 'denial(int, int, string)',
    make: (by: bigint, to: bigint, why: string) =>
      event('vote.deny', (n) => is(by, n.by) && is(to, n.to) && contains(n.reason, why)),
  },
  {
    signature: 'manualFailover(int, string)',
    make: (node: bigint, mode: string) =>
      event('manual.ask', (n) => is(node, n.node) && (mode === '' || n.mode === mode)),
  },
  {
    signature: 'paused(int)',
    make: (node: bigint) => event('manual.pause', (n) => is(node, n.node)),
  },
  {
    signature: 'resumed(int)',
    make: (node: bigint) => event('manual.resume', (n) => is(node, n.node)),
  },
  {
    signature: 'caughtUp(int)',
    make: (node: bigint) => event('manual.ready', (n) => is(node, n.node)),
  },
  {
    signature: 'manualExpired(int)',
    make: (node: bigint) => event('manual.expire', (n) => is(node, n.node)),
  },
  {
    signature: 'synced(int, string)',
    make: (node: bigint, how: string) =>
      event('sync', (n) => is(node, n.node) && (how === '' || n.how === how)),
  },
  {
    signature: 'lostWrites(int)',
    make: (node: bigint) => event('writes.lost', (n) => is(node, n.node)),
  },
  {
    signature: 'acknowledgedLost(int, string)',
    make: (by: bigint, why: string) =>
      event('acknowledged.lost', (n) => is(by, n.by) && (why === '' || n.why === why)),
  },
  {
    signature: 'migrated(int, int)',
    make: (node: bigint, to: bigint) => event('migrate', (n) => is(node, n.node) && is(to, n.to)),
  },
  {
    signature: 'slotOpened(int, string)',
    make: (node: bigint, mark: string) =>
      event('slot.open', (n) => is(node, n.node) && (mark === '' || n.mark === mark)),
  },
  {
    signature: 'slotClosed(int)',
    make: (node: bigint) => event('slot.close', (n) => is(node, n.node)),
  },
  {
    signature: 'slotOwner(int, int)',
    make: (node: bigint, owner: bigint) =>
      event('slot.owner', (n) => is(node, n.node) && is(owner, n.owner)),
  },
  {
    signature: 'keyMoved(int, int)',
    make: (node: bigint, to: bigint) => event('key.move', (n) => is(node, n.node) && is(to, n.to)),
  },
  { signature: 'promoted(int)', make: (node: bigint) => event('promote', (n) => is(node, n.node)) },
  { signature: 'demoted(int)', make: (node: bigint) => event('demote', (n) => is(node, n.node)) },
  {
    signature: 'state(int, string)',
    make: (node: bigint, state: string) =>
      event('state', (n) => is(node, n.node) && n.state === state),
  },
  {
    signature: 'process(int, string)',
    make: (node: bigint, process: string) =>
      event('process', (n) => is(node, n.node) && n.process === process),
  },
  {
    signature: 'sent(string, int, int)',
    make: (type: string, from: bigint, to: bigint) => message('sent', type, from, to),
  },
  {
    signature: 'received(string, int, int)',
    make: (type: string, from: bigint, to: bigint) => message('received', type, from, to),
  },
  {
    signature: 'lost(string, int, int)',
    make: (type: string, from: bigint, to: bigint) => message('lost', type, from, to),
  },
  {
    signature: 'link(int, int, string)',
    make: (from: bigint, to: bigint, link: string) =>
      event('link', (n) => is(from, n.from) && is(to, n.to) && n.link === link),
  },
  {
    signature: 'delivered(string, int)',
    make: (channel: string, at: bigint) =>
      event('delivered', (n) => n.channel === channel && is(at, n.at)),
  },
  {
    signature: 'heard(string, string)',
    make: (client: string, text: string) =>
      event('push', (n) => n.client === client && contains(n.text, text)),
  },
  {
    signature: 'command(string, int, string)',
    make: (client: string, node: bigint, text: string) =>
      event('command', (n) => n.client === client && is(node, n.node) && contains(n.text, text)),
  },
  {
    signature: 'reply(string, string)',
    make: (client: string, kind: string) =>
      event('reply', (n) => n.client === client && n.kind === kind),
  },
  {
    signature: 'reply(string, string, int)',
    make: (client: string, kind: string, node: bigint) =>
      event('reply', (n) => n.client === client && n.kind === kind && is(node, n.node)),
  },
  {
    signature: 'cli(string)',
    make: (text: string) => event('cli', (n) => contains(n.text, text)),
  },
  {
    signature: 'line(int, string)',
    make: (node: bigint, text: string) =>
      event('log', (n) => is(node, n.node) && contains(n.text, text)),
  },
];

/** 0 is `any`. */
function is(port: bigint, name: string): boolean {
  return port === 0n || String(port) === name;
}

function contains(text: string, part: string): boolean {
  if (part.length > LONGEST_TEXT)
    throw new Error(`a text to look for has at most ${LONGEST_TEXT} characters`);
  return text.includes(part);
}

function event<E extends NoteEvent>(kind: E, matches: (note: NoteOf<E>) => boolean): EventFact {
  return new EventFact({
    events: [kind],
    matches: (note) => note.event === kind && matches(note as unknown as NoteOf<E>),
  });
}

function flag(
  kind: 'flag.set' | 'flag.clear',
  word: 'pfail' | 'fail' | null,
  at: bigint,
  about: bigint,
): EventFact {
  return event(
    kind,
    (n) => is(at, n.at) && is(about, n.about) && (word === null || n.flag === word),
  );
}

function report(
  kind: 'report.add' | 'report.expire',
  at: bigint,
  about: bigint,
  by: bigint,
): EventFact {
  return event(kind, (n) => is(at, n.at) && is(about, n.about) && is(by, n.by));
}

/** A message on its way from one node to another, at one of its moments. */
export function message(
  kind: 'sent' | 'received' | 'lost',
  type: string,
  from: bigint,
  to: bigint,
): EventFact {
  return event(kind, (n) => n.type === type && is(from, n.from) && is(to, n.to));
}
