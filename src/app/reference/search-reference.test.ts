import { describe, expect, test } from 'vitest';
import { readCourse } from '../../../scripts/lesson-files';
import { fileURLToPath } from 'node:url';
import { ENTRIES, type Entry } from './reference-entries';
import { ReferenceSearch } from './search-reference';

const search = new ReferenceSearch(ENTRIES);
const first = (query: string): string | undefined => search.find(query).entries[0]?.id;

describe('what was asked for comes first', () => {
  test.each([
    ['what does *nobody is serving its slots* mean?', 'log clearMaster'],
    ['nobody is serving its slots', 'log clearMaster'],
    ['Cluster state changed', 'log stateFail'],
    ['MOVED', 'error MOVED'],
    ['crossslot', 'error CROSSSLOT'],
    ['cluster forget', 'command CLUSTER FORGET'],
    ['MFSTART', 'message MFSTART'],
    ['PFAIL', 'word pfail'],
    ['hash tag', 'word hashTag'],
    ['quorum', 'word quorum'],
  ])('%s', (query, id) => {
    const ids = search.find(query).entries.map((entry) => entry.id);
    expect(ids.slice(0, 2)).toContain(id);
  });
});

describe('what a learner looks up first leads to where it is taught', () => {
  test.each([
    ['MOVED', 'moved/wrong-door'],
    ['ASK', 'reshard/three-keys'],
    ['CLUSTERDOWN', 'takeover/behind'],
    ['PFAIL', 'pfail/freeze'],
    ['fail?', 'pfail/freeze'],
    ['FAIL', 'fail/shout'],
    ['fail_report', 'reports/one-report'],
    ['configEpoch', 'takeover/claim'],
    ['FAILOVER_AUTH_REQUEST', 'election/epoch'],
    ['CLUSTER MEET', 'meet/by-host'],
    ['CROSSSLOT', 'slots/several'],
    ['CLUSTER FAILOVER', 'repairs/handover'],
    ['nodes.conf', 'create/six'],
  ])('%s: %s', (query, place) => {
    const { lesson, step } = search.find(query).entries[0]!.seen;
    expect(`${lesson}/${step}`).toBe(place);
  });
});

describe('a line as redis-server 7.0.15 wrote it', () => {
  const id = '5f01f4634149b99be6410511e332e8eba6f2d216';
  const head = '8123:M 22 Nov 2026 11:08:52.123';
  test.each([
    [
      `${head} * Clear FAIL state for node ${id}: is reachable again and nobody is serving its slots after some time.`,
      'log clearMaster',
    ],
    [`${head} # Failover auth denied to ${id}: already voted for epoch 9`, 'log deniedVoted'],
    [`${head} * Marking node ${id} as failing (quorum reached).`, 'log quorumReached'],
    [
      `${head} # Start of election delayed for 812 milliseconds (rank #1, offset 5040).`,
      'log electionDelayed',
    ],
    ['# Cluster state changed: fail', 'log stateFail'],
    [`FAIL message received from ${id} about ${id}`, 'log failReceived'],
  ])('%s', (line, entry) => {
    expect(first(line)).toBe(entry);
  });
});

test.each([
  ['(error) MOVED 866 10.0.0.7:7002', 'error MOVED'],
  ['-ASK 5798 127.0.0.1:8904', 'error ASK'],
  ["(error) CROSSSLOT Keys in request don't hash to the same slot", 'error CROSSSLOT'],
  [
    'CLUSTER SETSLOT 866 MIGRATING 5f01f4634149b99be6410511e332e8eba6f2d216',
    'command CLUSTER SETSLOT',
  ],
])('as a terminal has it: %s', (text, id) => {
  expect(first(text)).toBe(id);
});

test.each([
  ['故障转移', 'word failover'],
  ['哈希', undefined],
  ['下线报告', 'word report'],
  ['选举', 'word election'],
])('Chinese: %s', (query, id) => {
  const ids = search.find(query).entries.map((entry) => entry.id);
  if (id === undefined) expect(ids).toEqual([]);
  else expect(ids).toContain(id);
});

test.each([
  ['nobdy is servng its slots', 'log clearMaster'],
  ['handshak', 'word handshake'],
  ['partitoin', 'word partition'],
])('a slip of the keyboard: %s', (query, id) => {
  expect(search.find(query).entries.map((entry) => entry.id)).toContain(id);
});

test('what nothing shows: the nearest is named', () => {
  const { entries, nearest } = search.find('CLUSTR MEAT');
  expect([...entries.map(({ id }) => id), nearest?.id]).toContain('command CLUSTER MEET');
  expect(search.find('zzzzzzzz').entries).toEqual([]);
  expect(search.find('zzzzzzzz').nearest).not.toBeNull();
});

describe('entries', () => {
  const course = readCourse(fileURLToPath(new URL('../../../lessons', import.meta.url)));
  const isThere = ({ seen: { lesson, step } }: Entry) =>
    course.compiled.get(lesson)?.lesson?.steps.some(({ id }) => id === step);

  test('each leads to a step of the course', () => {
    expect(ENTRIES.filter((entry) => !isThere(entry)).map(({ id }) => id)).toEqual([]);
    expect(ENTRIES.filter(({ seen }) => seen.number === 0)).toEqual([]);
  });

  test('each says what it means, in both languages', () => {
    const mute = ENTRIES.filter(({ gloss }) => Object.values(gloss).includes(''));
    expect(mute.map(({ id }) => id)).toEqual([]);
  });

  test('every type of message and every error a client reads is there', () => {
    const ids = ENTRIES.map(({ id }) => id);
    const types = 'PING PONG MEET FAIL PUBLISH FAILOVER_AUTH_REQUEST FAILOVER_AUTH_ACK UPDATE';
    for (const type of [...types.split(' '), 'MFSTART', 'PUBLISHSHARD'])
      expect(ids).toContain(`message ${type}`);
    for (const error of ['MOVED', 'ASK', 'TRYAGAIN', 'CROSSSLOT', 'CLUSTERDOWN'])
      expect(ids).toContain(`error ${error}`);
  });
});
