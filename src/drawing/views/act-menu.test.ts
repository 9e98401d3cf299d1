import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ClusterFrame, FrameMessage } from '../../protocol/cluster-frame';
import { loadLaterWords } from '../../words/words.svelte';
import { healthyFrame } from '../fixtures';
import { menuItems, menuLabel, type Act, type MenuSubject } from './act-menu';

beforeAll(loadLaterWords);

const calm = healthyFrame({ masters: 3, replicasPerMaster: 1 });
const ping: FrameMessage = {
  ...{ id: 42, type: 'PING', from: '8901', to: '8902', sentAtMs: 1_950, deliverAtMs: 2_050 },
  ...{ fate: 'flying', about: null, epoch: 6, rumours: [] },
};

/** The ids of a menu's items, and what choosing one does. */
function menuOf(subject: MenuSubject, frame: ClusterFrame = calm) {
  const onact = vi.fn<(act: Act) => void>();
  const onopen = vi.fn<(next: MenuSubject) => void>();
  const items = menuItems(subject, {
    ...{ frame, viewpoint: null, selected: null, onact, onopen },
    onviewpoint: () => undefined,
    onmessage: () => undefined,
  });
  const choose = (id: string): void => items.find((item) => item.id === id)?.run();
  return {
    ids: items.map(({ id }) => id),
    texts: items.map(({ text }) => text),
    choose,
    onact,
    onopen,
  };
}

describe('the menu of a node', () => {
  test('a running master: its process, its place among the others, its timeout, its links', () => {
    const { ids } = menuOf({ type: 'node', name: '8901' });
    expect(ids).toEqual(['view', 'freeze', 'kill', 'cut-off', 'timeout', 'links']);
  });

  test('a replica may take over; a killed process may only be restarted or cut off', () => {
    expect(menuOf({ type: 'node', name: '8904' }).ids).toContain('failover');
    const nodes = calm.nodes.map((node) => ({ ...node, process: 'killed' as const }));
    const { ids } = menuOf({ type: 'node', name: '8904' }, { ...calm, nodes });
    expect(ids).toEqual(['view', 'restart', 'cut-off', 'links']);
  });

  test('a node that is cut off is joined again: in one deed, if nothing else is cut', () => {
    const cut = (from: string, to: string) => ({
      ...{ type: 'cut' as const, from, to, addMs: 0, sinceMs: 0 },
    });
    const own = calm.nodes.slice(1).map(({ name }) => cut('8901', name));
    const alone = menuOf({ type: 'node', name: '8901' }, { ...calm, faults: own });
    expect(alone.ids).not.toContain('cut-off');
    alone.choose('heal-off');
    expect(alone.onact.mock.calls).toEqual([[{ type: 'heal-all' }]]);
    const faults = [...own, cut('8902', '8903')];
    const both = menuOf({ type: 'node', name: '8901' }, { ...calm, faults });
    both.choose('heal-off');
    expect(both.onact).toHaveBeenCalledTimes(5);
    expect(both.onact).toHaveBeenCalledWith({
      ...{ type: 'heal', from: '8901', to: '8903', oneWay: false },
    });
  });

  test('its messages and its links are a second menu, each leading to a third', () => {
    const frame = { ...calm, messages: [ping] };
    const node = menuOf({ type: 'node', name: '8901' }, frame);
    node.choose('messages');
    expect(node.onopen).toHaveBeenCalledWith({ type: 'messages', name: '8901' });
    const messages = menuOf({ type: 'messages', name: '8901' }, frame);
    expect(messages.texts).toEqual(['PING 8901 → 8902']);
    messages.choose('42');
    expect(messages.onopen).toHaveBeenCalledWith({ type: 'message', message: 42 });
    expect(menuOf({ type: 'links', name: '8901' }).ids).toHaveLength(5);
  });

  test('a node timeout is set by a command to that node', () => {
    const { choose, onact, texts } = menuOf({ type: 'timeout', name: '8902' });
    expect(texts).toContain('5\u00a0s');
    choose('2000');
    expect(onact).toHaveBeenCalledWith(
      expect.objectContaining({
        node: '8902',
        argv: ['CONFIG', 'SET', 'cluster-node-timeout', '2000'],
      }),
    );
  });

  test('cut off is one deed', () => {
    const { choose, onact } = menuOf({ type: 'node', name: '8903' });
    choose('cut-off');
    expect(onact.mock.calls).toEqual([[{ type: 'partition', sides: [['8903']], rest: true }]]);
  });
});

test('a lesson shows what it allows, and views', () => {
  const ids = (allow: readonly string[]) =>
    menuItems(
      { type: 'node', name: '8901' },
      {
        ...{ frame: calm, viewpoint: null, selected: null, allow },
        ...{ onact: () => undefined, onopen: () => undefined, onviewpoint: () => undefined },
      },
    ).map(({ id }) => id);
  expect(ids(['freeze', 'wake', 'heal'])).toEqual(['view', 'freeze', 'links']);
  expect(ids(['cli'])).toEqual(['view', 'timeout']);
});

describe('the menu of a link', () => {
  const link = { type: 'link', from: '8901', to: '8902' } as const;

  test('whole: cut it, one way or both, hold, slow, or drop the next message', () => {
    expect(menuOf(link).ids).toEqual(['cut', 'cut-to', 'hold', 'delay', 'drop']);
  });

  test('cut: it can be healed', () => {
    const fault = { type: 'cut', from: '8902', to: '8901', addMs: 0, sinceMs: 1_000 } as const;
    expect(menuOf(link, { ...calm, faults: [fault] }).ids).toEqual([
      'heal',
      'hold',
      'delay',
      'drop',
    ]);
  });
});

describe('the menu of a message', () => {
  const message = { type: 'message', message: 42 } as const;

  test('on its way: lose it, keep it, make it late, double it', () => {
    const { ids, choose, onact } = menuOf(message, { ...calm, messages: [ping] });
    expect(ids).toEqual(['open', 'drop', 'hold', 'delay', 'duplicate']);
    choose('delay');
    expect(onact).toHaveBeenCalledWith({ type: 'delay-message', message: 42, addMs: 500 });
  });

  test('held back: let it go', () => {
    const { ids } = menuOf(message, { ...calm, messages: [{ ...ping, fate: 'held' }] });
    expect(ids).toEqual(['open', 'drop', 'release', 'duplicate']);
  });

  test('lost or read: it can be opened, no more', () => {
    expect(menuOf(message, { ...calm, messages: [{ ...ping, fate: 'lost' }] }).ids).toEqual([
      'open',
    ]);
    expect(menuOf(message).ids).toEqual(['open']);
  });

  test('it is called by what it is', () => {
    const frame = { ...calm, messages: [ping] };
    expect(menuLabel(message, frame)).toBe('What to do with PING 8901 → 8902');
  });
});
