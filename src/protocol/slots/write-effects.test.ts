import { describe, expect, test } from 'vitest';
import { CLOCK_ORIGIN_MS } from '../config';
import { dumpPayload } from './dump-payload';
import { findKey, keyspaceOf, valuesOf, withKeys, type Keyspace } from '../keyspace';
import { applyWrite } from './write-effects';

const AT_MS = 5_000;
const UNIX_MS = String(CLOCK_ORIGIN_MS + AT_MS);
const keys = keyspaceOf({ a: '1', b: '1' });
const mortal = withKeys(keys, [{ key: 'a', value: '1', expiresAtMs: AT_MS }]);

describe('a propagated write', () => {
  test.each([
    [['SET', 'a', '2'], { a: '2', b: '1' }],
    [['MSET', 'a', '2', 'c', '3'], { a: '2', b: '1', c: '3' }],
    [['DEL', 'a', 'x'], { b: '1' }],
    [['INCR', 'a'], { a: '2', b: '1' }],
    [['DECRBY', 'new', '-3'], { a: '1', b: '1', new: '3' }],
    [['APPEND', 'a', '0'], { a: '10', b: '1' }],
    [['RESTORE-ASKING', 'c', '0', dumpPayload('x'), 'REPLACE'], { a: '1', b: '1', c: 'x' }],
    [['FLUSHALL'], {}],
    [['PING'], { a: '1', b: '1' }],
  ])('%j', (argv, expected) => {
    expect(valuesOf(applyWrite(keys, argv))).toEqual(expected);
  });
});

describe('a propagated time to live', () => {
  const expiry = (before: Keyspace, argv: readonly string[]) =>
    findKey(applyWrite(before, argv), 'a')!.expiresAtMs;

  test.each([
    ['comes with SET', keys, ['SET', 'a', '2', 'PXAT', UNIX_MS], AT_MS],
    ['comes by itself', keys, ['PEXPIREAT', 'a', UNIX_MS], AT_MS],
    ['comes with RESTORE', keys, ['RESTORE', 'a', UNIX_MS, dumpPayload('x'), 'ABSTTL'], AT_MS],
    ['is gone after another SET', mortal, ['SET', 'a', '2'], 0],
    ['stays with KEEPTTL', mortal, ['SET', 'a', '2', 'KEEPTTL'], AT_MS],
    ['stays with INCR', mortal, ['INCR', 'a'], AT_MS],
    ['is taken back', mortal, ['PERSIST', 'a'], 0],
  ])('%s', (_, before, argv, expected) => {
    expect(expiry(before, argv)).toBe(expected);
  });
});
