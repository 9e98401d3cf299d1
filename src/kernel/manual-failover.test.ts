import { describe, expect, test } from 'vitest';
import { myself } from '../protocol/cluster-state';
import { drawInt } from '../protocol/draw';
import { processOf } from '../protocol/node.machine';
import type { TimedInput } from './inputs';
import { disagreement } from './invariants';
import { logOf, masterIn, notesOf, runScene, says, stateOf, toProcess } from './run-fixture';
import { DEFAULT_SCENE, nodeNames, type Scene } from './scene';

/** What a replica logs about elections, from the order to the end. */
const STORY = /failover|election|Failover|[eE]poch|offset for paused|stream processed|Taking over/;
const storyOf = (run: ReturnType<typeof runScene>, name: string): string[] =>
  logOf(run, name, 20_000).filter((line) => STORY.test(line) && !line.startsWith('Setting'));

describe('CLUSTER FAILOVER: master and replica change places', () => {
  const SEEDS = [1, 2, 3, 4, 6];

  test.each(SEEDS)('seed %i: within a second, and nobody ever sees the cluster fail', (seed) => {
    const run = runScene({ seed, inputs: [says(20_000, '8904', 'CLUSTER FAILOVER')] }, 24_000);
    expect(masterIn(run.world, '8901')).toBe('8904');
    expect(masterIn(run.world, '8904')).toBeNull();
    expect(disagreement(run.world)).toBeNull();
    const [won] = notesOf(run, 'promote');
    expect(won!.atMs).toBeLessThan(21_000);
    const states = notesOf(run, 'state').filter(({ atMs }) => atMs >= 20_000);
    expect(states).toEqual([]);
  });

  const run = runScene({ inputs: [says(20_000, '8904', 'CLUSTER FAILOVER')] }, 24_000);

  test('what the replica logs', () => {
    const [accepted, received, ...rest] = storyOf(run, '8904').filter(
      (line) => !line.startsWith('Currently unable'),
    );
    const offset = /: (\d+)$/.exec(received!)![1];
    expect(accepted).toBe('Manual failover user request accepted.');
    expect(received).toBe(
      `Received replication offset for paused master manual failover: ${offset}`,
    );
    expect(rest).toEqual([
      'All master replication stream processed, manual failover can start.',
      `Start of election delayed for 0 milliseconds (rank #0, offset ${offset}).`,
      'Starting a failover election for epoch 7.',
      "Failover election won: I'm the new master.",
      'configEpoch set to 7 after successful failover',
    ]);
  });

  test('what the old master logs: it votes itself out of office', () => {
    expect(storyOf(run, '8901')).toEqual([
      'Manual failover requested by replica 8904.',
      'Failover auth granted to 8904 for epoch 7',
    ]);
    expect(logOf(run, '8901', 20_000)).toContain(
      'Configuration change detected. Reconfiguring myself as a replica of 8904',
    );
  });

  test('all three masters vote, and the pause ends with the demotion', () => {
    const voters = notesOf(run, 'vote.grant').map(({ by }) => by);
    expect(voters.sort()).toEqual(['8901', '8902', '8903']);
    const [resumed] = notesOf(run, 'manual.resume');
    const demoted = notesOf(run, 'demote').find(({ node }) => node === '8901');
    expect(resumed).toMatchObject({ node: '8901', atMs: demoted!.atMs });
  });
});

/** redis-cli makes no cluster of two masters; by hand one can. 8903 and 8904 are the replicas. */
const TWO_SHARDS: Partial<Scene> = {
  masters: 2,
  nodeTimeoutMs: 1_000,
  start: 'empty',
};
function twoShards(): TimedInput[] {
  const { world } = runScene(TWO_SHARDS, 100);
  const follow = (node: string) => `CLUSTER REPLICATE ${stateOf(world, node).myId}`;
  return [
    says(500, '8901', 'CLUSTER ADDSLOTSRANGE 0 8191'),
    says(500, '8902', 'CLUSTER ADDSLOTSRANGE 8192 16383'),
    ...['8902', '8903', '8904'].map((node) =>
      says(1_000, '8901', `CLUSTER MEET 127.0.0.1 ${node}`),
    ),
    says(5_000, '8903', follow('8901')),
    says(5_000, '8904', follow('8902')),
  ];
}

