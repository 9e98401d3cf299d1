import { expect, test } from 'vitest';
import { message } from '../fixtures';
import { HEARTBEATS_SHOWN, Thinning } from './thinning';

const way = { from: '8901', to: '8902', sentAtMs: 0, deliverAtMs: 100 };
const beats = Array.from({ length: 60 }, () => message('PING', way));
const key = message('FAIL', way);
const rumour = message('PONG', way, { rumours: [{ about: '8903', flag: 'pfail' }] });

test('thinning: a small cluster shows every heartbeat', () => {
  expect(new Thinning().choose(beats, 16)).toHaveLength(60);
});

test('thinning: a large one shows a few, rumours first, and every message that decides', () => {
  const shown = new Thinning().choose([...beats, key, rumour], 30);
  expect(shown).toHaveLength(HEARTBEATS_SHOWN + 1);
  expect(shown).toContain(key);
  expect(shown).toContain(rumour);
});

test('thinning: what is drawn stays drawn until it lands, what is not never pops up', () => {
  const thinning = new Thinning();
  const first = thinning.choose(beats, 30);
  const landed = first.slice(0, 5);
  const later = thinning.choose(
    beats.filter((beat) => !landed.includes(beat)),
    30,
  );
  expect(later).toEqual(first.slice(5));
  const fresh = Array.from({ length: 9 }, () => message('PONG', way));
  expect(thinning.choose([...later, ...fresh], 30)).toHaveLength(HEARTBEATS_SHOWN);
  // Going back shows the same picture again.
  expect(thinning.choose(beats, 30)).toEqual(first);
});
