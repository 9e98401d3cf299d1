/** Recordings of real nodes as the page shows them. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readRecordingFiles } from '../bus/recording-cli';
import { captureEvents } from '../shadow/capture-events';
import type { Divergence } from '../shadow/live-differences';
import { timeOf, type LiveEvent } from '../shadow/live-events';
import { readParts } from '../shadow/recording-file';
import type { FrameElection } from '../protocol/cluster-frame';
import { messageOfFrame } from './capture-notes';
import { CaptureSource } from './capture-source';
import { captureSource } from './open-recording';

const FOLDERS = ['../bus/captures/', '../shadow/captures/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
const RECORDINGS = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.index.json.gz'))
    .map((file) => [file.replace('.index.json.gz', ''), folder + file] as const),
);
const fileOf = (name: string): string => RECORDINGS.find(([one]) => one === name)![1];
/** Each is lived through once; whoever opens it has a playhead of his own. */
const lived = new Map<string, CaptureSource>();
function open(name: string): CaptureSource {
  if (!lived.has(name)) lived.set(name, captureSource(readRecordingFiles(fileOf(name))));
  return lived.get(name)!.playheadOn();
}

const SOME = ['sigkill-failover', 'manual-failover', 'slot-migration', 'takeover', 'steady-gossip'];

describe.each(SOME)('%s (all 14: npm run -s bus -- shadow --live)', (name) => {
  test('our machines and the real nodes never part', () => {
    expect(open(name).divergences()).toEqual([]);
  });

  test('saved and opened again, the same is told', async () => {
    const again = await savedAndRead(open(name));
    const first = captureEvents(readRecordingFiles(fileOf(name)));
    expect(again.start).toEqual(first.start);
    expect(asTexts(again.events)).toEqual(asTexts(first.events));
  });
});

async function savedAndRead(source: CaptureSource) {
  const bytes = await source.save('saved', () => Promise.resolve());
  return captureEvents(readParts([{ name: 'saved.capture.json.gz', bytes }]));
}

test('the clock is that of the logs: local time, which a saved recording keeps', async () => {
  const files = readRecordingFiles(fileOf('takeover'));
  const log = files.log.replace(/ (\d\d)(?=:\d\d:\d\d\.)/g, (_, hour) => ` ${Number(hour) + 2}`);
  const source = captureSource({ ...files, log });
  expect(source.startsAtUnixMs - source.start.epochMs).toBe(2 * 3_600_000);
  expect((await savedAndRead(source)).start).toEqual(source.start);
});

test('nobody knows how many keys a real process has', () => {
  const source = open('slot-migration');
  const [opened] = source.beats().filter(({ note }) => note.event === 'slot.open');
  source.seekStep(opened!.step);
  const views = source.frame.nodes.map(({ view }) => view);
  const counts = views.flatMap((view) => [view, ...view.openSlots]).map(({ keyCount }) => keyCount);
  expect(counts.length).toBeGreaterThan(views.length);
  expect(new Set(counts)).toEqual(new Set([null]));
});

test('what a node has not said is not known: how far its data goes, whether it has voted', () => {
  const source = open('sigkill-failover');
  source.seekTime(0);
  const before = source.frame.nodes.map(({ view }) => [view.offsetBytes, view.lastVoteEpoch]);
  expect(before).toContainEqual([null, null]);
  source.seekTime(source.computedUntilMs);
  const views = source.frame.nodes.map(({ view }) => view);
  expect(views.filter(({ offsetBytes }) => offsetBytes === null)).toEqual([]);
  const voted = views.map(({ lastVoteEpoch }) => lastVoteEpoch).filter((epoch) => epoch !== null);
  expect(new Set(voted)).toEqual(new Set([Math.max(...views.map((view) => view.currentEpoch))]));
});

test('a candidate whose tick comes later than the real one asks in the same epoch', () => {
  const files = readRecordingFiles(fileOf('sigkill-failover'));
  const log = files.log.replace(/(election delayed for )(\d+)/, (_, text: string, ms: string) => {
    return text + String(Number(ms) + 200);
  });
  const epochs = (source: CaptureSource) =>
    source.notes().flatMap((note) => (note.event === 'election.start' ? [note.epoch] : []));
  expect(epochs(captureSource({ ...files, log }))).toEqual(epochs(open('sigkill-failover')));
});

