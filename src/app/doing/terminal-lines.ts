/** A client's conversation as its terminal shows it, from the notes. */
import { isOperator } from '../../protocol/ids';
import type { ReplyKind, RecordedNote } from '../../protocol/notes';
import { SCENE_BEGINS_MS } from '../../timeline/repetition';
import { localAddress, type AddressOf } from './usual-address';

export { isAsking } from './is-asking';

export interface TerminalLine {
  readonly key: string;
  readonly kind: 'command' | 'reply' | 'error' | 'redirect';
  /** The prompt before a command; empty otherwise. */
  readonly prompt: string;
  readonly text: string;
  /** The line goes on: dots, or a question that waits for its answer. */
  readonly open?: boolean;
}

const ANSWERS: readonly ReplyKind[] = ['ok', 'value', 'nil'];

/**
 * The lines up to and including kernel step `untilStep`. What redis-cli did to build is left
 * out, and what `without` say. Prompts show what `addressOf` says.
 */
export function terminalLines(
  notes: readonly RecordedNote[],
  untilStep: number,
  without: readonly string[] = [],
  addressOf: AddressOf = localAddress,
): TerminalLine[] {
  const lines: TerminalLine[] = [];
  for (const [i, note] of notes.entries()) {
    if (note.step > untilStep) break;
    if (note.event === 'cli.start' || note.event === 'cli') addOperatorLine(lines, note, i);
    const isTalk = note.event === 'command' || note.event === 'reply' || note.event === 'push';
    if (!isTalk || isUnseen(note.client) || without.includes(note.client)) continue;
    const key = `${note.step} ${i}`;
    const prompt = note.client === FIRST_CLIENT ? '' : `${note.client} `;
    if (note.event === 'push') {
      lines.push({ key, kind: 'reply', prompt: prompt.trim(), text: numbered(note.text) });
    } else if (note.event === 'command') {
      // A redirected command is not typed a second time; the line about the redirect stands for it.
      if (lines.at(-1)?.kind === 'redirect') continue;
      lines.push({
        key,
        kind: 'command',
        prompt: `${prompt}${addressOf(note.client, note.node)}>`,
        text: note.text,
      });
    } else if (!isQuietAsking(note, lines.at(-1))) {
      lines.push({ key, prompt: '', ...printed(note, notes[i + 1]) });
    }
  }
  return lines;
}

/** Who types where nobody is named. */
const FIRST_CLIENT = 'c1';

/** redis-cli building the cluster, and whoever prepares a scene: `cli as backstage …`. */
const isUnseen = (client: string): boolean => isOperator(client) || client.startsWith('backstage');

/** What came over a channel, as redis-cli prints a list. Source: cliFormatReplyTTY. */
function numbered(text: string): string {
  const items = text.match(/"(?:\\.|[^"\\])*"|\(\w+\) \S+|\S+/g) ?? [];
  return items.map((item, i) => `${i + 1}) ${item}`).join('\n');
}

/** What redis-cli --cluster prints, when a person called it. */
function addOperatorLine(
  lines: TerminalLine[],
  note: Extract<RecordedNote, { event: 'cli' | 'cli.start' }>,
  i: number,
): void {
  const key = `cli ${note.run} ${note.step} ${i}`;
  if (note.event === 'cli.start') {
    if (note.atMs <= SCENE_BEGINS_MS) return;
    lines.push({ key, kind: 'command', prompt: '$', text: note.text });
    return;
  }
  const last = lines.findLastIndex((line) => line.key.startsWith(`cli ${note.run} `));
  if (last === -1) return;
  const open = lines[last]!;
  if (open.open) lines[last] = { ...open, text: open.text + note.text, open: !note.ends };
  else lines.push({ key, kind: 'reply', prompt: '', text: note.text, open: !note.ends });
}

/** After -ASK redis-cli says ASKING by itself, and nothing about the OK. Source: cliSendAsking. */
const isQuietAsking = (
  note: Extract<RecordedNote, { event: 'reply' }>,
  last: TerminalLine | undefined,
): boolean => note.command === 'ASKING' && note.kind === 'ok' && last?.kind === 'redirect';

/** Source: cliReadReply, src/redis-cli.c: with -c a redirect is followed and told in one line. */
function printed(
  reply: Extract<RecordedNote, { event: 'reply' }>,
  next: RecordedNote | undefined,
): Pick<TerminalLine, 'kind' | 'text'> {
  const isFollowed =
    (reply.kind === 'MOVED' || reply.kind === 'ASK') &&
    next?.event === 'command' &&
    next.client === reply.client &&
    next.step === reply.step;
  if (isFollowed) {
    const [, slot, address] = reply.text.split(' ');
    return { kind: 'redirect', text: `-> Redirected to slot [${slot}] located at ${address}` };
  }
  if (ANSWERS.includes(reply.kind)) return { kind: 'reply', text: reply.text };
  return { kind: 'error', text: `(error) ${reply.text}` };
}
