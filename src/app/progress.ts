/** How far the reader has come, kept in this browser and nowhere else. */
import * as v from 'valibot';
import type { Answer } from '../lesson/lesson';
import { readStored, writeStored } from './storage';

/** A guess, or null when the reader asked to be shown without one. */
export type Guess = Answer | null;

export interface LessonProgress {
  /** The step the reader was last at. */
  readonly step: string;
  readonly isDone: boolean;
  readonly guesses: Readonly<Record<string, Guess>>;
}

export type Progress = Readonly<Record<string, LessonProgress>>;

const KEY = 'progress';
const schema = v.record(
  v.string(),
  v.object({
    step: v.string(),
    isDone: v.boolean(),
    guesses: v.record(
      v.string(),
      v.nullable(v.union([v.string(), v.number(), v.array(v.string())])),
    ),
  }),
);

/** What is kept, by the lesson's slug; anything unreadable counts as nothing. */
export function readProgress(): Progress {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readStored(KEY) ?? '{}'));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}

export function keepProgress(slug: string, progress: LessonProgress): void {
  writeStored(KEY, JSON.stringify({ ...readProgress(), [slug]: progress }));
}
