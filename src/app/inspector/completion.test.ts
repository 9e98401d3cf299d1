import { describe, expect, test } from 'vitest';
import { complete } from './completion';

const CONTEXT = { nodes: ['8901', '8902'], keys: ['name', 'foo'] };
const offered = (text: string) => complete(text, CONTEXT).options;

describe('Tab completes', () => {
  test('a command, in the case it was begun in', () => {
    expect(offered('CLU')).toEqual(['CLUSTER']);
    expect(offered('clu')).toEqual(['cluster']);
    expect(offered('redis')).toEqual(['redis-cli']);
  });

  test('with nothing typed: every command', () => {
    expect(offered('').length).toBeGreaterThan(30);
  });

  test('a subcommand', () => {
    expect(offered('CLUSTER NO')).toEqual(['NODES']);
    expect(offered('config ')).toContain('GET');
  });

  test('a node where CLUSTER wants an id, by its port', () => {
    expect(offered('CLUSTER FORGET @')).toEqual(['@8901', '@8902']);
    expect(offered('CLUSTER SETSLOT 5 MIG')).toEqual(['MIGRATING']);
  });

  test('a key where the command has one, and nowhere else', () => {
    expect(offered('GET n')).toEqual(['name']);
    expect(offered('SET ')).toEqual(['name', 'foo']);
    expect(offered('SET name ')).toEqual([]);
    expect(offered('PING ')).toEqual([]);
  });

  test('options, ports and subcommands of redis-cli', () => {
    expect(offered('redis-cli -p ')).toEqual(['8901', '8902']);
    expect(offered('redis-cli --cluster chec')).toEqual(['check']);
    expect(offered('redis-cli --cluster check 127')).toEqual(['127.0.0.1:8901', '127.0.0.1:8902']);
  });

  test('says where the word begins that it would replace', () => {
    expect(complete('CLUSTER NO', CONTEXT).at).toBe(8);
  });
});
