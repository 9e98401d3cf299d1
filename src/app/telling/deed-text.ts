/** One sentence for each thing that was done, in the language of the page. */
import type { Input } from '../../kernel/inputs';
import { printInput } from '../../lesson/actions';
import type { deeds } from '../../words/en/deeds';

type Words = typeof deeds;
type LinkDeed = Extract<Input, { readonly from: string }>;
type MessageDeed = Extract<Input, { readonly message: number }>;

interface Told {
  readonly say: Words;
  /** A message by its number, as `PONG 8904 → 8901`; null if it is not known. */
  readonly messageText: (message: number) => string | null;
}

/** The sentence of a deed. */
export function deedText(input: Input, told: Told): string {
  const { did } = told.say;
  switch (input.type) {
    case 'freeze':
    case 'wake':
    case 'kill':
    case 'restart':
    case 'start':
      return did[input.type](input.node);
    case 'open':
      return did.open(input.first, input.last);
    case 'ping':
      return did.ping(input.node, input.to);
    case 'heal-all':
      return did.healAll;
    case 'partition':
      return did.partition(input.sides, input.rest);
    case 'write':
      return did.write(input.client, input.perSecond, timeText(input.durationMs, told.say));
    case 'answer':
      return did.answer(input.text);
    case 'interrupt':
      return did.interrupt;
    case 'redis-cli':
      return printInput(input);
    case 'command':
      return `${input.node ?? input.client}> ${input.argv.join(' ')}`;
    default:
      return 'message' in input ? messageDeedText(input, told) : linkText(input, told.say);
  }
}

function linkText(input: LinkDeed, say: Words): string {
  const { did } = say;
  const isOneWay = input.type === 'drop' || input.oneWay;
  const link = `${input.from} ${isOneWay ? '→' : '–'} ${input.to}`;
  if (input.type === 'delay') return did.delay(link, timeText(input.addMs, say));
  return input.type === 'drop'
    ? did.drop(link, input.count, input.messageType)
    : did[input.type](link);
}

function messageDeedText(input: MessageDeed, { say, messageText }: Told): string {
  const { did } = say;
  const message = messageText(input.message) ?? did.oneMessage(input.message);
  switch (input.type) {
    case 'drop-message':
      return did.dropMessage(message);
    case 'hold-message':
      return did.holdMessage(message);
    case 'release-message':
      return did.releaseMessage(message);
    case 'duplicate-message':
      return did.duplicateMessage(message);
    case 'delay-message':
      return did.delayMessage(message, timeText(input.addMs, say));
  }
}

function timeText(durationMs: number, { seconds, milliseconds }: Words): string {
  return durationMs < 1000 ? milliseconds(durationMs) : seconds(durationMs / 1000);
}
