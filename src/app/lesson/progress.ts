/** How far the reader has come, kept in this browser and nowhere else. */
import type { Answer } from '../../lesson/lesson';
import { readStored, writeStored } from '../storage';

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

/** By hand: a library for this is more script than the home page has to spare. */
export function isProgress(value: unknown): value is Progress {
  return isRecord(value) && Object.values(value).every(isLessonProgress);
}

function isLessonProgress(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['guesses'])) return false;
  const { step, isDone, guesses } = value;
  return (
    typeof step === 'string' && typeof isDone === 'boolean' && Object.values(guesses).every(isGuess)
  );
}

function isGuess(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is kept, by the lesson's slug; anything unreadable counts as nothing. */
export function readProgress(): Progress {
  try {
    const kept: unknown = JSON.parse(readStored(KEY) ?? '{}');
    return isProgress(kept) ? kept : {};
  } catch {
    return {};
  }
}

export function keepProgress(slug: string, progress: LessonProgress): void {
  keepAllProgress({ ...readProgress(), [slug]: progress });
}

/** Puts what is known of all lessons in place of what was kept. */
export function keepAllProgress(progress: Progress): void {
  writeStored(KEY, JSON.stringify(progress));
}