describe('CLUSTER FAILOVER FORCE: without the master', () => {
  test('before anyone has noticed that the master is dead', () => {
    const inputs = [
      toProcess(20_000, 'kill', '8901'),
      says(20_500, '8904', 'CLUSTER FAILOVER FORCE'),
    ];
    const run = runScene({ inputs }, 23_000);
    expect(notesOf(run, 'promote').map(({ node }) => node)).toEqual(['8904']);
    expect(storyOf(run, '8904').slice(0, 3)).toEqual([
      'Forced failover user request accepted.',
      expect.stringMatching(
        /^Start of election delayed for 0 milliseconds \(rank #0, offset \d+\)\.$/,
      ),
      'Starting a failover election for epoch 7.',
    ]);
    expect(notesOf(run, 'manual.pause')).toEqual([]);
  });

  test('with nobody to vote: expired, asked again, timed out; TAKEOVER needs no vote', () => {
    const inputs = [
      ...twoShards(),
      toProcess(30_000, 'kill', '8901'),
      says(30_200, '8903', 'CLUSTER FAILOVER FORCE'),
      says(37_000, '8903', 'CLUSTER FAILOVER TAKEOVER'),
    ];
    const run = runScene({ ...TWO_SHARDS, inputs }, 39_000);
    const story = storyOf(run, '8903').filter((line) => !line.startsWith('Start of'));
    const { epoch } = notesOf(run, 'promote')[0]!;
    expect(story).toEqual([
      'Forced failover user request accepted.',
      `Starting a failover election for epoch ${epoch - 2}.`,
      'Currently unable to failover: Waiting for votes, but majority still not reached.',
      'Currently unable to failover: Failover attempt expired.',
      `Starting a failover election for epoch ${epoch - 1}.`,
      'Currently unable to failover: Waiting for votes, but majority still not reached.',
      'Manual failover timed out.',
      'Taking over the master (user request).',
      `New configEpoch set to ${epoch}`,
    ]);
    expect(masterIn(run.world, '8903')).toBeNull();
    expect(disagreement(run.world)).toBeNull();
    // An observer counts no victory: the votes were never enough.
    expect(run.world.elections.map(({ outcome }) => outcome)).toEqual(['expired']);
  });
});

describe('traps of Redis 7.0', () => {
  test('two failovers of one master within two timeouts: voters refuse the second', () => {
    const inputs = [
      says(20_000, '8904', 'CLUSTER FAILOVER FORCE'),
      says(21_500, '8901', 'CLUSTER FAILOVER TAKEOVER'),
      says(26_000, '8905', 'CLUSTER FAILOVER'),
    ];
    const run = runScene({ replicasPerMaster: 2, inputs }, 33_000);
    const reasons = notesOf(run, 'vote.deny').map(({ reason }) => reason);
    expect(reasons).toHaveLength(3);
    for (const reason of reasons) {
      expect(reason).toMatch(/^can't vote about this master before \d+ milliseconds$/);
    }
    expect(masterIn(run.world, '8905')).toBe('8901');
    expect(notesOf(run, 'manual.expire')).toHaveLength(2);
  });

  test('the votes of an old victory elect it again, in the old epoch; others put it right', () => {
    const inputs = [
      says(20_000, '8904', 'CLUSTER FAILOVER'),
      says(22_000, '8901', 'CLUSTER FAILOVER TAKEOVER'),
      says(24_000, '8904', 'CLUSTER FAILOVER FORCE'),
    ];
    const run = runScene({ inputs }, 30_000);
    expect(notesOf(run, 'promote').map(({ node, epoch }) => `${node} ${epoch}`)).toEqual([
      '8904 7',
      '8901 8',
      '8904 7',
    ]);
    // No new request for votes, and demoted by the next header of 8901.
    expect(notesOf(run, 'election.start')).toHaveLength(1);
    const phantom = notesOf(run, 'promote').at(-1)!;
    const demoted = notesOf(run, 'demote').at(-1)!;
    expect(demoted).toMatchObject({ node: '8904', master: '8901' });
    expect(demoted.atMs - phantom.atMs).toBeLessThan(DEFAULT_SCENE.nodeTimeoutMs / 2);
    expect(disagreement(run.world)).toBeNull();
  });
});

describe('CLUSTER FAILOVER TAKEOVER: two replicas at once', () => {
  const inputs = [
    says(20_000, '8904', 'CLUSTER FAILOVER TAKEOVER'),
    says(20_000, '8905', 'CLUSTER FAILOVER TAKEOVER', 'c2'),
  ];
  const run = runScene({ replicasPerMaster: 2, inputs }, 30_000);

  test('one epoch, two owners; the smaller id takes the next epoch, and the slots', () => {
    const promoted = notesOf(run, 'promote');
    expect(promoted.map(({ node }) => node).sort()).toEqual(['8904', '8905']);
    expect(new Set(promoted.map(({ epoch }) => epoch)).size).toBe(1);
    const [winner, loser] = ['8904', '8905'].sort((a, b) =>
      stateOf(run.world, a).myId < stateOf(run.world, b).myId ? -1 : 1,
    );
    expect(masterIn(run.world, loser!)).toBe(winner);
    expect(masterIn(run.world, '8901')).toBe(winner);
    expect(disagreement(run.world)).toBeNull();
  });
});

describe('manual failovers among kills: no rule is broken, and in the end all agree', () => {
  const WORDS = ['', ' FORCE', ' TAKEOVER'];
  const STEP_MS = 4_000;
  const STEPS = 10;
  const END_MS = 18_000 + STEPS * STEP_MS;

  function life(seed: number): Scene {
    const scene = { ...DEFAULT_SCENE, seed, nodeTimeoutMs: 1_000, replicasPerMaster: 2 };
    const names = nodeNames(scene);
    const pick = (count: number, i: number, salt: number): number =>
      drawInt(count, seed, 950, i, salt);
    const deeds = Array.from({ length: STEPS }, (_, i): TimedInput => {
      const atMs = 18_000 + i * STEP_MS + pick(STEP_MS, i, 1);
      const node = names[pick(names.length, i, 2)]!;
      if (pick(3, i, 3) > 0) return says(atMs, node, `CLUSTER FAILOVER${WORDS[pick(3, i, 4)]}`);
      return toProcess(atMs, pick(2, i, 5) === 0 ? 'kill' : 'restart', node);
    });
    const restarts = names.map((node) => toProcess(END_MS, 'restart', node));
    return { ...scene, inputs: [...deeds, ...restarts] };
  }

  test.each([1, 2, 3, 4])('seed %i', (seed) => {
    const run = runScene(life(seed), END_MS + 30_000);
    expect(disagreement(run.world)).toBeNull();
    for (const [, snapshot] of run.world.nodes) {
      expect(processOf(snapshot)).toBe('running');
      expect(snapshot.context).toMatchObject({ state: 'ok', pausedUntilMs: 0, waiting: [] });
      expect(myself(snapshot.context).id).toBe(snapshot.context.myId);
    }
  });
});
