/** Ready-made conditions to run until: what a reader may wait for, given the moment at hand. */
import type { ClusterFrame, FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { RecordedNote } from '../../protocol/notes';
import type { futures } from '../../words/en/futures';

/** A condition in the language of the lessons, and what it says. */
export interface Wish {
  readonly id: string;
  readonly label: string;
  readonly condition: string;
}

interface Moment {
  readonly frame: ClusterFrame;
  /** Those of the branch; the ones up to `untilStep` have happened. */
  readonly notes: readonly RecordedNote[];
  readonly untilStep: number;
  readonly viewpoint: NodeName | null;
  readonly subject: NodeName | null;
}

/** Everybody about everybody: more than a condition may ask of a large cluster. */
const MOST_NODES_TO_COMPARE = 60;

/** What can be waited for here, the likeliest first. */
export function wishesAt(moment: Moment, words: (typeof futures)['until']): Wish[] {
  const { frame, viewpoint, subject } = moment;
  const running = frame.nodes.filter(({ process }) => process === 'running');
  const observer = running.find(({ name }) => name === viewpoint) ?? voterOf(running, subject);
  return [
    { id: 'fail', label: words.fail, condition: `count(fail(any, any)) > ${countFails(moment)}` },
    {
      id: 'promoted',
      label: words.promoted,
      condition: `count(promoted(any)) > ${countOf('promote', moment)}`,
    },
    ...(observer === undefined ? [] : beliefsOf(observer, moment, words)),
    ...calmWish(frame, words),
  ];
}

/** Who is asked when the reader looks through nobody: a master that is not the subject. */
function voterOf(running: readonly FrameNode[], subject: NodeName | null): FrameNode | undefined {
  return running.find(({ name, view }) => name !== subject && view.role === 'master') ?? running[0];
}

function beliefsOf(
  { name, view }: FrameNode,
  { frame, subject }: Moment,
  words: (typeof futures)['until'],
): Wish[] {
  const isOk = view.clusterState === 'ok';
  const state = isOk ? 'fail' : 'ok';
  const wishes: Wish[] = [
    {
      id: 'state',
      label: isOk ? words.stateFail(name) : words.stateOk(name),
      condition: `self(${name}).state == "${state}"`,
    },
  ];
  const row = view.rows.find((one) => one.name === subject);
  if (row === undefined || row.name === name) return wishes;
  const valid = row.failReports.filter(({ expiresAtMs }) => expiresAtMs >= frame.atMs);
  const count = valid.length + 1;
  const condition = `size(sees(${name}, ${row.name}).reports) >= ${count}`;
  return [{ id: 'reports', label: words.reports(name, count, row.name), condition }, ...wishes];
}

function calmWish({ nodes }: ClusterFrame, words: (typeof futures)['until']): Wish[] {
  const running = nodes.filter(({ process }) => process === 'running');
  const suspects = running.some(({ view }) =>
    view.rows.some(({ flags }) => /fail/.test(flags.join())),
  );
  if (!suspects || nodes.length > MOST_NODES_TO_COMPARE) return [];
  const doubts = 'sees(a, b).pfail || sees(a, b).fail';
  const condition = `nodes.all(a, self(a).process != "running" || !nodes.exists(b, ${doubts}))`;
  return [{ id: 'calm', label: words.calm, condition }];
}

function countOf(event: RecordedNote['event'], { notes, untilStep }: Moment): number {
  return notes.filter((note) => note.event === event && note.step <= untilStep).length;
}

function countFails({ notes, untilStep }: Moment): number {
  return notes.filter(
    (note) => note.event === 'flag.set' && note.flag === 'fail' && note.step <= untilStep,
  ).length;
}
