import { describe, expect, test } from 'vitest';
import type { FrameClient, FrameExchange } from '../../protocol/cluster-frame';
import type { RecordedNote } from '../../protocol/notes';
import { connectedNode, keysSpokenOf, lastTalk, readTyped } from './terminal-typing';

const HERE = { follow: true, node: '8903' };
const CLUSTER = { nodes: ['8901', '8902', '8903'], asked: false };
const read = (text: string, asked = false) => readTyped(text, HERE, { ...CLUSTER, asked });

describe('a line typed at the prompt', () => {
  test('a command goes to the node of the prompt, with -c if that is on', () => {
    expect(read('GET name')).toEqual({
      type: 'act',
      atMs: null,
      input: { type: 'command', client: 'c1', node: '8903', argv: ['GET', 'name'], follow: true },
    });
    expect(readTyped('PING', { ...HERE, follow: false }, CLUSTER)).toMatchObject({
      input: { follow: false },
    });
  });

  test('redis-cli without a command connects', () => {
    expect(read('redis-cli -p 8902')).toEqual({ type: 'connect', follow: false, node: '8902' });
    expect(read('redis-cli -c -p 8901')).toEqual({ type: 'connect', follow: true, node: '8901' });
    expect(read('redis-cli -p 9999')).toEqual({ type: 'unknown-port', port: '9999' });
  });

  test('redis-cli --cluster runs the tool', () => {
    expect(read('redis-cli --cluster check 127.0.0.1:8901')).toMatchObject({
      type: 'act',
      input: { type: 'redis-cli' },
    });
  });

  test('while the tool asks, a bare word is the answer', () => {
    expect(read('yes', true)).toMatchObject({ input: { type: 'answer', text: 'yes' } });
    expect(read('interrupt', true)).toMatchObject({ input: { type: 'interrupt' } });
  });

  test.each(['yes', 'answer yes'])('while it does not, %s has nowhere to go', (text) => {
    expect(read(text)).toEqual({ type: 'nothing-asked' });
  });

  test('a deed may be typed, with its time', () => {
    expect(read('at 12s freeze 8901')).toMatchObject({
      atMs: 12_000,
      input: { type: 'freeze', node: '8901' },
    });
  });

  test('what cannot be read is said where it is', () => {
    expect(read('SET k "open')).toMatchObject({ type: 'problem' });
  });
});

const command = (step: number, node: string, text: string): RecordedNote => ({
  ...{ event: 'command', client: 'c1', node, text, step, atMs: step },
});

describe('the prompt', () => {
  const notes = [command(10, '8903', 'GET name'), command(12, '8902', 'GET name')];

  test('with -c it follows the redirect, without it stays', () => {
    const chosen = { sinceStep: 0, chosen: '8903' };
    expect(connectedNode(notes, 20, { ...chosen, follow: true })).toBe('8902');
    expect(connectedNode(notes, 20, { ...chosen, follow: false })).toBe('8903');
  });

  test('in the past it stands where it stood', () => {
    expect(connectedNode(notes, 11, { sinceStep: 0, chosen: '8901', follow: true })).toBe('8903');
  });

  test('keys that were spoken of, the newest first', () => {
    const more = [...notes, command(30, '8901', 'SET foo 1'), command(31, '8901', 'CLUSTER INFO')];
    expect(keysSpokenOf(more, 40)).toEqual(['foo', 'name']);
  });
});

describe('the last command’s talk', () => {
  const exchange = (id: number, text: string, redirect: 'MOVED' | 'ASK' | null = null) =>
    ({
      ...{ id, text, redirect, direction: id % 2 === 0 ? 'command' : 'reply', node: '8901' },
      ...{ slot: null, sentAtMs: id, deliverAtMs: id, printed: text },
    }) as FrameExchange;
  const talk = (...exchanges: FrameExchange[]) =>
    lastTalk({ exchanges } as unknown as FrameClient).map(({ id }) => id);

  test('a redirect belongs to it, an earlier command does not', () => {
    const before = [exchange(2, 'PING'), exchange(3, 'PONG')];
    const moved = [exchange(4, 'GET a'), exchange(5, 'MOVED 1 x:1', 'MOVED'), exchange(6, 'GET a')];
    expect(talk(...before, ...moved)).toEqual([4, 5, 6]);
  });

  test('so does ASKING', () => {
    const asked = [exchange(4, 'GET a'), exchange(5, 'ASK 1 x:1', 'ASK'), exchange(6, 'ASKING')];
    expect(talk(...asked, exchange(7, 'OK'), exchange(8, 'GET a'))).toEqual([4, 5, 6, 7, 8]);
  });
});
