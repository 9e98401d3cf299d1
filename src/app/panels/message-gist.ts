/** What a message says, as one would say it aloud; and where it stands. */
import type { TimedInput } from '../../kernel/inputs';
import type { FrameMessage } from '../../protocol/cluster-frame';
import type { MessageTrace } from '../../timeline/cluster-source';
import type { inspector } from '../../words/en/inspector';

type Inspector = typeof inspector;
type Words = Inspector['message'];

/** A message of the frame, or one of the recorded past, which knows less. */
export type ShownMessage = (FrameMessage | MessageTrace) & {
  readonly about?: string | null;
  readonly epoch?: number;
  /** It is still on its way, and will be kept back where it would arrive. */
  readonly isToBeHeld?: boolean;
};

/** Whether a hand has said by now that a message is to be kept back, and not let it go again. */
export function isToBeHeld(id: number, inputs: readonly TimedInput[], atMs: number): boolean {
  const last = inputs.findLast(
    ({ atMs: doneAtMs, input }) => doneAtMs <= atMs && endsHold(input, id),
  );
  return last?.input.type === 'hold-message';
}

const endsHold = (input: TimedInput['input'], id: number): boolean =>
  input.type === 'heal-all' ||
  ('message' in input &&
    input.message === id &&
    (input.type === 'hold-message' || input.type === 'release-message'));

/** The sentence between the quotation marks. */
export function gistOf(message: ShownMessage, words: Words): string {
  const { says } = words;
  const about = message.about ?? says.someone;
  switch (message.type) {
    case 'PING':
    case 'PONG':
      return heartbeatGist(message, words);
    case 'FAIL':
      return says.FAIL(about);
    case 'UPDATE':
      return says.UPDATE(about);
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
      return says[message.type](message.epoch ?? 0);
    default:
      return says[message.type];
  }
}

/** When it left, and when it came or will come, given the time at the playhead; by whose clock. */
export function journeyOf(
  message: ShownMessage,
  atMs: number,
  { message: words, listSeparator, seconds }: Inspector,
  print = (ms: number): string => seconds((ms / 1000).toFixed(3)),
): string {
  const sent = words.sent(print(message.sentAtMs));
  return sent + listSeparator + fateOf(message, atMs, words, print(message.deliverAtMs));
}

function fateOf(message: ShownMessage, atMs: number, words: Words, arrival: string): string {
  if (message.fate === 'lost') return words.wouldHaveArrived(arrival);
  if (message.fate === 'held') return words.held;
  if (message.deliverAtMs > atMs) {
    return message.isToBeHeld ? words.heldAt(arrival) : words.due(arrival);
  }
  return message.fate === 'unread' ? words.unread(arrival) : words.arrived(arrival);
}

function heartbeatGist({ type, rumours }: ShownMessage, { says }: Words): string {
  const isPing = type === 'PING';
  const named = (flag: string) => rumours.filter((r) => r.flag === flag).map((r) => r.about);
  const [failed, suspected] = [named('fail'), named('pfail')];
  if (suspected.length > 0) {
    return (isPing ? says.pingWithRumour : says.pongWithRumour)(suspected.join(', '));
  }
  if (failed.length > 0) {
    return (isPing ? says.pingWithVerdict : says.pongWithVerdict)(failed.join(', '));
  }
  return isPing ? says.PING : says.PONG;
}
