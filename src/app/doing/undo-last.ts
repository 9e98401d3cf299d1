/** Takes back what was done to the cluster, and says so. */
import type { Input } from '../../kernel/inputs';
import { deedWords } from '../../words/deeds.svelte';
import { words } from '../../words/words.svelte';
import { deedText } from '../telling/deed-text';
import type { Bench } from '../bench.svelte';
import type { Session } from '../session.svelte';
import { undo } from './undo';

type Teller = Pick<Bench, 'tell'>;

/** Takes back number `index` of what was done. */
export function takeBack(session: Session, bench: Teller, index: number): void {
  const say = deedWords.deeds;
  const messageText = (id: number): string | null => {
    const message = session.messageOf(id);
    return message && `${message.type} ${message.from} → ${message.to}`;
  };
  const deed = deedText(session.inputs[index]!.input, { say, messageText });
  undo(session, index);
  bench.tell(say.undone(deed));
}

/** Takes back what was done last by hand; of what came with a link, the last of the run. */
export function undoLast(session: Session, bench: Teller): void {
  const { inputs, deeds } = session;
  if (inputs.length === 0) return bench.tell(words.tools.nothingYet);
  const isHere = (input: Input): boolean => inputs.some((one) => one.input === input);
  const byHand = deeds.findLast(({ input }) => isHere(input))?.input;
  const lastMs = Math.max(...inputs.map(({ atMs }) => atMs));
  takeBack(
    session,
    bench,
    inputs.findLastIndex(({ atMs, input }) => (byHand ? input === byHand : atMs === lastMs)),
  );
}
