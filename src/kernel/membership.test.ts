/** Who belongs to a cluster, where its nodes say they are, and what spreads by itself. */
import { describe, expect, test } from 'vitest';
import { lookupNode, myself } from '../protocol/cluster-state';
import { DEFAULT_CONFIG } from '../protocol/config';
import { HANDSHAKE, NOADDR, NOFAILOVER } from '../protocol/flags';
import { wholeEntry, type WholeEntry } from '../protocol/whole-entries';
import { frameOfWorld } from './frame-of-world';
import type { TimedInput } from './inputs';
import { at, logOf, notesOf, runScene, stateOf, toProcess, type Run } from './run-fixture';

/** `redis-cli -p NODE TEXT`: redirects are not followed. */
const says = (atMs: number, node: string, text: string, client = 'c1'): TimedInput => {
  const argv = text.split(' ').map((word) => (word === '""' ? '' : word));
  return at(atMs, { type: 'command', client, node, argv, follow: false });
};

/** What was answered to a command, oldest first. */
const repliesTo = (run: Run, command: string): string[] =>
  notesOf(run, 'reply')
    .filter((note) => note.command === command)
    .map(({ text }) => text);

const idOf = (run: Run, name: string) => stateOf(run.world, name).myId;

/** What `viewer` holds about `name`, or null. */
function entry(run: Run, viewer: string, name: string): WholeEntry | null {
  return wholeEntry(stateOf(run.world, viewer), idOf(run, name));
}
const NAMES = ['8901', '8902', '8903', '8904', '8905', '8906'];
const others = (name: string): string[] => NAMES.filter((one) => one !== name);

describe('CLUSTER FORGET: here only, for a minute', () => {
  const before = runScene({}, 19_000);
  const id = idOf(before, '8903');
  const forgetting = says(20_000, '8901', `CLUSTER FORGET ${id}`);

  test('gossip does not bring the node back within the minute, but does after it', () => {
    expect(entry(runScene({ inputs: [forgetting] }, 79_000), '8901', '8903')).toBeNull();
    expect(entry(runScene({ inputs: [forgetting] }, 90_000), '8901', '8903')).not.toBeNull();
  });

  test('the others still know it, and it still knows the one that forgot it', () => {
    const run = runScene({ inputs: [forgetting] }, 40_000);
    for (const name of ['8902', '8904', '8905', '8906']) {
      expect(entry(run, name, '8903'), name).not.toBeNull();
    }
    expect(entry(run, '8903', '8901')!.link).not.toBeNull();
    expect(entry(run, '8903', '8901')!.pongReceivedMs).toBeGreaterThan(35_000);
  });

  test('MEET brings it back at once', () => {
    const meeting = says(25_000, '8901', 'CLUSTER MEET 127.0.0.1 8903');
    const run = runScene({ inputs: [forgetting, meeting] }, 30_000);
    expect(entry(run, '8901', '8903')!.slots).toEqual([[10_923, 16_383]]);
  });

  test('its slots have no owner then, and the cluster stops here', () => {
    const run = runScene({ inputs: [forgetting] }, 25_000);
    expect(stateOf(run.world, '8901').state).toBe('fail');
    expect(stateOf(run.world, '8902').state).toBe('ok');
  });
});