test('what is held back when its connection ends is held no longer', () => {
  const source = open('cut-off-master');
  const { store } = source.history.run;
  const numbers = Array.from({ length: store.end }, (_, number) => number);
  const lost = numbers.filter((number) => store.at(number)!.lostMs !== null);
  expect(lost.length).toBeGreaterThan(5);
  const fateAt = (number: number, atMs: number) => {
    source.seekTime(atMs);
    return source.frame.messages.find(({ id }) => id === messageOfFrame(number))?.fate;
  };
  for (const number of lost) {
    const { lostMs } = store.at(number)!;
    expect([fateAt(number, lostMs! - 1), fateAt(number, lostMs! + 1_000)]).toEqual([
      'held',
      undefined,
    ]);
  }
});

/** One line for each, in an order of its own; bytes are told by their sum. */
function asTexts(events: readonly LiveEvent[]): string[] {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1_000) : value;
  return events
    .map((event) => {
      const isLine = event.type === 'log' ? { pid: undefined, role: undefined } : {};
      const bytes = 'bytes' in event ? sumOf(event.bytes) : undefined;
      return JSON.stringify({ ...event, ...isLine, bytes }, rounded);
    })
    .sort();
}

const sumOf = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte) => (sum * 31 + byte) % 1e9, bytes.length);

describe('a recorded failover', () => {
  let source!: CaptureSource;
  let stops!: CaptureSource['history']['stops'];
  beforeAll(() => {
    source = open('sigkill-failover');
    ({ stops } = source.history);
  });

  test('the beats are those of the log: suspicion, FAIL, election, votes, victory', () => {
    const kinds = source.beats().map(({ kind }) => kind);
    const order = ['process', 'pfail', 'report', 'fail', 'election', 'vote', 'win'] as const;
    const places = order.map((kind) => kinds.indexOf(kind));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
  });

  test('an election is counted as the votes come in, and ends as the log says', () => {
    const counts: number[] = [];
    for (let i = 0; i < stops.length; i++) {
      source.seekStep(stops.at(i).step);
      const [election] = source.frame.elections;
      const count = election?.seats.filter(({ vote }) => vote === 'counted').length;
      if (count !== undefined && count !== counts.at(-1)) counts.push(count);
    }
    expect(counts).toEqual([0, 1, 2]);
    const [{ candidate, outcome, needed }] = source.frame.elections as [FrameElection];
    expect({ outcome, needed }).toEqual({ outcome: 'won', needed: 2 });
    const won = source.notes().find((note) => note.event === 'promote')!;
    expect(won).toMatchObject({ node: candidate });
  });

  test('whatever the nodes decided stands in their logs too', () => {
    const decided = source.notes().filter((note) => source.evidenceOf(note) !== 'seen');
    expect(decided.length).toBeGreaterThan(30);
    expect(decided.filter((note) => source.evidenceOf(note) === 'concluded')).toEqual([]);
  });

  test('going back shows exactly what was there, wherever one comes from', () => {
    const forward: string[] = [];
    for (let i = 0; i < stops.length; i++) {
      source.seekStep(stops.at(i).step);
      forward.push(JSON.stringify(source.frame));
    }
    for (let i = stops.length - 1; i >= 0; i -= 7) {
      const other = source.playheadOn();
      other.seekStep(stops.at(i).step);
      expect(JSON.stringify(other.frame) === forward[i], `stop ${i}`).toBe(true);
    }
  });

  test('a killed process is drawn as killed, from when it was', () => {
    const killed = source.notes().find(({ event }) => event === 'process')!;
    source.seekTime(killed.atMs + 1);
    const dead = source.frame.nodes.filter(({ process }) => process === 'killed');
    expect(dead.map(({ processSinceMs }) => processSinceMs)).toEqual([killed.atMs]);
    source.seekTime(killed.atMs - 1);
    expect(source.frame.nodes.every(({ process }) => process === 'running')).toBe(true);
  });

  test('a message tells its bytes, and what its receiver held before and after', () => {
    const [vote] = source.messages(0, source.computedUntilMs, (type) => type === 'FAIL');
    const account = source.accountOf(vote!.id)!;
    const flagsOf = (view: typeof account.before) =>
      view!.rows.find(({ name }) => name === vote!.about)!.flags;
    expect(flagsOf(account.before)).not.toContain('fail');
    expect(flagsOf(account.after)).toContain('fail');
    expect(source.bytesOf(vote!.id)).toHaveLength(2_296);
  });
});

