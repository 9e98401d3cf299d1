/** What a hand does with the mouse can be typed: its sentence, read again, is the same deed. */
import { beforeAll, expect, test } from 'vitest';
import { menuItems, type MenuSubject } from '../../drawing/views/act-menu';
import type { Input } from '../../kernel/inputs';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { parseAction, printInput } from '../../lesson/actions';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { SimulatedSource } from '../../timeline/simulated-source';
import { loadLaterWords } from '../../words/words.svelte';
import { disastersFor } from './disasters';
import { addNodeInputs, spreadSlotsInputs, startInput } from './grow';

beforeAll(loadLaterWords);

/** A run in which a node sleeps, another is dead, links suffer and a message is held back. */
function troubled(): ClusterFrame {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(9_000);
  const deeds: readonly Input[] = [
    { type: 'freeze', node: '8901' },
    { type: 'kill', node: '8904' },
    { type: 'cut', from: '8902', to: '8903', oneWay: false },
    { type: 'hold', from: '8902', to: '8906', oneWay: false },
    { type: 'delay', from: '8903', to: '8905', oneWay: false, addMs: 500 },
  ];
  for (const deed of deeds) source.act(deed);
  source.seekTime(10_500);
  return source.frame;
}

function calm(): ClusterFrame {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(9_000);
  while (source.frame.messages.length === 0) source.stepEvents(1);
  return source.frame;
}

/** Every deed of every menu on the stage. */
function deedsOfMenus(frame: ClusterFrame): Input[] {
  const deeds: Input[] = [];
  const names = frame.nodes.map(({ name }) => name);
  const subjects: MenuSubject[] = [
    ...names.map((name) => ({ type: 'node', name }) as const),
    ...names.flatMap((from) => names.map((to) => ({ type: 'link', from, to }) as const)),
    ...names.map((name) => ({ type: 'timeout', name }) as const),
    ...frame.messages.map(({ id }) => ({ type: 'message', message: id }) as const),
  ];
  for (const subject of subjects) {
    if (subject.type === 'link' && subject.from === subject.to) continue;
    const selected = subject.type === 'node' && subject.name !== '8902' ? '8902' : null;
    const onact = (deed: Input): void => void deeds.push(deed);
    const none = (): void => undefined;
    const options = { frame, onact, selected, viewpoint: null, onviewpoint: none, onopen: none };
    for (const item of menuItems(subject, options)) item.run();
  }
  return deeds;
}

const WHOLE: readonly Input[] = [
  { type: 'write', client: 'w1', perSecond: 5, durationMs: 20_000 },
  { type: 'command', client: 'c1', node: null, argv: ['SET', 'a b', '8901'], follow: true },
  { type: 'command', client: 'c1', node: null, argv: ['SET', 'it’s “so”', '"\\'], follow: true },
  { type: 'partition', sides: [['8901', '8904']], rest: true },
];

test.each([
  ['all is well', calm],
  ['there is trouble', troubled],
])('every deed of menus, keys and tools can be typed: %s', (_, frameOf) => {
  const frame = frameOf();
  const nodes = frame.nodes.map(({ name }) => name);
  const deeds = [
    ...deedsOfMenus(frame),
    ...disastersFor(frame).flatMap(({ inputs }) => inputs),
    ...addNodeInputs(frame, null),
    ...addNodeInputs(frame, '8902'),
    ...spreadSlotsInputs(frame),
    startInput(frame),
    ...WHOLE,
  ];
  expect(deeds.length).toBeGreaterThan(100);
  for (const deed of deeds) {
    const sentence = printInput(deed);
    const read = parseAction(sentence, nodes);
    const again = read.ok && read.timed.action.type === 'input' ? read.timed.action.input : read;
    expect(again, sentence).toEqual(deed);
  }
});
