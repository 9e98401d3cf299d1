/** When what was typed has its answer; looks ahead, and nothing of what comes is known by that. */
import type { Input } from '../../kernel/inputs';
import type { RecordedNote } from '../../protocol/notes';
import type { ClusterSource, Sight } from '../../timeline/cluster-source';
import { isAsking } from './is-asking';

/** A client that hears nothing gives up waiting on the screen, not in the cluster. */
const REPLY_WITHIN_MS = 5_000;
/** A run of redis-cli --cluster that takes longer is left to the reader's own clock. */
const TOOL_WITHIN_MS = 15_000;
/** A PING by hand, its PONG, and a link to whomever the PONG speaks of. */
const PONG_MS = 700;

interface Run {
  readonly source: ClusterSource;
}

type Test = (ahead: Sight) => boolean;

/** Up to when a deed is watched, and how fast; null: its outcome is not waited for. */
export function answerTime(run: Run, input: Input) {
  switch (input.type) {
    case 'command':
      return { atMs: replyTimeMs(run, input.client), manner: 'slowly' } as const;
    case 'ping':
      return { atMs: run.source.cursor.atMs + PONG_MS, manner: 'slowly' } as const;
    case 'redis-cli':
    case 'answer':
      return { atMs: aheadTimeMs(run, TOOL_WITHIN_MS, toolIsBusy), manner: 'hurrying' } as const;
    default:
      return null;
  }
}

/** The time at which every command of `client` has been answered, redirects included. */
export const replyTimeMs = (run: Run, client: string): number =>
  aheadTimeMs(run, REPLY_WITHIN_MS, (ahead) => isWaiting(client, ahead));

function aheadTimeMs({ source }: Run, withinMs: number, isOpen: Test): number {
  const start = source.cursor;
  const ahead = source.scout?.();
  if (ahead === undefined) return start.atMs;
  const limitMs = start.atMs + withinMs;
  // Before its first event a run has not heard of what was done at 0 s either.
  if (start.step === 0) ahead.stepEvents(1);
  while (isOpen(ahead) && ahead.cursor.atMs < limitMs) ahead.stepEvents(1);
  return ahead.cursor.atMs;
}

/** Whether redis-cli --cluster has neither ended nor asked. */
function toolIsBusy(ahead: Sight): boolean {
  const { step } = ahead.cursor;
  const notes = ahead.notes();
  const last = notes.findLast((note) => note.step <= step && TOOL_EVENTS.includes(note.event));
  return last !== undefined && last.event !== 'cli.exit' && !isAsking(notes, step);
}

const TOOL_EVENTS: readonly RecordedNote['event'][] = ['cli.start', 'cli', 'cli.exit'];

function isWaiting(client: string, ahead: Sight): boolean {
  const { step } = ahead.cursor;
  let open = 0;
  for (const note of ahead.notes()) {
    if (note.step > step) break;
    if (isOf(client, note)) open += note.event === 'command' ? 1 : -1;
  }
  return open > 0;
}

function isOf(client: string, note: RecordedNote): boolean {
  return (note.event === 'command' || note.event === 'reply') && note.client === client;
}
