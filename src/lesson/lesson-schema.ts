/** What lesson.yaml, course.yaml, solution.yaml and the traps may say. */
import * as v from 'valibot';
import { TEACHING_SWITCHES } from '../protocol/teaching-switches';
import { VERBS } from './verbs';
import { PANELS, SEALS, STEP_PHASES } from './lesson';
import { shape } from './yaml-file';

/** A word or a number that is used as a name: an id, a node. */
const name = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => String(value)),
);
const id = v.pipe(
  name,
  v.regex(/^[a-z0-9][a-z0-9-]*$/, 'an id of small letters, digits and hyphens'),
);
const expression = v.pipe(v.union([v.string(), v.boolean(), v.number()]), v.transform(String));
const sentences = v.optional(v.array(v.string()), []);
const ids = v.optional(v.array(id), []);
const duration = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?(ms|s)$/, 'a length of time such as 5s'));

const ip = v.pipe(v.string(), v.ipv4('an IPv4 address such as 172.17.0.5'));
const network = shape({
  host: ip,
  bridge: ip,
  first: ip,
  published: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^\d{1,5}-\d{1,5}$/, 'ports such as 8901-8906'))),
    [],
  ),
  outside: v.optional(v.array(name), []),
});

const scene = shape({
  nodes: v.pipe(v.string(), v.regex(/^\d+\+\d+$/, 'masters and replicas such as 3+3')),
  spare: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), 0),
  ports: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1024), v.maxValue(22_767)))),
  timeout: v.optional(duration, '5s'),
  seed: v.pipe(v.number(), v.integer()),
  start: v.optional(v.picklist(['create', 'empty']), 'create'),
  latency: v.optional(
    v.pipe(v.string(), v.regex(/^\d+-\d+ms$/, 'a range such as 40-120ms')),
    '40-120ms',
  ),
  switches: v.optional(v.array(v.picklist(TEACHING_SWITCHES)), []),
  network: v.optional(network),
  copies: v.optional(v.record(v.string(), name)),
  log: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.yaml$/, 'a file such as incident.yaml')),
  ),
  recording: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9-]+\.capture\.json\.gz$/, 'a file such as failover.capture.json.gz'),
    ),
  ),
  do: sentences,
  opens: v.string(),
});

const view = shape({
  as: v.optional(name),
  panel: v.optional(v.picklist(PANELS)),
  key: v.optional(name),
});

/** A line of the log that a scene reads; the first is 1. */
const lineNumber = v.pipe(v.number(), v.integer(), v.minValue(1));

const step = shape({
  id,
  kind: v.picklist(['watch', 'predict', 'do', 'reflect']),
  phase: v.optional(v.picklist(STEP_PHASES)),
  lot: v.optional(id),
  scene: v.optional(id),
  view: v.optional(view, {}),
  enter: sentences,
  ask: v.optional(v.picklist(['choice', 'number', 'time', 'node', 'order', 'lines', 'free'])),
  options: v.optional(
    v.array(shape({ id, right: v.optional(v.boolean()), because: v.optional(id) })),
  ),
  is: v.optional(v.number()),
  between: v.optional(v.strictTuple([v.number(), v.number()])),
  nodes: v.optional(v.array(name)),
  items: v.optional(v.array(id)),
  orders: v.optional(v.array(v.array(id))),
  proofs: v.optional(v.array(v.array(lineNumber))),
  most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  wrong: v.optional(v.array(shape({ when: expression, because: id })), []),
  truth: v.optional(expression),
  then: sentences,
  'key-event': v.optional(expression),
  seals: v.optional(v.array(v.picklist(SEALS)), []),
  check: v.optional(id),
  hints: ids,
  highlight: v.array(v.string()),
});

const check = shape({
  goals: v.pipe(
    v.array(shape({ id, when: expression, of: v.optional(v.pipe(v.number(), v.integer())) })),
    v.minLength(1),
  ),
  near: v.optional(v.array(shape({ id, when: expression })), []),
});

export const LESSON_SCHEMA = shape({
  minutes: v.pipe(v.number(), v.minValue(1)),
  redis: v.optional(name),
  /** Where the symptom of a case was reported. */
  thread: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[\w.-]+\/[\w.-]+#[1-9]\d*$/, 'a thread such as redis/redis#2145, in quotes'),
    ),
  ),
  needs: ids,
  covers: v.optional(v.array(v.string()), []),
  allow: v.optional(v.array(v.picklist(VERBS)), []),
  /** Steps that can be taken on real processes, too. */
  live: ids,
  scene: v.optional(scene),
  scenes: v.optional(v.record(v.string(), scene)),
  steps: v.pipe(v.array(step), v.minLength(1)),
  checks: v.optional(v.record(v.string(), check), {}),
  again: v.optional(shape({ seed: v.pipe(v.number(), v.integer()), steps: v.array(id) })),
});

export const COURSE_SCHEMA = shape({
  parts: v.array(shape({ id, en: v.string(), 'zh-CN': v.string() })),
  lessons: v.array(shape({ slug: id, part: id })),
  cases: ids,
});

/** For each step: the answer to its question, or what to do in it. */
export const SOLUTION_SCHEMA = v.record(
  v.string(),
  v.union([v.number(), v.string(), v.array(v.union([v.string(), v.number()]))]),
);

export const TRAP_SCHEMA = shape({
  step: id,
  answer: v.optional(v.union([v.number(), v.string(), v.array(name)])),
  because: v.optional(id),
  do: sentences,
  near: v.optional(id),
});

export type LessonSource = v.InferOutput<typeof LESSON_SCHEMA>;
export type SceneSource = v.InferOutput<typeof scene>;
export type StepSource = v.InferOutput<typeof step>;
export type CourseSource = v.InferOutput<typeof COURSE_SCHEMA>;
export type SolutionSource = v.InferOutput<typeof SOLUTION_SCHEMA>;
export type TrapSource = v.InferOutput<typeof TRAP_SCHEMA>;
