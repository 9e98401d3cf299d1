/** Comes to a moment of a step by its link: the outcome has been shown, and is gone back in. */
import { tick } from 'svelte';
import type { Bench } from '../bench.svelte';
import { isThere } from '../links/show-view';
import type { LessonLook } from '../links/place';
import type { Player } from '../player';
import { thingsOf } from '../reference/thing-of-note';
import { askedLevel, LOG_LEVELS } from './log-level.svelte';
import { readProgress } from './progress';

/** `player` stands where the step of the link begins. */
export async function land(
  { atMs, view = {} }: LessonLook,
  player: Player,
  bench: Bench,
): Promise<void> {
  // The step opens its own panel first.
  await tick();
  showOutcome(player);
  const { session } = player;
  if (atMs !== undefined) session.seekTime(atMs);
  if (view.tab === 'log' && view.open?.type === 'node') showLine(player, view.open.node);
  if (view.as !== undefined && isThere(session, { type: 'node', node: view.as })) {
    session.viewpoint = view.as;
  }
  if (view.open !== undefined && isThere(session, view.open)) bench.select(view.open);
  if (view.tab !== undefined) {
    bench.tab = view.tab;
    bench.inspectorIsOpen = true;
  }
}

/** A line that is written with `loglevel debug` only is shown when it is what the link is about. */
function showLine({ session: { source } }: Player, node: string): void {
  const { atMs } = source.cursor;
  const levels = source
    .notes()
    .filter((note) => note.event === 'log' && note.node === node && Math.ceil(note.atMs) === atMs)
    .flatMap((note) => (note.event === 'log' && thingsOf(note).length > 0 ? note.level : []));
  askedLevel.from = LOG_LEVELS.find((level) => [...levels, 'notice'].includes(level)) ?? 'notice';
}

/** Whoever follows such a link wants to see: a question is answered as it was, or passed over. */
function showOutcome(player: Player): void {
  if (player.isScriptRunning) player.next();
  if (player.phase !== 'asking') return;
  const { slug, keptAs = slug } = player.lesson;
  const kept = readProgress()[keptAs]?.guesses[player.step.id] ?? null;
  if (kept === null) player.skip();
  else player.answer(kept);
  if (player.isScriptRunning) player.next();
}