describe('what nobody saw', () => {
  test('commands that only their consequences prove are told as conclusions, and so is what they did', () => {
    const source = open('slot-migration');
    const slots = source.beats().filter(({ note }) => note.event.startsWith('slot.'));
    expect(slots.length).toBeGreaterThan(10);
    expect(new Set(slots.map(({ note }) => source.evidenceOf(note)))).toEqual(
      new Set(['concluded']),
    );
  });

  test('where a node and ours part, the picture says what each holds, since when, and a while longer', () => {
    const { start, events } = captureEvents(readRecordingFiles(fileOf('sigkill-failover')));
    const source = CaptureSource.growing(start);
    source.tell(events.flatMap((event) => [event, ...lies(event)]).sort(byTime));
    const [{ sinceMs, untilMs, ...rest }] = source.divergences() as [Divergence];
    const partingsAt = (atMs: number) => {
      source.seekTime(atMs);
      return source.frame.nodes.flatMap(({ name, partings }) =>
        (partings ?? []).map((one) => ({ name, ...one })),
      );
    };
    const { ours, real } = rest;
    const said = { name: '24601', about: '24602', field: 'slots', ours, real, sinceMs };
    expect(partingsAt(sinceMs - 1)).toEqual([]);
    expect(partingsAt(sinceMs + 1)).toContainEqual({ ...said, untilMs: null });
    expect(partingsAt(untilMs! + 1)).toContainEqual({ ...said, untilMs });
  });
});

const byTime = (a: LiveEvent, b: LiveEvent): number => timeOf(a) - timeOf(b);

/** Twice node 1 prints a table in which node 2 has lost a slot. */
function lies(event: LiveEvent): LiveEvent[] {
  if (event.type !== 'view' || event.atMs !== 0 || event.node !== 1) return [];
  const nodes = event.nodes.replace(/5461-10922/, '5462-10922');
  return [400, 800].map((atMs) => ({ ...event, askedMs: atMs, atMs, nodes }));
}

test('steps go from beat to beat and from message to message, both ways', () => {
  const source = open('manual-failover');
  const first = source.stepBeat(1)!;
  const second = source.stepBeat(1)!;
  expect(second.step).toBeGreaterThan(first.step);
  expect(source.stepBeat(-1)).toEqual(first);
  expect(source.stepDelivery(1)!.event).toBe('received');
  source.seekTime(Infinity);
  expect(source.stepBeat(1)).toBeNull();
  expect(source.cursor.atMs).toBe(source.computedUntilMs);
});

test('a run that grows: what is told moment by moment ends as what is told at once', () => {
  const { start, events, durationMs } = captureEvents(readRecordingFiles(fileOf('takeover')));
  const growing = CaptureSource.growing(start);
  for (const event of events) growing.tell([event]);
  expect(growing.computedUntilMs).toBeLessThan(durationMs);
  growing.finish(durationMs + 160);
  const whole = open('takeover');
  for (const source of [growing, whole]) source.seekTime(durationMs);
  expect(growing.frame).toEqual(whole.frame);
  expect(growing.beats()).toEqual(whole.beats());
});

test('what is kept is bounded: the oldest goes, and what is left is as it was', () => {
  const { start, events, durationMs } = captureEvents(readRecordingFiles(fileOf('steady-gossip')));
  const source = CaptureSource.growing(start, 200);
  for (let i = 0; i < events.length; i += 20) source.tell(events.slice(i, i + 20));
  source.finish(durationMs);
  const whole = open('steady-gossip');
  expect(source.knownFromMs).toBeGreaterThan(4_000);
  source.seekTime(0);
  expect(source.cursor.atMs).toBe(source.knownFromMs);
  for (const one of [source, whole]) one.seekTime(9_000);
  const beliefs = (one: CaptureSource) => one.frame.nodes.map(({ view }) => view);
  expect(beliefs(source)).toEqual(beliefs(whole));
});
