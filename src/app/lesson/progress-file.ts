/** Progress as a file the reader keeps, hands to a teacher, or takes to another browser. */
import { isProgress, type LessonProgress, type Progress } from './progress';

const VERSION = 1;
/** How the name ends under which a second round is kept. */
const AGAIN = ' again';

export interface ProgressCounts {
  /** Lessons that were opened, in which something was predicted, that were finished. */
  readonly seen: number;
  readonly predicted: number;
  readonly done: number;
  /** Lessons that were finished once more, with new data. */
  readonly renewed: number;
  /** Cases that were finished; none of the other numbers counts a case. */
  readonly solved: number;
}

/** `cases` are the slugs that are no lessons. */
export function countProgress(progress: Progress, cases: readonly string[] = []): ProgressCounts {
  const isSecond = (name: string): boolean => name.endsWith(AGAIN);
  const rounds = Object.entries(progress).filter(([name]) => !cases.includes(name));
  const all = rounds.flatMap(([name, one]) => (isSecond(name) ? [] : [one]));
  return {
    solved: cases.filter((slug) => progress[slug]?.isDone).length,
    renewed: rounds.filter(([name, { isDone }]) => isSecond(name) && isDone).length,
    seen: all.length,
    predicted: all.filter(hasPredicted).length,
    done: all.filter(({ isDone }) => isDone).length,
  };
}

export function printProgressFile(progress: Progress): string {
  return JSON.stringify({ slotscopeProgress: VERSION, lessons: progress }, null, 2);
}

/** What a file holds; null when it is none of these files. Never throws. */
export function readProgressFile(text: string): Progress | null {
  try {
    const value = JSON.parse(text) as { slotscopeProgress?: unknown; lessons?: unknown } | null;
    if (value?.slotscopeProgress !== VERSION) return null;
    return isProgress(value.lessons) ? value.lessons : null;
  } catch {
    return null;
  }
}

/** Both together; of a lesson in both, the one that came further. */
export function mergeProgress(here: Progress, there: Progress): Progress {
  const merged: Record<string, LessonProgress> = { ...here };
  for (const [slug, other] of Object.entries(there)) {
    const own = here[slug];
    merged[slug] = own === undefined || reach(other) > reach(own) ? other : own;
  }
  return merged;
}

function hasPredicted({ guesses }: LessonProgress): boolean {
  return Object.values(guesses).some((guess) => guess !== null);
}

function reach({ isDone, guesses }: LessonProgress): number {
  return (isDone ? 1_000 : 0) + Object.keys(guesses).length;
}
