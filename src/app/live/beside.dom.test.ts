import { cleanup, render, screen, within } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { intervalRows } from '../../beside/intervals';
import type { EventName, KeyEvent } from '../../beside/key-events';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { words } from '../../words/words.svelte';
import { Beside } from './beside.svelte';
import { stripOf } from './beside-strip';
import BesideOrder from './BesideOrder.svelte';
import BesideSpread from './BesideSpread.svelte';
import type { RealSource } from './live-source';

afterEach(() => {
  cleanup();
  words.locale = 'en';
});

const happened = (...names: EventName[]): KeyEvent[] =>
  names.map((event, i) => ({ event, atMs: 1_000 * (i + 1), node: '8904' }));

test('the two lists side by side, and the first difference in order named', () => {
  const real = happened('first PFAIL', 'FAIL', 'won');
  const nearest = happened('first PFAIL', 'FAIL', 'demoted');
  const verdict = { same: 0, of: 100, nearest, firstDifference: 2 };
  render(BesideOrder, { props: { real, verdict, isPlaying: false } });
  const rows = within(screen.getByRole('table')).getAllByRole('row');
  expect(rows[3]!.textContent).toMatch(/3\.00 s\s+election won.*former master follows.*≠ first/s);
  expect(screen.getByRole('status').textContent).toMatch(/None of 100 .* at event 3\./);
});

test('before the model has played, the real run stands alone', () => {
  const props = { real: happened('FAIL'), verdict: null, isPlaying: false };
  render(BesideOrder, { props });
  expect(screen.getByRole('status').textContent).toBe('The model has not been played yet.');
});

test('an interval is a strip with a sentence, and a row of the table; ten runs are judged', () => {
  const simulated = Array.from({ length: 50 }, (_, i) => ({ FAIL: 3_000 + 10 * i }));
  const real = Array.from({ length: 10 }, (_, i) => ({ FAIL: 3_005 + 50 * i }));
  const rows = intervalRows(real[0]!, real, simulated);
  render(BesideSpread, { props: { rows } });
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'FAIL: this run 3.00 s; simulated 3.05, 3.25, 3.44 s (10 %, median, 90 %)',
  );
  expect(screen.getAllByText(/^D 0\.\d\d, limit 0\.\d\d: same$/).length).toBeGreaterThan(0);
});

test('a strip has the run at hand apart from the others, within its axis', () => {
  const rows = intervalRows({ won: 40 }, [{ won: 40 }, { won: 90 }], [{ won: 30 }, { won: 80 }]);
  const strip = stripOf(rows[0]!)!;
  expect(strip.othersPx).toHaveLength(1);
  expect([strip.fromMs, strip.toMs]).toEqual([30, 90]);
  expect(strip.thisPx).toBeGreaterThan(strip.p10Px);
  expect(stripOf(intervalRows({ won: 40 }, [], [])[0]!)).toBeNull();
});

test('what was done is found in the run, with its events; an unplayed model has no verdict', () => {
  const source = new SimulatedSource({
    ...DEFAULT_SCENE,
    inputs: [{ atMs: 8_000, input: { type: 'freeze', node: '8901' } }],
  });
  source.seekTime(20_000);
  const beside = new Beside(source as unknown as RealSource);
  expect(beside.episodes).toHaveLength(1);
  expect(beside.plan).toMatchObject({ nodeTimeoutMs: 5_000 });
  expect(beside.real.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['first PFAIL', 'FAIL', 'won', 'state ok']),
  );
  expect(beside.verdict).toBeNull();
  expect(beside.rows.find(({ event }) => event === 'won')?.real).toHaveLength(1);
});
