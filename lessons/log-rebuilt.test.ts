/**
 * The reconstruction of lesson `log`: what the simulated 8900 prints is what the real one printed
 * from the first “Cluster state changed: fail” to the next “ok”.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createWorld } from '../src/kernel/world';
import { runUntilTime } from '../src/kernel/run';
import type { Scene } from '../src/kernel/scene';
import { compileLog } from '../src/lesson/compile-log';
import { compileLesson } from '../src/lesson/compile-lesson';
import { readLogEvent, type LogEvent } from '../src/node-log/log-event';
import { readLogLine } from '../src/node-log/log-line';
import type { NodeLog } from '../src/node-log/node-log';

/** Where the two clocks stand at the same time: 11:43:00 is 8 s of the run. */
const MINUTE_UNIX_MS = Date.UTC(2024, 2, 9, 11, 43);
const MINUTE_BEGINS_MS = 8_000;
const TOLERANCE_MS = 300;
const [FIRST_LINE, LAST_LINE] = [28, 48];

interface Printed {
  readonly atMs: number;
  readonly event: LogEvent;
}

const read = (name: string): string =>
  readFileSync(new URL(`log/${name}`, import.meta.url), 'utf8');

function inNames(event: LogEvent, nameOf: (id: string) => string): unknown {
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      ['about', 'by', 'to'].includes(key) ? nameOf(String(value)) : value,
    ]),
  );
}

function realLines(log: NodeLog): Printed[] {
  return log.lines.slice(FIRST_LINE - 1, LAST_LINE).map((text) => {
    const line = readLogLine(text)!;
    return { atMs: line.atUnixMs - MINUTE_UNIX_MS, event: readLogEvent(line.text)! };
  });
}

/** What 8900 prints at level notice and above once the scene has opened, and its names by id. */
function rebuiltLines(scene: Scene, fromMs: number) {
  const printed: Printed[] = [];
  const world = runUntilTime(createWorld(scene), 60_000, ({ atMs, notes }) => {
    for (const note of notes) {
      if (note.event !== 'log' || note.node !== '8900' || atMs < fromMs) continue;
      if (note.level !== 'notice' && note.level !== 'warning') continue;
      printed.push({ atMs: atMs - MINUTE_BEGINS_MS, event: readLogEvent(note.text)! });
    }
  });
  const names = new Map([...world.nodes].map(([name, { context }]) => [context.myId, name]));
  return { printed, names };
}

test('the same 21 lines in the same order, each within 300 ms, and none after them', () => {
  const files = Object.fromEntries(
    ['lesson.yaml', 'incident.yaml', 'en.md', 'zh-CN.md'].map((name) => [name, read(name)]),
  );
  const { scene } = compileLesson({ slug: 'log', files }).lesson!.scenes['stalls']!;
  const { log } = compileLog('log/incident.yaml', read('incident.yaml'));
  const members = Object.entries(log!.members);
  const portOf = (id: string) => members.find(([, member]) => member.id === id)![0];
  const real = realLines(log!);
  const { printed, names } = rebuiltLines(scene, 12_000);

  expect(printed.map(({ event }) => inNames(event, (id) => names.get(id as never)!))).toEqual(
    real.map(({ event }) => inNames(event, portOf)),
  );
  const apartMs = printed.map(({ atMs }, i) => Math.abs(atMs - real[i]!.atMs));
  expect(Math.max(...apartMs)).toBeLessThanOrEqual(TOLERANCE_MS);
});
