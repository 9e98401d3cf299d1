/**
 * One message on its way: `drop message 1234`, `delay message 1234 500ms`. The number is that of
 * the simulated network, counted from the beginning: the same scene and inputs give the same
 * numbers.
 */
import { VERB_OF_MESSAGE } from './verbs';
import type { Input } from '../kernel/inputs';
import type { SentenceReader } from './sentence-reader';
import { printDuration } from './sentence-units';

type MessageDeed = Extract<Input, { readonly message: number }>;
type MessageVerb = 'drop' | 'hold' | 'release' | 'delay' | 'duplicate';

export const MESSAGE_EXAMPLE = 'message 1234';

/** Whether a verb for links is meant for one message; takes the word that says so. */
export const isOfMessage = (reader: SentenceReader): boolean => reader.take('message');

/** Reads what follows `drop message`. */
export function readMessageDeed(reader: SentenceReader, verb: MessageVerb): MessageDeed {
  const message = reader.message();
  if (verb === 'delay') return { type: 'delay-message', message, addMs: reader.duration() };
  return { type: `${verb}-message`, message };
}

/** The sentence that makes the input. */
export function printMessageDeed(input: MessageDeed): string {
  const by = input.type === 'delay-message' ? ` ${printDuration(input.addMs)}` : '';
  return `${VERB_OF_MESSAGE[input.type]} message ${input.message}${by}`;
}
