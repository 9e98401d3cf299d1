/** What the stage's menus offer on real processes. */
import type { MenuItem, MenuSubject } from '../../drawing/views/act-menu';
import { liveWords } from '../../words/live.svelte';
import type { LiveRun } from './live-run.svelte';

export const LIVE_VERBS: readonly string[] = [
  ...['freeze', 'wake', 'kill', 'restart', 'cut', 'heal', 'hold', 'release', 'delay'],
  ...['partition', 'cli'],
];

/** A message is read before one could point at it; CONFIG is not on the bridge's list. */
export const NOT_LIVE: readonly string[] = ['messages', 'drop', 'duplicate', 'timeout'];

/** Ends the connections of a link: a fault that only real ones have. */
export function resetItem(subject: MenuSubject, run: LiveRun): readonly MenuItem[] {
  if (subject.type !== 'link' || run.lock !== null) return [];
  const { from, to } = subject;
  const text = liveWords.live.faults.reset;
  return [{ id: 'reset', icon: 'loop', text, run: () => run.reset(from, to) }];
}
