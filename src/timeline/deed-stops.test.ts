import { expect, test } from 'vitest';
import type { Input } from '../kernel/inputs';
import { DEFAULT_SCENE } from '../kernel/scene';
import { SimulatedSource } from './simulated-source';

/** A run in which a message is on its way and nothing else happens soon; and that message. */
function midway() {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(9_000);
  while (source.frame.messages.length === 0) source.stepEvents(1);
  return { source, message: source.frame.messages.at(-1)! };
}

const shown = (source: SimulatedSource, id: number) =>
  source.frame.messages.find((message) => message.id === id);

test('a delayed message comes later from the moment the deed is done', () => {
  const { source, message } = midway();
  source.act({ type: 'delay-message', message: message.id, addMs: 500 });
  expect(shown(source, message.id)?.deliverAtMs).toBe(message.deliverAtMs + 500);
  expect(source.traceOf(message.id)?.deliverAtMs).toBe(message.deliverAtMs + 500);
});

test('a dropped message is to be lost from the moment the deed is done', () => {
  const { source, message } = midway();
  source.act({ type: 'drop-message', message: message.id });
  expect(shown(source, message.id)?.fate).toBe('lost');
});

const QUIET: readonly ((message: number) => Input)[] = [
  (message) => ({ type: 'hold-message', message }),
  (message) => ({ type: 'delay-message', message, addMs: 500 }),
  () => ({ type: 'drop', from: '8901', to: '8902', count: 1, messageType: null }),
];

test.each(QUIET)('the cursor stands after a deed that leaves no note, back and forth', (deed) => {
  const { source, message } = midway();
  source.act(deed(message.id));
  const [here, hash] = [source.cursor, source.hash()];
  source.stepEvents(-1);
  expect(source.hash()).not.toBe(hash);
  source.stepEvents(1);
  expect([source.cursor, source.hash()]).toEqual([here, hash]);
  source.seekTime(here.atMs - 1);
  source.seekTime(here.atMs);
  expect([source.cursor, source.hash()]).toEqual([here, hash]);
});

test('the same run from a list of its deeds has the same stop', () => {
  const { source, message } = midway();
  source.act({ type: 'hold-message', message: message.id });
  const again = new SimulatedSource({ ...DEFAULT_SCENE, inputs: source.inputs });
  again.seekTime(source.cursor.atMs);
  expect([again.cursor.step, again.hash()]).toEqual([source.cursor.step, source.hash()]);
});
