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
