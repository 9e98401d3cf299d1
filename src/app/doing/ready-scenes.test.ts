/** Every ready scene opens, and is what its line says; the line's advice leads where it says. */
import { describe, expect, test } from 'vitest';
import { parseAction } from '../../lesson/actions';
import { SimulatedSource } from '../../timeline/simulated-source';
import { readyScenes as english } from '../../words/en/ready-scenes';
import { readyScenes as chinese } from '../../words/zh-CN/ready-scenes';
import type { SandboxPlace } from '../links/place';
import { hashOf, placeOf } from '../links/url';
import { sandboxSource } from '../opening/sandbox-source';
import { READY_SCENE_IDS, READY_SCENES, readySceneAt, type ReadyScene } from './ready-scenes';

function open(id: ReadyScene): SimulatedSource {
  const source = sandboxSource(READY_SCENES[id], 'en');
  if (!(source instanceof SimulatedSource)) throw new Error(`${id}: ${JSON.stringify(source)}`);
  return source;
}

/** What the scene has come to after some seconds, with what was done at once, in words. */
function after(id: ReadyScene, seconds: number, ...sentences: readonly string[]) {
  const source = open(id);
  for (const sentence of sentences) act(source, sentence);
  source.seekTime(source.cursor.atMs + seconds * 1000);
  const notes = source.notes();
  const failed = new Set(
    notes.flatMap((note) => (note.event === 'flag.set' && note.flag === 'fail' ? note.about : [])),
  );
  const promoted = notes.flatMap((note) => (note.event === 'promote' ? note.node : []));
  return { source, notes, failed: [...failed], promoted };
}

function act(source: SimulatedSource, sentence: string): void {
  const names = source.frame.nodes.map(({ name }) => name);
  const parsed = parseAction(sentence, names);
  if (!parsed.ok || parsed.timed.action.type !== 'input') throw new Error(sentence);
  source.act(parsed.timed.action.input);
}

const states = (source: SimulatedSource) =>
  new Set(
    source.frame.nodes
      .filter(({ process }) => process === 'running')
      .map(({ view }) => view.clusterState),
  );

test('each is an address, and is recognized by it, whatever was done since', () => {
  for (const id of READY_SCENE_IDS) {
    const place = placeOf(hashOf({ page: 'sandbox', ...READY_SCENES[id] }), []);
    expect(place).toEqual({ page: 'sandbox', ...READY_SCENES[id] });
    const later = place as SandboxPlace;
    const deeds = [...later.deeds, 'at 99s freeze 8902'];
    expect(readySceneAt({ ...later, deeds, atMs: 99_000 })).toBe(id);
  }
  expect(readySceneAt({ ...READY_SCENES.pairs, seed: 43 })).toBeNull();
  expect(readySceneAt({ ...READY_SCENES.pairs, switches: ['ignore-epochs'] })).toBeNull();
});

test('each has a name and something to try, in both languages', () => {
  expect(Object.keys(english.scenes)).toEqual(READY_SCENE_IDS);
  expect(Object.keys(chinese.scenes)).toEqual(READY_SCENE_IDS);
});

test('each has as many nodes as its name says', () => {
  const count = (id: ReadyScene) => READY_SCENES[id].masters * (1 + READY_SCENES[id].replicas);
  const ids = ['pairs', 'three', 'five', 'twoReplicas', 'thirty', 'crowd'] as const;
  expect(ids.map(count)).toEqual([6, 3, 10, 9, 30, 120]);
});

describe('what is worth trying', () => {
  test('a pair: a frozen master is replaced', () => {
    expect(after('pairs', 10, 'freeze 8901')).toMatchObject({
      failed: ['8901'],
      promoted: ['8904'],
    });
  });

  test('three alone: FAIL, nobody takes over, CLUSTERDOWN', () => {
    const { source, failed, promoted } = after('three', 10, 'freeze 8901');
    expect([failed, promoted]).toEqual([['8901'], []]);
    expect(states(source)).toEqual(new Set(['fail']));
  });

  test('five: two can be missing, three cannot', () => {
    const two = after('five', 12, 'freeze 8901', 'freeze 8902');
    expect(two.failed.toSorted()).toEqual(['8901', '8902']);
    const three = after('five', 14, 'freeze 8901', 'freeze 8902', 'freeze 8903');
    expect(three.failed).toEqual([]);
  });

  test('two replicas: the one of rank 0 asks first', () => {
    const { notes } = after('twoReplicas', 12, 'kill 8901');
    expect(notes.find(({ event }) => event === 'election.start')).toMatchObject({ rank: 0 });
  });

  test('a partition: both sides take writes for a while, and some are lost once it is healed', () => {
    const { source, promoted } = after('split', 17);
    expect(promoted).toEqual(['8904']);
    act(source, 'heal all');
    source.seekTime(60_000);
    expect(source.frame.writes.lost.length).toBeGreaterThan(0);
  });

  test('a slot half moved: ASK for what has gone, an answer for what is still there', () => {
    const words = ['cli 8902 GET {name}:first', 'cli 8902 GET {name}:last'];
    const { notes } = after('halfMoved', 2, ...words);
    const replies = notes.flatMap((note) => (note.event === 'reply' ? note.kind : []));
    expect(replies.slice(-2)).toEqual(['ASK', 'value']);
  });

  test('a rolling restart: no FAIL, no failover', () => {
    const { failed, promoted, notes } = after('rolling', 31);
    const isKilled = (note: (typeof notes)[number]) =>
      note.event === 'process' && note.process === 'killed';
    expect(notes.filter(isKilled)).toHaveLength(6);
    expect([failed, promoted]).toEqual([[], []]);
  });

  test('a slow host: nobody suspects it until an answer takes longer than the timeout', () => {
    const suspects = (...sentences: readonly string[]) =>
      after('slowHost', 30, ...sentences).notes.flatMap((note) =>
        note.event === 'flag.set' ? `${note.at} ${note.about}` : [],
      );
    expect(suspects()).toEqual([]);
    expect(suspects('delay 8901-8902 2600ms')).toEqual(['8902 8901', '8901 8902']);
  });
});
