/** Recordings told as they happened: our machines keep up, and notice what does not fit. */
import { gzipSync, strToU8 } from 'fflate';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRecordingFiles } from '../bus/recording-cli';
import { captureEvents } from './capture-events';
import type { CaptureFiles } from './capture-index';
import { timeOf, type LiveEvent } from './live-events';
import { liveVerdict, printLiveVerdict } from './live-report';
import { LiveRun } from './live-run';
import { readParts } from './recording-file';

const FOLDER = fileURLToPath(new URL('../bus/captures/', import.meta.url));
const files = readRecordingFiles(`${FOLDER}sigkill-failover.index.json.gz`);

/** Tells a recording, each event as it was or changed, and says where the two part. */
function partings(change: (event: LiveEvent) => LiveEvent[], of: CaptureFiles = files) {
  const { start, events, durationMs } = captureEvents(of);
  const run = new LiveRun(start, { step: () => 1, confirm: () => undefined });
  run.take(events.flatMap(change).sort((a, b) => timeOf(a) - timeOf(b)));
  run.finish(durationMs + 160);
  return run.shadow.differences;
}

const fieldsOf = (differences: ReturnType<typeof partings>): string[] => [
  ...new Set(differences.divergences.map(({ field }) => field)),
];

test('whatever ours decide stands in the logs of the real nodes: who suspects whom, FAIL, votes', () => {
  const verdict = liveVerdict(files);
  const told = printLiveVerdict(verdict);
  expect(told).toContain('They never part.');
  expect(verdict.decisions.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['flag.set pfail', 'report.add', 'flag.set fail', 'vote.grant']),
  );
  for (const { ours, logged } of verdict.decisions) expect(logged, told).toBe(ours);
});

describe('a recording that was tampered with', () => {
  test('a table that claims another owner: the two part, and ours is set right', () => {
    const wrongMs = 400;
    const views = (event: LiveEvent): LiveEvent[] =>
      event.type === 'view' && event.atMs === 0 && event.node === 1
        ? [event, ...[wrongMs, 2 * wrongMs].map((atMs) => claiming(event, atMs))]
        : [event];
    const { divergences } = partings(views);
    expect(divergences[0]).toMatchObject({ node: 1, field: 'slots' });
    expect(divergences[0]!.untilMs! - divergences[0]!.sinceMs).toBeLessThan(wrongMs + 100);
  });

  test('a verdict in a log long before there was a majority', () => {
    const isVerdict = (event: LiveEvent): boolean =>
      event.type === 'log' && /^(Marking node|FAIL message received)/.test(event.text);
    const moved = partings((event) =>
      isVerdict(event) ? [{ ...event, atMs: 400 } as LiveEvent] : [event],
    );
    expect(fieldsOf(moved)).toContain('log');
    expect(moved.divergences[0]).toMatchObject({ sinceMs: 400, ours: 'nothing' });
  });

  test('votes that were never sent: the victory fits nobody’s rules', () => {
    const { frames } = JSON.parse(files.index) as { frames: { type: string }[] };
    const isVote = (event: LiveEvent): boolean =>
      event.type === 'frame' && frames[event.frame]!.type === 'AUTH_ACK';
    const differences = partings((event) => (isVote(event) ? [] : [event]));
    expect(fieldsOf(differences)).toContain('log');
  });

  test('after a gap nothing is held against ours, and what is missing is learnt again', () => {
    const { frames } = JSON.parse(files.index) as { frames: { t: number }[] };
    const gapMs = frames[100]!.t;
    const differences = partings((event) => {
      if (event.type === 'frame' && event.atMs > gapMs && event.atMs < gapMs + 300) return [];
      return event.type === 'frame' && event.frame === 100
        ? [event, { type: 'gap', atMs: gapMs, frames: 9 }]
        : [event];
    });
    expect(differences.divergences.filter(({ atMs }) => atMs < gapMs + 3_000)).toEqual([]);
  });
});

/** The same table, in which node 2 has lost its slots. */
function claiming(view: Extract<LiveEvent, { type: 'view' }>, atMs: number): LiveEvent {
  const nodes = view.nodes.replace(/5461-10922/, '5462-10922');
  return { ...view, askedMs: atMs, atMs, nodes };
}

describe('files that are no recording, in one sentence', () => {
  const packed = (value: unknown) => [
    { name: 'a.capture.json.gz', bytes: gzipSync(strToU8(JSON.stringify(value))) },
  ];
  const whole = { format: 'slotscope capture', version: 1, index: {}, bin: '' };
  test.each([
    ['another file', [{ name: 'notes.txt', bytes: strToU8('x') }], 'found "notes.txt"; expected a'],
    ['no gzip', [{ name: 'a.capture.json.gz', bytes: strToU8('x') }], 'expected a gzip file'],
    ['another JSON', packed({ format: 'x' }), 'format: expected "format": "slotscope capture"'],
    ['of the future', packed({ ...whole, version: 2 }), 'version: expected version 1'],
    ['no base64', packed({ ...whole, bin: '*' }), 'bin: expected bytes in base64'],
    ['no messages', [{ name: 'a.index.json', bytes: strToU8('{}') }], 'expected a.bin beside it'],
  ])('%s', (_name, parts, sentence) => {
    expect(() => readParts(parts)).toThrow(sentence);
  });

  test('cut short', () => {
    const [file] = packed(whole);
    const bytes = file!.bytes.slice(0, -9);
    expect(() => readParts([{ ...file!, bytes }])).toThrow(/damaged|not JSON|would be/);
  });
});