describe('CLUSTER RESET', () => {
  test('SOFT: the same id and epochs, but it knows nobody; the others still know it', () => {
    const run = runScene({ inputs: [says(20_000, '8904', 'CLUSTER RESET SOFT')] }, 20_200);
    const state = stateOf(run.world, '8904');
    expect(state.nodes).toHaveLength(1);
    expect(state.currentEpoch).toBe(6);
    expect(state.replication.masterPort).toBe(0);
    expect(state.keys.count).toBe(0);
    const later = runScene({ inputs: [says(20_000, '8904', 'CLUSTER RESET SOFT')] }, 40_000);
    // They ping it and believe its answers, but it takes no news from strangers.
    expect(stateOf(later.world, '8904').nodes).toHaveLength(1);
    expect(entry(later, '8901', '8904')!.masterId).toBeNull();
  });

  const hard = runScene({ inputs: [says(20_000, '8904', 'CLUSTER RESET HARD')] }, 30_000);
  const oldId = idOf(runScene({}, 10_000), '8904');

  test('HARD: a new id, and epochs from the beginning', () => {
    const state = stateOf(hard.world, '8904');
    expect(state.myId).not.toBe(oldId);
    expect(state.currentEpoch).toBe(0);
    expect(state.saved.nodes.map(({ id }) => id)).toEqual([state.myId]);
    expect(logOf(hard, '8904', 20_000)).toContain("Node hard reset, now I'm 8904");
  });

  test('HARD: to the others the old node has no address any more', () => {
    for (const name of others('8904')) {
      const node = lookupNode(stateOf(hard.world, name), oldId)!;
      expect(node.flags & NOADDR, name).toBe(NOADDR);
      expect(node).toMatchObject({ ip: '', port: 0, busPort: 0, link: null });
    }
  });

  test('HARD, then MEET: it joins under its new id', () => {
    const inputs = [
      says(20_000, '8904', 'CLUSTER RESET HARD'),
      says(22_000, '8904', 'CLUSTER MEET 127.0.0.1 8902'),
    ];
    const run = runScene({ inputs }, 40_000);
    for (const name of others('8904')) expect(entry(run, name, '8904'), name).not.toBeNull();
    expect(stateOf(run.world, '8904').currentEpoch).toBe(6);
  });

  test('a master with keys refuses', () => {
    const inputs = [says(20_000, '8901', 'SET hello 1'), says(21_000, '8901', 'CLUSTER RESET')];
    expect(repliesTo(runScene({ inputs }, 22_000), 'CLUSTER RESET')).toEqual([
      "ERR CLUSTER RESET can't be called with master nodes containing keys",
    ]);
  });
});

test('handshake: a MEET to an address nobody answers vanishes after the node timeout', () => {
  const inputs = [says(20_000, '8901', 'CLUSTER MEET 127.0.0.1 7777')];
  const shaking = (untilMs: number): number =>
    stateOf(runScene({ inputs }, untilMs).world, '8901').nodes.filter(
      ({ flags }) => flags & HANDSHAKE,
    ).length;
  expect(shaking(24_900)).toBe(1);
  expect(shaking(25_400)).toBe(0);
});

test('handshake: a MEET to a node it knows changes nothing', () => {
  const inputs = [says(20_000, '8901', 'CLUSTER MEET 127.0.0.1 8902')];
  const run = runScene({ inputs }, 22_000);
  expect(stateOf(run.world, '8901').nodes).toHaveLength(6);
  expect(logOf(run, '8901', 20_000)).toContain(
    'Handshake: we already know node 8902, updating the address if needed.',
  );
});

test('MEET: what both nodes log, line by line as redis-server does', () => {
  const inputs = [
    says(1_000, '8901', 'CONFIG SET loglevel debug'),
    says(1_000, '8902', 'CONFIG SET loglevel debug'),
    says(3_000, '8901', 'CLUSTER MEET 127.0.0.1 8902'),
  ];
  const scene = { start: 'empty', masters: 2, replicasPerMaster: 0, inputs } as const;
  const run = runScene(scene, 6_000);
  const story = (name: string): string[] =>
    logOf(run, name, 3_000).map((line) => line.replace(/:\d+$/, ':PORT'));
  expect(story('8901').slice(0, 8)).toEqual([
    'Connecting with Node ID at 127.0.0.1:PORT',
    '--- Processing packet of type pong, 2256 bytes',
    'pong packet received: ID',
    'Renaming node ID into 8902',
    'Handshake with node 8902 completed.',
    'Accepting cluster node connection from 127.0.0.1:PORT',
    '--- Processing packet of type ping, 2256 bytes',
    'IP address for this node updated to 127.0.0.1',
  ]);
  expect(story('8902').slice(0, 9)).toEqual([
    'Accepting cluster node connection from 127.0.0.1:PORT',
    '--- Processing packet of type meet, 2256 bytes',
    'IP address for this node updated to 127.0.0.1',
    'meet packet received: NULL',
    'Connecting with Node ID at 127.0.0.1:PORT',
    '--- Processing packet of type pong, 2256 bytes',
    'pong packet received: ID',
    'Renaming node ID into 8901',
    'Handshake with node 8901 completed.',
  ]);
});

