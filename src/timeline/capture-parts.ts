/** A run of real nodes as the parts of a recording: what was told, in the words of the files. */
import type { LogLevel } from '../protocol/notes';
import type { LiveFault, LiveLog, LiveView } from '../shadow/live-events';
import type { Kept, LiveRun } from '../shadow/live-run';
import type { RecordingParts } from '../shadow/recording-file';

const SIGNS: Readonly<Record<LogLevel, string>> = {
  debug: '.',
  verbose: '-',
  notice: '*',
  warning: '#',
};
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Everything that is kept of a run. */
export function partsOfRun(run: LiveRun, name: string): RecordingParts {
  const views = run.told.filter((event) => event.type === 'view');
  const logs = run.told.filter((event) => event.type === 'log');
  return {
    name,
    index: JSON.stringify(indexOf(run)),
    nodes: JSON.stringify(tablesOf(views)),
    views: JSON.stringify(views.map(viewOf)),
    log: logs
      .map((line) => `${printLine(line, run.start.epochMs + (run.start.zoneMs ?? 0))}\n`)
      .join(''),
    frames: framesOf(run),
  };
}

function indexOf(run: LiveRun): object {
  const { start, knownFromMs, livedUntilMs, told } = run;
  const { label, redisVersion: redis, nodeTimeoutMs, epochMs, zoneMs, nodes } = start;
  return {
    ...{ label, redis, nodeTimeout: nodeTimeoutMs, epochMs },
    ...{ durationMs: livedUntilMs, knownFromMs, zoneMs },
    nodes: nodes.map(({ number: id, id: name, port: clientPort, busPort }) => ({
      ...{ id, name, clientPort, busPort },
    })),
    events: told.flatMap(eventOf),
    connEvents: told.flatMap((event) => {
      if (event.type !== 'link') return [];
      const { atMs: t, connection: id, acceptor, dialer, event: what, why } = event;
      return [{ t, id, acceptor, ...(dialer === null ? {} : { dialer }), event: what, why }];
    }),
    frames: frameEntries(run),
  };
}

function frameEntries({ store }: LiveRun): object[] {
  const entries: object[] = [];
  let off = 0;
  for (let number = store.first; number < store.end; number++) {
    const frame = store.at(number)!;
    const { atMs: t, from, to, dialer, acceptor, connection: conn, verdict, deliveredMs } = frame;
    const len = store.lengthOf(number);
    const isLate = deliveredMs !== null && deliveredMs !== t;
    const type = store.typeOf(number) ?? 'UNKNOWN';
    entries.push({
      ...{ t, off, len, from, to, dialer, acceptor, conn, type, verdict },
      ...(isLate ? { deliveredT: deliveredMs } : {}),
    });
    off += len;
  }
  return entries;
}

function* framesOf({ store }: LiveRun): Generator<Uint8Array> {
  for (let number = store.first; number < store.end; number++) yield store.bytesOf(number);
}

const DEEDS = {
  kill: 'SIGKILL',
  start: 'start',
  stop: 'SIGSTOP',
  continue: 'SIGCONT',
} as const;

function eventOf(event: Kept): object[] {
  const { atMs: t } = event;
  switch (event.type) {
    case 'process':
      return [{ t, what: `${DEEDS[event.event]} node ${event.node}` }];
    case 'command': {
      const { node, argv, reply, for: whom } = event;
      return [{ t, what: `${argv.join(' ')} on node ${node}`, node, argv, reply, for: whom }];
    }
    case 'fault':
      return [faultEvent(event)];
    case 'heal':
      return [{ t, what: `heal ${event.fault}`, fault: event.fault }];
    case 'gap':
      return [{ t, what: `${event.frames} messages left out`, gap: event.frames }];
    case 'renamed':
      return [{ t, what: `node ${event.node} has another id`, node: event.node, id: event.id }];
    case 'remark':
      return [{ t, what: event.text }];
    default:
      return [];
  }
}

function faultEvent({ atMs: t, fault, mode, ways, addMs: ms, untilMs }: LiveFault): object {
  const what = `${mode} ${ways.map(([from, to]) => `${from}>${to}`).join(' ')}`;
  return {
    t,
    what,
    fault,
    mode,
    ways,
    ms,
    ...(Number.isFinite(untilMs) ? { untilT: untilMs } : {}),
  };
}

const viewOf = ({ atMs: t, askedMs: asked, node, nodes, info }: LiveView) => ({
  ...{ t, asked, node, nodes, info },
});

/** The first and the last table of each node, for whoever wants no more. */
function tablesOf(views: readonly LiveView[]): object {
  const tables = (all: readonly LiveView[]) =>
    Object.fromEntries(all.map(({ node, nodes }) => [node, nodes]));
  return { before: tables(views.toReversed()), after: tables(views) };
}

/** As redis-server writes it: `startMs` is what its clock showed at 0. */
function printLine({ atMs, node, level, text, pid = 0, role = 'M' }: LiveLog, startMs: number) {
  const at = new Date(Math.round(startMs + atMs));
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]!} ${at.getUTCFullYear()}`;
  const time = at.toISOString().slice(11, 23);
  return `n${node} ${pid}:${role} ${day} ${time} ${SIGNS[level]} ${text}`;
}
