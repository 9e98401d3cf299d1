/** W04: steps for real processes ask what these can answer. */
import { expect, test } from 'vitest';
import { changed, complaints, LESSON } from './fixtures';
import { factsNotLive } from './live-steps';

test('tables, logs, replies and processes can be had of a real cluster', () => {
  const asked = [
    'self(8902).role == "replica" && sees(8901, 8902).fail && owner(5798, 8901) == 8905',
    'seen(line(8902, "quorum reached")) && first(pfail(any, 8902)) > 0',
    'replies("redis-cli").exists(r, r.text == "OK") && seen(process(8902, "frozen"))',
  ];
  expect(asked.flatMap(factsNotLive)).toEqual([]);
});

test('reports, votes and packets cannot, and neither can what the script did', () => {
  expect(factsNotLive('sees(8904, 8901).reports.size() == 2')).toEqual(['reports']);
  expect(factsNotLive('seen(vote(8901, any)) || self(8905).votes > 1')).toEqual(['vote', 'votes']);
  expect(factsNotLive('packet("PING", 8901, 8902).bytes > 0')).toEqual(['packet']);
  expect(factsNotLive('did("freeze 8901")')).toEqual(['did']);
});

test('the validator names the fact, and a step that is not there', () => {
  const goal = 'nodes.filter(n, !sees(n, 8901).fail).size()';
  expect(changed('steps:\n', 'live: [try]\nsteps:\n')).toEqual([]);
  expect(changed('steps:\n', 'live: [tri]\nsteps:\n').join()).toMatch(/E01 I do not know “tri”/);
  const asks = LESSON.replace('steps:\n', 'live: [try]\nsteps:\n').replace(
    goal,
    'sees(8904, 8901).reports.size() + 6',
  );
  expect(complaints({ 'lesson.yaml': asks }).join()).toMatch(/W04 This uses “reports”/);
});
