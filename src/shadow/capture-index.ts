/** The files of a recording, and what must stand in them; what is wrong is said in one sentence. */
import * as v from 'valibot';

/** The texts and bytes of one recording; `name` is for sentences. */
export interface CaptureFiles {
  readonly name: string;
  /** NAME.index.json */
  readonly index: string;
  /** NAME.bin: the frames, end to end. */
  readonly bytes: Uint8Array;
  /** NAME.nodes.json; empty if there is none. */
  readonly nodes: string;
  /** NAME.redis.log; empty if there is none. */
  readonly log: string;
  /** NAME.views.json: what nodes printed while it went on; left out if there is none. */
  readonly views?: string;
}

const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]{40}$/, 'Expected 40 characters of a-z and 0-9'));

/** NAME.index.json */
const INDEX = v.object({
  label: v.string(),
  redis: v.optional(v.string(), ''),
  nodeTimeout: v.pipe(v.number(), v.minValue(1)),
  epochMs: time,
  durationMs: time,
  /** Since when everything is told; 0 unless the oldest had to go. */
  knownFromMs: v.optional(time, 0),
  /** What the clock of the logs shows more than UTC; absent: what their first line proves. */
  zoneMs: v.optional(v.number()),
  nodes: v.pipe(
    v.array(
      v.object({
        id: count,
        name: id,
        clientPort: count,
        announcedPort: v.optional(count),
        busPort: count,
        announcedBus: v.optional(count),
      }),
    ),
    v.minLength(1),
  ),
  events: v.array(
    v.object({
      t: time,
      what: v.string(),
      node: v.optional(count),
      argv: v.optional(v.array(v.string())),
      /** Of a command, as redis-cli prints it. */
      reply: v.optional(v.string()),
      /** A command that was told twice: for the reader, and for the machine. */
      for: v.optional(v.picklist(['shown', 'obeyed'])),
      /** Something that stood between nodes: when it began and ends, or that it ended. */
      fault: v.optional(count),
      mode: v.optional(v.picklist(['cut', 'hold', 'delay', 'reset'])),
      ways: v.optional(v.array(v.tuple([count, count]))),
      ms: v.optional(time),
      untilT: v.optional(time),
      /** How many frames were left out before this moment. */
      gap: v.optional(count),
      /** Another id of the node. */
      id: v.optional(id),
    }),
  ),
  connEvents: v.array(
    v.object({
      t: time,
      id: count,
      acceptor: count,
      dialer: v.optional(count),
      event: v.string(),
      why: v.optional(v.string(), ''),
    }),
  ),
  frames: v.array(
    v.object({
      t: time,
      off: count,
      len: count,
      from: count,
      to: count,
      dialer: count,
      acceptor: count,
      conn: count,
      verdict: v.optional(v.string(), 'pass'),
      /** When a frame that was held or delayed went on. */
      deliveredT: v.optional(time),
    }),
  ),
});

const TABLES = v.object({
  before: v.record(v.string(), v.string()),
  after: v.record(v.string(), v.string()),
});

/** NAME.views.json */
const VIEWS = v.array(
  v.object({
    t: time,
    asked: v.optional(time),
    node: count,
    nodes: v.optional(v.string(), ''),
    info: v.optional(v.string(), ''),
  }),
);

export type IndexFile = v.InferOutput<typeof INDEX>;
export type TablesFile = v.InferOutput<typeof TABLES>;
export type ViewsFile = v.InferOutput<typeof VIEWS>;

export const readIndex = ({ name, index }: CaptureFiles): IndexFile =>
  readJson(INDEX, index, `${name}.index.json`);

export const readTables = ({ name, nodes }: CaptureFiles): TablesFile =>
  nodes ? readJson(TABLES, nodes, `${name}.nodes.json`) : { before: {}, after: {} };

export const readViews = ({ name, views }: CaptureFiles): ViewsFile =>
  views ? readJson(VIEWS, views, `${name}.views.json`) : [];

function readJson<S extends v.GenericSchema>(
  schema: S,
  text: string,
  file: string,
): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? 'the whole file';
  throw new Error(`${file}: ${path}: ${issue.message}`);
}
