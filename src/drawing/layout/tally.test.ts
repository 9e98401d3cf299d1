import { expect, test } from 'vitest';
import { electionFrame } from '../fixtures';
import { angleBetweenRad, bearingRad } from './polar';
import { stageGeometry } from './stage-geometry';
import { shownElection } from './tally';
import { countedVotes, tallySeats } from './tally-seats';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: true };
const frame = electionFrame();
const { places } = stageGeometry(frame, '8906', box);

test('tally: each seat lies at the bearing of the master who fills it', () => {
  for (const seat of tallySeats(frame.elections[0]!, places, 1)) {
    const voter = places.get(seat.voter)!;
    expect(angleBetweenRad(bearingRad(seat.middle), bearingRad(voter))).toBeLessThan(0.02);
  }
});

test('tally: only ballots that have arrived are counted', () => {
  expect(countedVotes(frame.elections[0]!)).toBe(2);
});

test('tally: an open election is shown, a finished one for two seconds more', () => {
  expect(shownElection(frame, 12_452)?.candidate).toBe('8906');
  const won = { ...frame, elections: [{ ...frame.elections[0]!, outcome: 'won' as const }] };
  expect(shownElection(won, 14_000)?.outcome).toBe('won');
  expect(shownElection(won, 14_500)).toBeNull();
});

test('tally: seats of more than a dozen are narrow, and apart', () => {
  const seat = { reason: null, atMs: 12_219, vote: 'asked' as const };
  const many = Array.from({ length: 40 }, (_, i) => ({ ...seat, voter: String(9001 + i) }));
  const seats = tallySeats({ ...frame.elections[0]!, seats: many }, places, 1);
  expect(seats.every(({ isNarrow }) => isNarrow)).toBe(true);
  const middles = seats.map(({ middle }) => bearingRad(middle)).sort((a, b) => a - b);
  const gaps = middles.slice(1).map((middle, i) => middle - middles[i]!);
  expect(Math.min(...gaps)).toBeGreaterThan(0.15);
  expect(tallySeats(frame.elections[0]!, places, 1).some(({ isNarrow }) => isNarrow)).toBe(false);
});
