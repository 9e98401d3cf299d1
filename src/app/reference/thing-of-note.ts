/**
 * What a note shows that one may ask about: a line of a log, a command, an error, a message, or
 * something that happened. Notes of one thing have one name, whatever nodes and numbers they hold.
 */
import type { RecordedNote } from '../../protocol/notes';
import { glossKeyOf } from '../panels/log-glosses';

export const THING_KINDS = ['log', 'command', 'error', 'message', 'event'] as const;
export type ThingKind = (typeof THING_KINDS)[number];

export interface Thing {
  readonly kind: ThingKind;
  /** The same for each time it is seen. */
  readonly name: string;
  /** As it stood there. */
  readonly text: string;
}

/** Lines of an operating system or of a release that is not simulated say nothing of a cluster. */
const FOREIGN =
  /^(?:Client closed|DB \d|\d+ clients|Accepted|o[O0]|Redis version|WARNING[ :]|RDB )/;
const AT_START =
  /^(?:Configuration loaded|monotonic|Creating AOF|The AOF|Fork CoW|Background RDB .* started)/;
/** What every packet writes with `loglevel debug`. */
const OF_PACKETS = /^(?:--- Processing|GOSSIP |\w+ packet received|\[PSYNC\])/;

/** The things a note shows; none for what nobody would look up. */
export function thingsOf(note: RecordedNote): Thing[] {
  switch (note.event) {
    case 'log':
      return [FOREIGN, AT_START, OF_PACKETS].some((pattern) => pattern.test(note.text))
        ? []
        : [{ kind: 'log', name: lineName(note.text), text: note.text }];
    case 'command':
      return [{ kind: 'command', name: commandName(note.text), text: note.text }];
    case 'reply':
      return isError(note.kind)
        ? [{ kind: 'error', name: errorName(note.text), text: note.text }]
        : [];
    case 'sent':
      return [{ kind: 'message', name: note.type, text: note.type }];
    default:
      return eventThings(note);
  }
}

/** The same for all lines of one kind: its gloss, or the line without ids and numbers. */
export const lineName = (text: string): string => glossKeyOf(text)?.key ?? withoutNumbers(text);

/** What stands for an id, an address or a number in a line without them. */
export function withoutNumbers(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{40}\b(?: \(.*?\))?/g, 'ID')
    .replaceAll(/\b\d+\.\d+\.\d+\.\d+:\d+(?:@\d+)?/g, 'ADDRESS')
    .replaceAll(/-?\d+/g, 'N');
}

const WITH_WORD = ['CLUSTER', 'CONFIG'];

/** `SET`, `CLUSTER NODES`. */
export function commandName(text: string): string {
  const [first = '', second = ''] = text.toUpperCase().split(/\s+/);
  return WITH_WORD.includes(first) ? `${first} ${second}` : first;
}

const isError = (kind: string): boolean => /^[A-Z]+$/.test(kind);

/** The first word of an error, which clients read; with `ERR`, the whole of it. */
export function errorName(text: string): string {
  const bare = text.replace(/^\(error\) |^-(?=[A-Z])/, '');
  const [first = ''] = bare.split(' ');
  return first === 'ERR' ? withoutNumbers(bare) : first;
}

function eventThings(note: RecordedNote): Thing[] {
  const name = eventName(note);
  return name === null ? [] : [{ kind: 'event', name, text: name }];
}

function eventName(note: RecordedNote): string | null {
  switch (note.event) {
    case 'flag.set':
    case 'flag.clear':
      return `${note.flag}.${note.event === 'flag.set' ? 'set' : 'clear'}`;
    case 'state':
      return `state.${note.state}`;
    case 'sync':
      return `sync.${note.how}`;
    case 'manual.ask':
      return `manual.${note.mode}`;
    case 'slot.open':
      return `slot.${note.mark}`;
    case 'report.add':
    case 'report.expire':
    case 'election.start':
    case 'election.expire':
    case 'vote.grant':
    case 'vote.deny':
    case 'manual.pause':
    case 'migrate':
    case 'promote':
    case 'demote':
    case 'tail.refused':
    case 'writes.lost':
    case 'acknowledged.lost':
    case 'delivered':
    case 'key.move':
    case 'slot.owner':
      return note.event;
    default:
      return null;
  }
}
