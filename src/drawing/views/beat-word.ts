/** A run of like beats in one word of the language at hand. */
import type { Beat } from '../../timeline/cluster-source';
import { screenWords } from '../../words/screens.svelte';
import type { BeatWord } from '../layout/beats-line';

/** `suspicions`, `epoch 7`, `FAIL`; a redirect by its own name. */
export function beatWord(word: BeatWord, run: readonly Beat[]): string {
  const note = run[0]!.note;
  if (note.event === 'reply') return note.kind;
  const texts: Partial<Record<BeatWord, string | ((count: number) => string)>> =
    screenWords.evidence.beat;
  const text = texts[word] ?? word;
  if (typeof text === 'string') return text;
  return text(note.event === 'election.start' ? note.epoch : run.length);
}
