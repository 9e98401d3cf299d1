import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { HANDSHAKE, MEET } from '../flags';
import {
  bindInbound,
  dialNode,
  dropLink,
  freeLinkOverLimit,
  linkAccepted,
  linkClosed,
  linkConnected,
} from './links';
import {
  NOW_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { sendPing } from './send';
import { EMPTY_BUFFER } from './send-buffer';
import type { Turn } from '../turn';

const unlinked = withEntry(settledNode('8901'), '8902', { link: null });

describe('link: dialling', () => {
  const turn = turnOf(unlinked);
  dialNode(turn, idOf('8902'));

  test('the link exists at once, under a new name, though nobody has answered yet', () => {
    expect(entryOf(turn.state, '8902').link).toEqual({
      connection: '8901#1',
      createdMs: NOW_MS,
      connected: false,
      buffer: EMPTY_BUFFER,
    });
    expect(turn.effects).toEqual([
      { type: 'connect', connection: '8901#1', port: 18902, channel: 'bus' },
    ]);
  });

  test('dialling alone starts no clock', () => {
    expect(entryOf(turn.state, '8902').pingSentMs).toBe(0);
  });

  test('a refusal frees the link, starts no clock, and is logged', () => {
    const refused = turnOf(turn.state);
    linkClosed(refused, '8901#1', true);
    expect(entryOf(refused.state, '8902')).toMatchObject({ link: null, pingSentMs: 0 });
    expect(logIn(refused)).toEqual([
      `Connection with Node ${idOf('8902')} at 127.0.0.1:18902 failed: Connection refused`,
    ]);
  });
});

describe('link: connected', () => {
  const connect = (state: ClusterState) => {
    const turn = turnOf(state);
    linkConnected(turn, '8901#8902');
    return { turn, entry: entryOf(turn.state, '8902'), sent: sentIn(turn)[0]!.message };
  };

  test('a PING goes out at once and starts the clock', () => {
    const { entry, sent } = connect(settledNode('8901'));
    expect(sent.type).toBe('PING');
    expect(entry.pingSentMs).toBe(NOW_MS);
    expect(entry.link?.connected).toBe(true);
  });

  test('a ping that was pending keeps its age: flapping buys no time', () => {
    const pending = withEntry(settledNode('8901'), '8902', { pingSentMs: NOW_MS - 4_000 });
    expect(connect(pending).entry.pingSentMs).toBe(NOW_MS - 4_000);
  });

  test('a node to be met gets a MEET, once, and no clock', () => {
    const { entry, sent, turn } = connect(flagged(settledNode('8901'), '8902', HANDSHAKE | MEET));
    expect(sent.type).toBe('MEET');
    expect(entry.pingSentMs).toBe(0);
    expect(entry.flags & MEET).toBe(0);
    const again = turnOf(turn.state);
    linkConnected(again, '8901#8902');
    expect(sentIn(again)[0]!.message.type).toBe('PING');
  });
});

describe('link: lost', () => {
  test('ours: no link until the next tick; the pending ping stays', () => {
    const pending = withEntry(settledNode('8901'), '8902', { pingSentMs: 7 });
    const turn = turnOf(pending);
    linkClosed(turn, '8901#8902', false);
    expect(entryOf(turn.state, '8902')).toMatchObject({ link: null, pingSentMs: 7 });
  });

  test('theirs: ours is not touched', () => {
    const turn = turnOf(settledNode('8901'));
    linkClosed(turn, '8902#8901', false);
    expect(entryOf(turn.state, '8902').inbound).toBeNull();
    expect(entryOf(turn.state, '8902').link).not.toBeNull();
  });

  test('a stranger that hangs up is forgotten', () => {
    const turn = turnOf(settledNode('8901'));
    linkAccepted(turn, '8907#1');
    expect(turn.state.strangers).toMatchObject([{ connection: '8907#1' }]);
    linkClosed(turn, '8907#1', false);
    expect(turn.state.strangers).toEqual([]);
  });

  test('dropped by us: the other end is told', () => {
    const turn = turnOf(settledNode('8901'));
    dropLink(turn, idOf('8902'));
    expect(turn.effects).toEqual([{ type: 'close', connection: '8901#8902' }]);
  });
});

test('link: a newer inbound connection replaces and frees the older', () => {
  const turn = turnOf({
    ...settledNode('8901'),
    strangers: [{ connection: '8902#9', createdMs: 7 }],
  });
  bindInbound(turn, idOf('8902'), '8902#9');
  expect(entryOf(turn.state, '8902').inbound).toEqual({ connection: '8902#9', createdMs: 7 });
  expect(turn.effects.filter(({ type }) => type !== 'note')).toEqual([
    { type: 'close', connection: '8902#8901' },
  ]);
  expect(logIn(turn)).toEqual([
    `Replacing inbound link fd 8901 from node ${idOf('8902')} with fd 9`,
  ]);
  expect(turn.state.strangers).toEqual([]);
});

describe('link: the limit of what may wait on it', () => {
  const limited = (limitBytes: number): ClusterState => ({
    ...unlinked,
    config: { ...unlinked.config, linkSendbufLimitBytes: limitBytes },
  });
  /** Two PINGs wait on a link that nobody has answered yet. */
  function crowded(limitBytes: number): Turn {
    const turn = turnOf(limited(limitBytes));
    dialNode(turn, idOf('8902'));
    for (let i = 0; i < 2; i++) sendPing(turn, idOf('8902'));
    freeLinkOverLimit(turn, idOf('8902'));
    return turn;
  }

  test('over it: the link is freed, counted, and the log says how much it held', () => {
    const turn = crowded(5_000);
    const held = /used memory: (\d+)/.exec(logIn(turn)[0]!)![1];
    expect(entryOf(turn.state, '8902').link).toBeNull();
    expect(turn.state.linksOverLimit).toBe(1);
    expect(logIn(turn)).toEqual([
      `Freeing cluster link(to node ${idOf('8902')}, used memory: ${held}) due to exceeding send ` +
        'buffer memory limit.',
    ]);
    expect(Number(held)).toBeGreaterThan(5_000);
  });

  test.each([0, 50_000])('limit %i: it stays', (limitBytes) => {
    const turn = crowded(limitBytes);
    expect(entryOf(turn.state, '8902').link!.buffer.usedBytes).toBeGreaterThan(4_512);
    expect(turn.state.linksOverLimit).toBe(0);
  });

  test('once it is up nothing waits', () => {
    const turn = crowded(0);
    linkConnected(turn, '8901#1');
    expect(entryOf(turn.state, '8902').link!.buffer).toEqual(EMPTY_BUFFER);
  });
});

test('link: an address that is none is not dialled, but the clock of its ping runs', () => {
  const turn = turnOf(withEntry(unlinked, '8902', { ip: 'host-2', pingSentMs: 0 }));
  dialNode(turn, idOf('8902'));
  expect(entryOf(turn.state, '8902')).toMatchObject({ link: null, pingSentMs: NOW_MS });
  expect(logIn(turn)).toEqual([
    'Unable to connect to Cluster Node [host-2]:18902 -> accept: Resource temporarily unavailable',
  ]);
});
