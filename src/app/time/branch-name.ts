/** What a future is called: by the reader's own name, else by what made it, in the page's words. */
import type { Input } from '../../kernel/inputs';
import type { BranchInfo } from '../../timeline/cluster-source';
import { deedWords } from '../../words/deeds.svelte';
import { words } from '../../words/words.svelte';
import type { Session } from '../session.svelte';
import { deedText } from '../telling/deed-text';
import { knownTrace } from '../telling/known-message';
import type { MessageChange } from './what-if';

const CHANGES: Readonly<Partial<Record<Input['type'], MessageChange>>> = {
  'drop-message': 'lost',
  'hold-message': 'held',
  'delay-message': 'late',
  'duplicate-message': 'twice',
};

export function branchName({ source }: Pick<Session, 'source'>, id: number): string {
  const branch = source.branches.find((one) => one.id === id);
  if (branch === undefined) return '';
  if (branch.name !== null) return branch.name;
  return branch.cause === null ? words.futures.tree.first : causeText(source, branch, branch.cause);
}

function causeText(
  source: Session['source'],
  { id }: BranchInfo,
  { way, input }: NonNullable<BranchInfo['cause']>,
): string {
  const say = deedWords.deeds;
  const messageText = (number: number): string | null => {
    // The message may be of this future only.
    const message = knownTrace(source.playheadOn(id), number);
    return message && `${message.type} ${message.from} → ${message.to}`;
  };
  const change = CHANGES[input.type];
  if (way === 'whatIf' && change !== undefined && 'message' in input) {
    const message = messageText(input.message) ?? say.did.oneMessage(input.message);
    return words.futures.otherWise[change](message);
  }
  const deed = deedText(input, { say, messageText });
  return way === 'without' ? say.without(deed) : deed;
}
