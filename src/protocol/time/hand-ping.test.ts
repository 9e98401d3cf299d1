import { expect, test } from 'vitest';
import { BY_HAND, obeyHandPing } from './hand-ping';
import {
  NOW_MS,
  entryOf,
  idOf,
  sentIn,
  settledNode,
  turnOf,
  withoutEntry,
} from '../fixtures/node-fixture';
import { clusterCron } from './cron';

const settled = settledNode('8901');
const crank = {
  ...settled,
  config: { ...settled.config, switches: ['no-automatic-pings'] as const },
};

function order(state: typeof settled, client = BY_HAND) {
  const turn = turnOf(state);
  const isObeyed = obeyHandPing(turn, client, [BY_HAND, '8902']);
  return { isObeyed, sent: sentIn(turn).map(({ message }) => message.type), state: turn.state };
}

test('the teaching switch no-automatic-pings: a node pings whom it is told to', () => {
  const { isObeyed, sent, state } = order(crank);
  expect([isObeyed, sent]).toEqual([true, ['PING']]);
  expect(entryOf(state, '8902').pingSentMs).toBe(NOW_MS);
});

test('without the switch the order is refused, and clients cannot give it', () => {
  expect(order(settled).sent).toEqual([]);
  expect(order(crank, 'c1')).toMatchObject({ isObeyed: false, sent: [] });
});

test('nobody pings a node it does not know', () => {
  expect(order(withoutEntry(crank, '8902')).sent).toEqual([]);
  expect(crank.nodes.some(({ id }) => id === idOf('8902'))).toBe(true);
});

test('ticks send no PING of their own, however old a PONG is', () => {
  const pinged = (state: typeof settled) => {
    const turn = turnOf({ ...state, cronIteration: 9 });
    clusterCron(turn);
    return sentIn(turn).length > 0;
  };
  expect([pinged(settled), pinged(crank)]).toEqual([true, false]);
});
