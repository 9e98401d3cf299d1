/** What was seen to happen to real nodes, in the words of the page. */
import { rumoursOf } from '../kernel/frame-of-world';
import { subjectOf } from '../protocol/effects';
import type { Note } from '../protocol/notes';
import type { NodeName } from '../protocol/ids';
import type { LiveFault } from '../shadow/live-events';
import type { LiveStep } from '../shadow/live-shadow';
import type { CaptureHistory } from './capture-history';
import type { MessageTrace } from './cluster-source';

const LINK_OF_MODE = { cut: 'cut', hold: 'held', delay: 'slow' } as const;
/** Whoever sends commands to real nodes. */
const CLIENT = 'redis-cli';

/** The number of a message, for the page; frames are counted from 0. */
export const messageOfFrame = (frame: number): number => frame + 1;
export const frameOfMessage = (message: number): number => message - 1;

/** What the cause of a step tells; also remembers when messages left and were read. */
export function notesOfCause(history: CaptureHistory, step: LiveStep, number: number): Note[] {
  const { cause, atMs } = step;
  switch (cause?.type) {
    case 'said':
      history.sends.set(messageOfFrame(cause.frame), number);
      keepContents(history, cause.frame);
      return transport(history, 'sent', cause.frame);
    case 'heard':
      history.reads.set(messageOfFrame(cause.frame), { step: number, atMs });
      return transport(history, 'received', cause.frame);
    case 'lost':
      return transport(history, 'lost', cause.frame);
    case 'log': {
      const { level, text } = cause.line;
      return [{ event: 'log', node: history.nameOf(cause.node), level, text }];
    }
    case 'command':
      if (cause.for === 'obeyed') return [];
      return commandNotes(history.nameOf(cause.node), cause.argv, cause.reply);
    case 'fault':
      return linkNotes(history, cause.fault, null);
    case 'heal': {
      const fault = history.faultOf(cause.fault);
      return fault ? linkNotes(history, fault, fault.mode === 'hold' ? 'released' : 'healed') : [];
    }
    default:
      return [];
  }
}

/** What few messages have: a suspicion, or somebody they are about. */
export type MessageContents = Required<Pick<MessageTrace, 'rumours' | 'about'>>;

function keepContents({ run, nameById, contents }: CaptureHistory, frame: number): void {
  const message = run.store.messageOf(frame);
  if (!message) return;
  const rumours = rumoursOf(message, nameById);
  const id = subjectOf(message);
  const about = id ? (nameById.get(id) ?? null) : null;
  if (rumours.length > 0 || about !== null) contents.set(messageOfFrame(frame), { rumours, about });
}

function transport(
  history: CaptureHistory,
  event: 'sent' | 'received' | 'lost',
  number: number,
): Note[] {
  const { store } = history.run;
  const frame = store.at(number);
  const type = frame && store.typeOf(number);
  if (!frame || type === null) return [];
  const [from, to] = [history.nameOf(frame.from), history.nameOf(frame.to)];
  return [{ event, type, from, to, message: messageOfFrame(number) }];
}

function commandNotes(node: NodeName, argv: readonly string[], reply: string | undefined): Note[] {
  const text = argv.join(' ');
  const asked: Note = { event: 'command', client: CLIENT, node, text };
  if (reply === undefined) return [asked];
  const word = /^\(error\) (MOVED|ASK|TRYAGAIN|CROSSSLOT|CLUSTERDOWN|READONLY)\b/.exec(reply)?.[1];
  const kind = (word ?? (reply.startsWith('(error)') ? 'ERR' : 'value')) as 'value';
  return [asked, { event: 'reply', client: CLIENT, node, kind, text: reply, command: text }];
}

function linkNotes(
  history: CaptureHistory,
  { mode, ways }: LiveFault,
  end: 'healed' | 'released' | null,
): Note[] {
  if (mode === 'reset') return [];
  const link = end ?? LINK_OF_MODE[mode];
  return ways.map(([from, to]) => ({
    ...({ event: 'link', link } as const),
    ...{ from: history.nameOf(from), to: history.nameOf(to) },
  }));
}