test('MEET oneself: nothing comes of it', () => {
  const run = runScene({ inputs: [says(20_000, '8901', 'CLUSTER MEET 127.0.0.1 8901')] }, 30_000);
  expect(stateOf(run.world, '8901').nodes).toHaveLength(6);
  expect(myself(stateOf(run.world, '8901')).link).toBeNull();
});

describe('announcing: what a node says of itself reaches everybody', () => {
  const announce = (...words: string[]): Run =>
    runScene({ inputs: words.map((text, i) => says(20_000 + i * 5_000, '8902', text)) }, 35_000);

  test('a hostname, while it is announced', () => {
    const named = announce('CONFIG SET cluster-announce-hostname host-2.example.com');
    for (const name of NAMES) {
      expect(entry(named, name, '8902')!.hostname, name).toBe('host-2.example.com');
    }
    const unnamed = announce(
      'CONFIG SET cluster-announce-hostname host-2.example.com',
      'CONFIG SET cluster-announce-hostname ""',
    );
    for (const name of NAMES) expect(entry(unnamed, name, '8902')!.hostname, name).toBe('');
  });

  test('ports: others dial the announced ones, where nobody listens', () => {
    const run = announce('CONFIG SET cluster-announce-port 9002 cluster-announce-bus-port 9102');
    for (const name of others('8902')) {
      const node = entry(run, name, '8902')!;
      expect(node, name).toMatchObject({ port: 9_002, busPort: 9_102 });
    }
    expect(logOf(run, '8901', 20_000)).toContain(
      'Address updated for node 8902, now 127.0.0.1:9002',
    );
  });

  test('ports: back to the real ones, and all is well again', () => {
    const run = announce(
      'CONFIG SET cluster-announce-port 9002',
      'CONFIG SET cluster-announce-port 0',
    );
    for (const name of others('8902')) {
      expect(entry(run, name, '8902'), name).toMatchObject({ port: 8_902, busPort: 18_902 });
    }
  });

  test('a replica that does not want to stand says so', () => {
    const inputs = [says(20_000, '8904', 'CONFIG SET cluster-replica-no-failover yes')];
    const run = runScene({ inputs: [...inputs, toProcess(25_000, 'kill', '8901')] }, 50_000);
    for (const name of ['8902', '8903', '8904']) {
      expect(entry(run, name, '8904')!.flags & NOFAILOVER, name).toBe(NOFAILOVER);
    }
    expect(notesOf(run, 'election.start')).toEqual([]);
  });

  test('CONFIG SET is forgotten at a restart, unless CONFIG REWRITE wrote it down', () => {
    const setting = says(20_000, '8905', 'CONFIG SET cluster-node-timeout 1234');
    const restart = toProcess(23_000, 'restart', '8905');
    const timeout = (run: Run): number => stateOf(run.world, '8905').config.nodeTimeoutMs;
    expect(timeout(runScene({ inputs: [setting, restart] }, 24_000))).toBe(5_000);
    const writing = says(21_000, '8905', 'CONFIG REWRITE');
    expect(timeout(runScene({ inputs: [setting, writing, restart] }, 24_000))).toBe(1_234);
    expect(DEFAULT_CONFIG.nodeTimeoutMs).toBe(15_000);
  });
});

describe('pictures: a process keeps its name', () => {
  test('whatever port it announces', () => {
    const inputs = [says(20_000, '8902', 'CONFIG SET cluster-announce-port 9002')];
    const frame = frameOfWorld(runScene({ inputs }, 30_000).world);
    const { rows } = frame.nodes.find(({ name }) => name === '8905')!.view;
    expect(rows.map(({ name }) => name).sort()).toEqual(NAMES);
    expect(frame.nodes.find(({ name }) => name === '8905')!.view.master).toBe('8902');
  });

  test('a node that was reset hard is known to the others by its old id only', () => {
    const inputs = [says(20_000, '8904', 'CLUSTER RESET HARD')];
    const frame = frameOfWorld(runScene({ inputs }, 30_000).world);
    const { rows } = frame.nodes.find(({ name }) => name === '8901')!.view;
    expect(rows.map(({ name }) => name)).not.toContain('8904');
    expect(rows).toHaveLength(6);
  });
});
