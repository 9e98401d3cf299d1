/** Says what will come of a deed that shows only later. */
import type { Input } from '../../kernel/inputs';
import type { deeds } from '../../words/en/deeds';
import { deedWords } from '../../words/deeds.svelte';
import type { Bench } from '../bench.svelte';
import type { Session } from '../session.svelte';
import { deedText } from '../telling/deed-text';

type Words = typeof deeds;

/** Tells it to whoever did it; of a deed that is seen at once there is nothing to tell. */
export function tellDeed(
  session: Pick<Session, 'messageOf'>,
  bench: Pick<Bench, 'tell'>,
  deed: Input,
): void {
  const told = whatComes(deed, (id) => {
    const message = session.messageOf(id);
    return message && `${message.type} ${message.from} → ${message.to}`;
  });
  if (told !== null) bench.tell(told);
}

/** The sentence, with the deed already done; `messageText` names a message by its number. */
export function whatComes(
  deed: Input,
  messageText: (id: number) => string | null,
  say: Words = deedWords.deeds,
): string | null {
  if (deed.type === 'drop' || deed.type === 'write') {
    return say.will.begins(deedText(deed, { say, messageText }));
  }
  if (!('message' in deed)) return null;
  const message = messageText(deed.message);
  return message && messageWill(deed, message, say);
}

type MessageDeed = Extract<Input, { readonly message: number }>;

function messageWill(deed: MessageDeed, name: string, say: Words): string {
  switch (deed.type) {
    case 'drop-message':
      return say.will.drop(name);
    case 'hold-message':
      return say.will.hold(name);
    case 'release-message':
      return say.will.release(name);
    case 'duplicate-message':
      return say.will.duplicate(name);
    case 'delay-message':
      return say.will.delay(name, say.milliseconds(deed.addMs));
  }
}
