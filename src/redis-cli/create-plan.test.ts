import { describe, expect, test } from 'vitest';
import { affinityScore, optimizeAffinity } from './anti-affinity';
import { masterCount, planCreate, type Host } from './create-plan';

const onHosts = (...ips: readonly number[]): Host[] => ips.map((ip) => ({ ip: `127.0.0.${ip}` }));
const onOneHost = (count: number): Host[] => onHosts(...Array<number>(count).fill(1));
const pairs = ({ replicas }: Pick<ReturnType<typeof planCreate>, 'replicas'>): string[] =>
  replicas.map(({ replica, master }) => `${replica} to ${master}`);

describe('create: who replicates whom', () => {
  test('the rest of the list is turned left by one first', () => {
    expect(pairs(planCreate(onOneHost(6), 1))).toEqual(['4 to 0', '5 to 1', '3 to 2']);
  });

  test('leftover nodes go one to each master, after all others', () => {
    const plan = planCreate(onOneHost(11), 2);
    expect(plan.masters).toEqual([0, 1, 2]);
    expect(plan.dueCount).toBe(6);
    expect(pairs(plan).slice(6)).toEqual(['10 to 0', '3 to 1']);
  });

  test('more leftovers than masters: some stay alone', () => {
    expect(planCreate(onOneHost(3 * 6 + 5), 5).replicas).toHaveLength(3 * 5 + 3);
  });

  test('two replicas each: master by master', () => {
    const { replicas } = planCreate(onOneHost(9), 2);
    expect(replicas.map(({ master }) => master)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('no replicas: everyone is a master', () => {
    expect(planCreate(onOneHost(5), 0)).toEqual({
      masters: [0, 1, 2, 3, 4],
      replicas: [],
      dueCount: 0,
    });
  });

  // As the real tool planned it for three hosts with two nodes each.
  test('hosts take turns, and a replica goes to another host than its master', () => {
    const nodes = onHosts(1, 1, 2, 2, 3, 3);
    const plan = planCreate(nodes, 1);
    expect(plan.masters).toEqual([0, 2, 4]);
    expect(pairs(plan)).toEqual(['3 to 0', '5 to 2', '1 to 4']);
    expect(affinityScore(nodes, plan)).toBe(0);
  });

  test.each([
    [5, 1, 2],
    [6, 1, 3],
    [8, 2, 2],
    [6, -1, 0],
  ])('%i nodes with %i replicas each: %i masters', (nodes, replicas, masters) => {
    expect(masterCount(nodes, replicas)).toBe(masters);
  });
});

/** Hosts of the nodes, replicas each, and what the real tool said: who to whom, and how well. */
const PLANS: readonly (readonly [hosts: string, each: number, adding: string, end: string])[] = [
  ['112233', 1, '3>0 5>2 1>4', ''],
  ['111222', 1, '5>0 2>3 4>1', ''],
  ['123123123', 2, '4>0 5>0 6>1 8>1 7>2 3>2', ''],
  ['11112222', 1, '6>0 3>4 7>1 2>5', ''],
  [
    '1212123',
    1,
    '3>0 4>1 5>6 extra 2>0',
    '[WARNING] Some slaves of the same master are in the same host',
  ],
  ['11233321', 1, '4>0 7>2 6>3 5>1', ''],
  ['122222', 1, '4>0 5>1 3>2', '[WARNING] Some slaves are in the same host as their master'],
  [
    '11122233333',
    2,
    '4>0 7>0 2>3 8>3 5>6 1>6 extra 9>0 10>3',
    '[WARNING] Some slaves of the same master are in the same host',
  ],
  [
    '123412341234',
    3,
    '5>0 6>0 7>0 4>1 8>1 10>1 9>2 11>2 3>2',
    '[OK] Perfect anti-affinity obtained!',
  ],
  [
    '11111111111',
    2,
    '4>0 5>0 6>1 7>1 8>2 9>2 extra 10>0 3>1',
    '[WARNING] Some slaves are in the same host as their master',
  ],
  [
    '1111111',
    1,
    '4>0 5>1 6>2 extra 3>0',
    '[WARNING] Some slaves are in the same host as their master',
  ],
];

test.each(PLANS)('create: nodes on hosts %s, %i replicas each, as the real tool', (...plan) => {
  const [hosts, each, adding, end] = plan;
  const nodes = onHosts(...[...hosts].map(Number));
  const found = planCreate(nodes, each);
  const said = found.replicas.map(({ replica, master }) => `${replica}>${master}`);
  if (said.length > found.dueCount) said.splice(found.dueCount, 0, 'extra');
  expect(said.join(' ')).toBe(adding);
  const { score } = optimizeAffinity(nodes, found, 1);
  if (affinityScore(nodes, found) === 0) expect(end).toBe('');
  else if (score === 0) expect(end).toBe('[OK] Perfect anti-affinity obtained!');
  else expect(end).toContain(score >= 10_000 ? 'as their master' : 'of the same master');
});

describe('create: anti-affinity', () => {
  test('ten thousand for each replica beside its master', () => {
    const nodes = onOneHost(6);
    expect(affinityScore(nodes, planCreate(nodes, 1))).toBe(30_000);
  });

  test('one for each of several replicas of a master on one host', () => {
    const nodes = onHosts(1, 2, 2);
    const replicas = [
      { replica: 1, master: 0 },
      { replica: 2, master: 0 },
    ];
    expect(affinityScore(nodes, { masters: [0], replicas, dueCount: 2 })).toBe(2);
  });

  test('on one host replicas end up in the order of the command line', () => {
    for (const [masters, each] of [
      [3, 1],
      [3, 2],
      [5, 1],
      [4, 3],
    ] as const) {
      const nodes = onOneHost(masters * (1 + each));
      const { replicas } = optimizeAffinity(nodes, planCreate(nodes, each), 1);
      const expected = Array.from({ length: masters * each }, (_, i) => ({
        replica: masters + i,
        master: Math.floor(i / each),
      }));
      expect(replicas).toEqual(expected);
    }
  });

  test('exchanges take replicas away from the host of their master', () => {
    const nodes = onHosts(1, 2, 3, 1, 2, 3);
    const replicas = [
      { replica: 3, master: 0 },
      { replica: 4, master: 1 },
      { replica: 5, master: 2 },
    ];
    const plan = { masters: [0, 1, 2], replicas, dueCount: 3 };
    expect(affinityScore(nodes, plan)).toBe(30_000);
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(optimizeAffinity(nodes, plan, seed).score).toBe(0);
    }
  });
});
