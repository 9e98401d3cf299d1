/** The list of events: which kind a note belongs to, and one short line for it. */
import { isOperator } from '../../protocol/ids';
import type { RecordedNote } from '../../protocol/notes';
import type { inspector } from '../../words/en/inspector';
import { firstOf } from '../telling/caption';

type Words = (typeof inspector)['events'];
export type EventKind = keyof Words['kinds'];

export const EVENT_KINDS: readonly EventKind[] = [
  'beliefs',
  'elections',
  'slots',
  'copies',
  'faults',
  'clients',
  'tool',
  'messages',
  'logs',
];

const KIND_OF: Readonly<Record<RecordedNote['event'], EventKind>> = {
  'flag.set': 'beliefs',
  'flag.clear': 'beliefs',
  'report.add': 'beliefs',
  'report.expire': 'beliefs',
  state: 'beliefs',
  'election.start': 'elections',
  'election.expire': 'elections',
  'vote.grant': 'elections',
  'vote.deny': 'elections',
  'manual.ask': 'elections',
  'manual.pause': 'elections',
  'manual.resume': 'elections',
  'manual.ready': 'elections',
  'manual.expire': 'elections',
  migrate: 'elections',
  promote: 'elections',
  demote: 'elections',
  'slot.open': 'slots',
  'slot.close': 'slots',
  'slot.owner': 'slots',
  'key.move': 'slots',
  sync: 'copies',
  'tail.refused': 'copies',
  'writes.lost': 'copies',
  'acknowledged.lost': 'faults',
  process: 'faults',
  link: 'faults',
  command: 'clients',
  reply: 'clients',
  delivered: 'clients',
  push: 'clients',
  cli: 'tool',
  'cli.start': 'clients',
  'cli.exit': 'clients',
  sent: 'messages',
  received: 'messages',
  lost: 'messages',
  log: 'logs',
  end: 'logs',
};

/**
 * The kind under which a note is listed. Of a run of redis-cli the clients' list has the beginning
 * and the end.
 */
export function kindOf(note: RecordedNote): EventKind {
  const isTool = (note.event === 'command' || note.event === 'reply') && isOperator(note.client);
  if (isTool) return 'tool';
  return KIND_OF[note.event];
}

/** PFAIL is cleared when it becomes FAIL; only the second is worth a line. */
export function isOvertaken(note: RecordedNote, next: RecordedNote | undefined): boolean {
  return (
    note.event === 'flag.clear' &&
    next?.event === 'flag.set' &&
    next.step === note.step &&
    next.at === note.at &&
    next.about === note.about
  );
}

/** One line for a note. */
export function eventText(note: RecordedNote, { note: say }: Words): string {
  switch (note.event) {
    case 'flag.set':
      return say.flagSet(note.at, note.about, note.flag.toUpperCase());
    case 'flag.clear':
      return say.flagClear(note.at, note.about, note.flag.toUpperCase());
    case 'report.add':
      return say.reportAdd(note.at, note.by, note.about);
    case 'report.expire':
      return say.reportExpire(note.at, note.by, note.about);
    case 'state':
      return say.state(note.node, note.state);
    case 'process':
      return say.process[note.process](note.node);
    case 'link':
      return say.link[note.link](`${note.from}–${note.to}`);
    case 'sent':
    case 'received':
    case 'lost':
      return say[note.event](note.type, note.from, note.to);
    default:
      return (
        electionText(note, say) ??
        handoverText(note, say) ??
        slotText(note, say) ??
        clientText(note, say)
      );
  }
}

function electionText(note: RecordedNote, say: Words['note']): string | null {
  switch (note.event) {
    case 'election.start':
      return say.electionStart(note.node, note.epoch);
    case 'election.expire':
      return say.electionExpire(note.node, note.epoch);
    case 'vote.grant':
      return say.voteGrant(note.by, note.to, note.epoch);
    case 'vote.deny':
      return say.voteDeny(note.by, note.to, note.reason);
    case 'promote':
      return say.promote(note.node, note.epoch);
    case 'demote':
      return say.demote(note.node, note.master);
    default:
      return null;
  }
}

function handoverText(note: RecordedNote, say: Words['note']): string | null {
  switch (note.event) {
    case 'manual.ask':
      return say.manualAsk[note.mode](note.node, note.master);
    case 'manual.pause':
      return say.manualPause(note.node, note.replica);
    case 'manual.resume':
      return say.manualResume(note.node, note.waiting);
    case 'manual.ready':
      return say.manualReady(note.node, note.offsetBytes);
    case 'manual.expire':
      return say.manualExpire(note.node);
    case 'migrate':
      return say.migrate(note.node, note.from, note.to);
    case 'sync':
      return say.sync[note.how](note.node);
    case 'tail.refused':
      return say.tailRefused(note.node, note.replica, note.bytes);
    case 'writes.lost':
      return say.writesLost(note.node, note.master, ...firstOf(note.keys));
    case 'acknowledged.lost':
      return say.acknowledgedLost[note.why](note.by, note.owner, ...firstOf(note.keys));
    default:
      return null;
  }
}

function slotText(note: RecordedNote, say: Words['note']): string | null {
  switch (note.event) {
    case 'slot.open':
      return say.slotOpen[note.mark](note.node, note.slot, note.peer);
    case 'slot.close':
      return say.slotClose(note.node, note.slot);
    case 'slot.owner':
      return say.slotOwner(note.node, note.slots, note.owner, note.epoch);
    case 'key.move':
      return say.keyMove(note.node, note.to, note.key, note.slot);
    default:
      return null;
  }
}

function clientText(note: RecordedNote, say: Words['note']): string {
  switch (note.event) {
    case 'command':
      return say.command(note.client, note.node, note.text);
    case 'reply':
      return say.reply(note.client, note.node, note.text);
    case 'delivered':
      return say.delivered(note.channel, note.at);
    case 'push':
      return say.push(note.client, note.node, note.text);
    case 'log':
      return say.log(note.node, note.text);
    case 'cli':
      return say.cli(note.text);
    case 'cli.start':
      return say.cliStart(note.text);
    case 'cli.exit':
      return say.cliExit(note.code);
    case 'end':
      return say.end(note.hash);
    default:
      return note.event;
  }
}
