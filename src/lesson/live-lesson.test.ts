/** A lesson on real processes: who is who, and a script that waits and does nothing. */
import { expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../kernel/scene';
import { SimulatedSource } from '../timeline/simulated-source';
import { compileLesson } from './compile-lesson';
import { FILES } from './fixtures';
import { castOf, liveLesson, liveScene } from './live-lesson';

const PORTS = [9101, 9102, 9103, 9104, 9105, 9106];

function frameAt(atMs: number, change: Partial<typeof DEFAULT_SCENE> = {}) {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, ports: PORTS, ...change });
  source.seekTime(atMs);
  return source.frame;
}

function lessonOf(live: string) {
  const yaml = FILES['lesson.yaml'].replace('steps:\n', `live: [${live}]\nsteps:\n`);
  return compileLesson({ slug: 'x', files: { ...FILES, 'lesson.yaml': yaml } }).lesson!;
}

test('a fresh cluster plays the parts of the scene, whatever its ports', () => {
  const cast = castOf(DEFAULT_SCENE, frameAt(8_000));
  expect([...(cast as ReadonlyMap<string, string>)]).toEqual(
    PORTS.map((port, i) => [String(8_901 + i), String(port)]),
  );
});

test('another cluster does not: its shape, its timeout, its past, its health', () => {
  const freeze = { atMs: 8_000, input: { type: 'freeze', node: '9102' } } as const;
  expect(castOf({ ...DEFAULT_SCENE, masters: 4 }, frameAt(8_000))).toBe('shape');
  expect(castOf({ ...DEFAULT_SCENE, nodeTimeoutMs: 2_000 }, frameAt(8_000))).toBe('timeout');
  expect(castOf(DEFAULT_SCENE, frameAt(9_000, { inputs: [freeze] }))).toBe('unwell');
  const wake = { atMs: 22_000, input: { type: 'wake', node: '9102' } } as const;
  expect(castOf(DEFAULT_SCENE, frameAt(30_000, { inputs: [freeze, wake] }))).toBe('history');
});

test('only live steps are left, with real names; scripts wait, and nothing holds the clock', () => {
  const lesson = lessonOf('quorum, try');
  expect(liveScene(lesson)?.seed).toBe(7);
  const cast = new Map([
    ['8901', '9101'],
    ['8904', '9104'],
  ]);
  const { steps, checks, ways, isReal } = liveLesson(lesson, cast);
  expect(isReal).toBe(true);
  expect(steps.map(({ id, scene, keyEvent }) => [id, scene, keyEvent])).toEqual([
    ['quorum', 'live', null],
    ['try', null, null],
  ]);
  expect(steps[0]!.then).toMatchObject([{ condition: 'seen(fail(any, 9101))' }]);
  expect(checks['back']!.goals[0]!.when).toBe('self(9101).process == "running"');
  expect(ways).toEqual({});
  expect(liveScene(lessonOf(''))).toBeNull();
});
