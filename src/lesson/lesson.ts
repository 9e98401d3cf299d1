/**
 * What a lesson is once it is compiled: data and words, nothing that runs by itself.
 * `lesson.yaml` and the Markdown files become this at build time; the player reads only this.
 */
import type { NodeName, Slot } from '../protocol/ids';
import type { MessageType } from '../protocol/notes';
import type { Scene } from '../kernel/scene';
import type { Action, Verb } from './actions';

export type LessonLocale = 'en' | 'zh-CN';

/** The course as the home page shows it; `load` brings one lesson. */
export interface Course {
  readonly parts: readonly CoursePart[];
  readonly lessons: readonly CourseLesson[];
  /** Slugs of the cases; their lines come with `course.yaml?cases`. */
  readonly cases?: readonly string[];
}

/** The cases, as a course of their own. */
export interface CaseCourse extends Course {
  readonly lessons: readonly CaseLesson[];
}

export interface CaseLesson extends CourseLesson {
  readonly thread: string;
  readonly summary: Summary;
}

/** One sentence, plain text. */
export type Summary = Readonly<Record<LessonLocale, string>>;

export interface CoursePart {
  readonly id: string;
  readonly title: Readonly<Record<LessonLocale, string>>;
}

export interface CourseLesson {
  readonly slug: string;
  /** The id of its part. */
  readonly part: string;
  readonly minutes: number;
  /** Slugs of the lessons it builds on. */
  readonly needs: readonly string[];
  readonly title: Readonly<Record<LessonLocale, string>>;
  /** Some of its steps can be taken on real processes; left out: none. */
  readonly isLive?: boolean;
  /** Of a case: where it was reported, as in `redis/redis#2145`. */
  readonly thread?: string;
  readonly load: () => Promise<Lesson>;
}

/** What is there for a teacher, as HTML. */
export type LessonNotes = Readonly<Record<LessonLocale, string>>;

export interface Lesson {
  readonly slug: string;
  readonly minutes: number;
  /** Of a case: where it was reported, as in `redis/redis#2145`; its English title is that one's. */
  readonly thread?: string;
  /** Slugs of the lessons that come before. */
  readonly needs: readonly string[];
  /** What the learner may do to the cluster. */
  readonly allow: readonly Verb[];
  /** Ids of steps that can be taken on real processes, too. */
  readonly live: readonly string[];
  /** The worlds this lesson plays in, by name; the first step always names one. */
  readonly scenes: Readonly<Record<string, LessonScene>>;
  readonly steps: readonly LessonStep[];
  /** What makes a second round, with new data; null without one. */
  readonly again: { readonly seed: number; readonly steps: readonly string[] } | null;
  /** Under which name its progress is kept, if not under its own. */
  readonly keptAs?: string;
  /** It is taken on the processes of a bridge. */
  readonly isReal?: true;
  /** Where the lot after the one that was drawn begins; null without lots. */
  readonly nextLot: string | null;
  readonly checks: Readonly<Record<string, LessonCheck>>;
  /** For each task, by its step, one way to reach its goals: what the last hint shows. */
  readonly ways: Readonly<Record<string, readonly Action[]>>;
  readonly text: Readonly<Record<LessonLocale, LessonText>>;
}

export interface LessonScene {
  readonly scene: Scene;
  /** Where the cursor stands when the learner first sees the scene. */
  readonly opens: Opening;
}

export type Opening =
  | { readonly type: 'at'; readonly atMs: number }
  | { readonly type: 'when'; readonly condition: string; readonly withinMs: number };

export type StepKind = 'watch' | 'predict' | 'do' | 'reflect';

/** How much is done for the learner: all of it, with blanks left, nothing. */
export const STEP_PHASES = ['worked', 'faded', 'own'] as const;
export type StepPhase = (typeof STEP_PHASES)[number];

export interface LessonStep {
  readonly id: string;
  readonly kind: StepKind;
  readonly phase: StepPhase | null;
  /** There only when this lot was drawn; null is always there. */
  readonly lot: string | null;
  /** A scene to begin anew when this step is entered; null goes on with the world at hand. */
  readonly scene: string | null;
  /** What to look at; a null field keeps what was there. */
  readonly view: StepView;
  /** Done when the step is first entered, after its scene has opened. */
  readonly enter: readonly Action[];
  readonly ask: Ask | null;
  /** Done after the answer, or on “skip, show me”: this plays the outcome. */
  readonly then: readonly Action[];
  /** The condition this prediction guards: time may not pass it before an answer. Else null. */
  readonly keyEvent: string | null;
  /** What the page keeps to itself while the question is open, because it would tell the answer. */
  readonly seals: readonly Seal[];
  /** Key of `Lesson.checks`: goals to reach before the step is done. Else null. */
  readonly check: string | null;
  /** Ids of texts, from a nudge to the act itself. */
  readonly hints: readonly string[];
  /** Empty on purpose when there is nothing to point at. */
  readonly highlight: readonly Highlight[];
}

export interface StepView {
  /**
   * Whose table is drawn; `bird` for the simulator’s truth, `operator` for no picture at all: logs
   * and terminals.
   */
  readonly as: NodeName | null;
  readonly panel: Panel | null;
  /** A key to put into the slot tool. */
  readonly key: string | null;
}

