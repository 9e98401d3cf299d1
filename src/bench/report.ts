/** The page docs/bench.md, and what the terminal shows, written from results. */
import { NURSERY_MB } from './engine-process';
import { RAFTSCOPE } from './raftscope';
import type { BenchResults, EngineFigures, HistoryFigures } from './results';

/** The page as Markdown. */
export function printReport(results: BenchResults): string {
  return `# How fast

What \`npm run bench\` measured on ${results.date}, in ${results.minutes.toFixed(0)} minutes:
${results.machine}, ${results.processors} processors,
Node ${results.nodeVersion}, Chromium without a screen and
drawing in software. Each figure is the median of ${results.rounds}
interleaved rounds, each ratio is taken within one round. [bench.json](bench/bench.json) has all of
them.

${printTables(results)}
## How it is measured

The engine runs clusters in their everyday life, one replica a master, as they are after minutes:
words of everyone are of the usual age, and pings come evenly. (Where all have just met, everyone
pings everyone at once, in waves that take minutes to flatten.) An event is a step of the kernel: a
message that arrives, a tick that does something. "Without XState" is the same kernel with the same
rules, the transition of each event picked by hand; a test holds it to the same messages. Each size
has a process for either, in which nothing else has run before, and they take turns. Node has
${NURSERY_MB} MB for young objects there, where its own choice is 16, and clears up in the same
thread: worth less than a tenth up to 100 nodes, about a third from 300 on.

History is a run recorded through the timeline, a master killed at 60 s; each seek goes to a moment
drawn by lot and ends with the world of that moment in hand. What it takes is weighed after the
seeks. Loading starts cold, in a new context; the first picture is there when something in it can be
used, and the script before it is what had come by then.

RaftScope’s figures are from its published source, measured by us: its own model, five servers
unless said otherwise. It is another protocol at other rates; compare orders of magnitude.
`;
}

/** All tables that have something in them. */
export function printTables(results: BenchResults): string {
  return [
    engineSection(results),
    historySection(results),
    pageSection(results),
    loadSection(results),
  ]
    .filter((section) => section !== '')
    .join('\n');
}

function engineSection({ engine }: BenchResults): string {
  if (engine.length === 0) return '';
  const head = [
    'nodes',
    'node timeout',
    'simulated s per s of processor',
    'best',
    'events per s',
    'µs an event',
    'events per simulated s',
    'times without XState',
  ];
  const rows = engine.map((one: EngineFigures) => [
    String(one.nodes),
    `${one.nodeTimeoutMs / 1_000} s`,
    `**${speed(one.speed)}**`,
    speed(one.bestSpeed),
    whole(one.eventsPerSecond),
    one.microsecondsPerEvent.toFixed(1),
    whole(one.eventsPerSimulatedSecond),
    one.ratio.toFixed(2),
  ]);
  const { speedFine, speedCoarse, speedFifty } = RAFTSCOPE;
  return `## Engine

${table(head, rows)}
RaftScope, 5 servers: ${speedFine} simulated seconds per second at its step for 1/10 speed,
${speedCoarse} at its step for full speed, which is coarser than its messages are fast; 50 servers:
${speedFifty}.

![What an event costs as clusters grow](bench/cost.svg)
`;
}

function historySection({ history }: BenchResults): string {
  if (history.length === 0) return '';
  const head = [
    'run',
    'events',
    'seek, half of them',
    '99 %',
    '99 %, processor',
    'longest',
    'failed',
    'other hash',
    'room',
    'per simulated s',
  ];
  const rows = history.map((one: HistoryFigures) => [
    `${one.nodes} nodes, ${one.simulatedSeconds / 60} min, timeout ${one.nodeTimeoutMs / 1_000} s`,
    whole(one.events),
    `${one.medianSeekMs.toFixed(2)} ms`,
    `**${one.p99SeekMs.toFixed(1)} ms**`,
    `${one.p99SeekCpuMs.toFixed(1)} ms`,
    `${one.longestSeekMs.toFixed(1)} ms`,
    String(one.failures),
    String(one.differences),
    `**${one.megabytes.toFixed(1)} MB**`,
    `${(one.bytesPerSimulatedSecond / 1e3).toFixed(1)} kB`,
  ]);
  rows.push([
    'RaftScope, 10 min',
    '',
    RAFTSCOPE.seek,
    RAFTSCOPE.seekDrawn,
    '',
    '',
    '',
    '',
    RAFTSCOPE.historyTenMinutes,
    RAFTSCOPE.historyPerSimulatedSecond,
  ]);
  return `## History

${table(head, rows)}`;
}

function pageSection({ page }: BenchResults): string {
  if (page.length === 0) return '';
  const head = [
    'scene',
    'messages on their way',
    'frames per s',
    '95 % of frames within',
    'script a frame',
    'main thread a frame',
  ];
  const rows = page.map((one) => [
    one.scene,
    one.messages === 0 ? 'a few' : whole(one.messages),
    `**${one.framesPerSecond.toFixed(0)}**`,
    `${one.p95FrameMs.toFixed(1)} ms`,
    `${one.scriptMsPerFrame.toFixed(1)} ms`,
    `**${one.mainThreadMsPerFrame.toFixed(1)} ms**`,
  ]);
  const { scriptPerFrame, mainThreadPerFrame } = RAFTSCOPE;
  rows.push(['RaftScope, idle', 'a few', '', '', scriptPerFrame, mainThreadPerFrame]);
  return `## Page

${table(head, rows)}`;
}

function loadSection({ load }: BenchResults): string {
  if (load.length === 0) return '';
  const head = [
    'page',
    'processor',
    'first picture',
    'script, gzipped',
    'script after it',
    'requests to other hosts',
  ];
  const rows = load.map((one) => [
    one.page,
    one.slowed === 1 ? 'as it is' : `${one.slowed} times slower`,
    `**${whole(one.firstPictureMs)} ms**`,
    `${one.scriptKilobytes.toFixed(1)} kB`,
    `${one.laterScriptKilobytes.toFixed(1)} kB`,
    String(one.requestsElsewhere),
  ]);
  return `## Load

${table(head, rows)}`;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const speed = (value: number): string => (value >= 10 ? whole(value) : value.toFixed(2));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const print = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[print(head), print(head.map(() => '---')), ...rows.map(print)].join('\n')}\n`;
}