export const PANELS = ['table', 'message', 'terminal', 'log', 'machine', 'crc16'] as const;
export type Panel = (typeof PANELS)[number];

/** `quorum`: how many reports or votes are needed; `delay`, `epoch`: those of a candidate. */
export const SEALS = ['quorum', 'delay', 'epoch'] as const;
export type Seal = (typeof SEALS)[number];

/** Things a step may point at; drawing finds them, lessons never know where they are. */
export type Highlight =
  | { readonly type: 'node' | 'log'; readonly node: NodeName }
  | { readonly type: 'link'; readonly from: NodeName; readonly to: NodeName }
  /** One line of one node's table, or the reports kept with it. */
  | { readonly type: 'row' | 'reports'; readonly at: NodeName; readonly about: NodeName }
  | { readonly type: 'slot'; readonly slot: Slot }
  | { readonly type: 'range'; readonly first: Slot; readonly last: Slot }
  /** The newest message of its type when the step begins; the inspector opens it. */
  | { readonly type: 'message'; readonly messageType: MessageType }
  | { readonly type: 'panel'; readonly panel: Panel };

export type Ask =
  | { readonly type: 'choice'; readonly options: readonly Option[]; readonly truth: string | null }
  | NumberAsk
  | {
      readonly type: 'node';
      readonly accept: readonly NodeName[];
      readonly wrong: readonly WrongAnswer[];
      readonly truth: string | null;
    }
  | {
      readonly type: 'order';
      /** In the order to show them; their texts are among the step's `options`. */
      readonly items: readonly string[];
      readonly accept: readonly (readonly string[])[];
      readonly wrong: readonly WrongAnswer[];
      readonly truth: string | null;
    }
  | LinesAsk
  /** A line in the learner's own words; it is kept, and nobody judges it. */
  | { readonly type: 'free'; readonly truth: null };

export interface NumberAsk {
  /** `time` is a number too, of milliseconds of the run. */
  readonly type: 'number' | 'time';
  readonly accept: { readonly min: number; readonly max: number };
  readonly wrong: readonly WrongAnswer[];
  readonly truth: string | null;
}

/** Lines of the log that the scene reads, by their numbers from 1, as a proof. */
export interface LinesAsk {
  readonly type: 'lines';
  /** Each of these sets is enough; more than `most` lines are no proof but a copy of the log. */
  readonly proofs: readonly (readonly string[])[];
  readonly most: number;
  readonly wrong: readonly WrongAnswer[];
  readonly truth: null;
}

export interface Option {
  readonly id: string;
  readonly right: boolean;
  /** The misconception a wrong option comes from: id of a `because` text. */
  readonly because: string | null;
}

export interface WrongAnswer {
  /** A condition over `answer`. */
  readonly when: string;
  readonly because: string;
}

/** An option's id, a number, a node, ids in order, numbers of lines, or a line of one's own. */
export type Answer = string | number | readonly string[];

export interface Verdict {
  readonly right: boolean;
  /** Id of the `because` text to show, or null. */
  readonly because: string | null;
}

export interface LessonCheck {
  readonly id: string;
  /** All must hold at once; each has a text, shown with a tick box. */
  readonly goals: readonly Goal[];
  /** Looked at in order while the goals do not hold; the first that does is said. */
  readonly near: readonly NearMiss[];
}

export interface Goal {
  readonly id: string;
  /** A condition, or, when `of` is not null, a number that should reach `of`. */
  readonly when: string;
  readonly of: number | null;
}

export interface NearMiss {
  readonly id: string;
  readonly when: string;
}

export interface CheckResult {
  readonly id: string;
  readonly passed: boolean;
  /** Id of the near miss to say, or null. */
  readonly nearMiss: string | null;
  readonly goals: readonly GoalResult[];
}

export interface GoalResult {
  readonly id: string;
  readonly passed: boolean;
  /** Shown as “1 / 5” when the goal counts; else null. */
  readonly progress: { readonly done: number; readonly of: number } | null;
}

export interface LessonText {
  readonly title: string;
  /** One sentence, plain text. */
  readonly summary: string;
  /** The names to know before anything moves, at most four. */
  readonly parts: readonly { readonly term: string; readonly html: string }[];
  readonly steps: Readonly<Record<string, StepText>>;
}

/** All `html` is made at build time from Markdown without raw HTML. */
export interface StepText {
  readonly html: string;
  /** The question of a prediction, inline HTML; null when the step asks nothing. */
  readonly question: string | null;
  /** What a number counts, plain text; null when it counts nothing. */
  readonly unit: string | null;
  readonly options: Readonly<Record<string, string>>;
  /** What to say about a wrong answer. Here, in `right` and in `after` a lone paragraph has no <p>. */
  readonly because: Readonly<Record<string, string>>;
  /** Said after a right answer; null when there is nothing to add. */
  readonly right: string | null;
  /** Said after the outcome, whatever was answered. */
  readonly after: string | null;
  /** What a line of one's own should hold; null where none is asked for. */
  readonly rubric: string | null;
  readonly goals: Readonly<Record<string, string>>;
  readonly near: Readonly<Record<string, string>>;
  readonly hints: Readonly<Record<string, string>>;
  /** What stands in place of `html` where the step is taken on real processes; else null. */
  readonly live: string | null;
  /** A caption for the stage in place of the composed one; plain text. */
  readonly caption: string | null;
}
