/** Words of the panel that holds simulated runs against real ones. */
import type { NoPlan } from '../../beside/cluster-plan';
import type { EventName } from '../../beside/key-events';

const EVENTS: Record<EventName, string> = {
  'first PFAIL': 'first PFAIL',
  'first report': 'first report counted',
  FAIL: 'FAIL',
  'manual failover asked for': 'manual failover asked for',
  'election scheduled': 'election scheduled',
  'votes requested': 'votes requested',
  'first vote': 'first vote',
  won: 'election won',
  'state ok': 'last survivor says ok',
  'FAIL cleared': 'FAIL cleared',
  demoted: 'former master follows',
};

const NO_PLAN: Record<NoPlan, string> = {
  none: 'The tables of this moment are not known, so no cluster of the same shape can be made.',
  few: 'redis-cli makes no cluster of fewer than three masters, so there is no model of this one.',
  uneven:
    'When this began, not every master had as many replicas as the others. The model can only be made of even shards: wait until the cluster is whole, and do it again.',
};

export const beside = {
  lead: 'What was done to the real nodes, done again in 100 simulated clusters with the same masters, replicas and node timeout. They differ in what luck decides.',
  nothing:
    'Nothing has been done yet. Freeze or kill a master, or cut a link, and come back when it is over.',
  nothingRecorded: 'In this recording nothing was done that a simulated cluster could be told.',
  since: 'Since',
  moment: (clock: string, what: string) => `${clock}: ${what}`,
  more: (what: string, count: number) => `${what} and ${count} more`,
  deed: {
    freeze: (node: string) => `freeze ${node}`,
    wake: (node: string) => `wake ${node}`,
    kill: (node: string) => `kill ${node}`,
    restart: (node: string) => `start ${node}`,
    cut: (from: string, to: string) => `cut ${from} → ${to}`,
    heal: (from: string, to: string) => `heal ${from} → ${to}`,
    hold: (from: string, to: string) => `hold ${from} → ${to}`,
    release: (from: string, to: string) => `release ${from} → ${to}`,
    command: (node: string, line: string) => `${node}> ${line}`,
  },
  noPlan: NO_PLAN,
  play: (count: number) => `Play the model ${count} times`,
  playing: (done: number, of: number) => `${done} of ${of} played`,
  stop: 'Stop',
  event: EVENTS,

  order: {
    title: 'Order of events',
    real: 'real run',
    model: 'nearest simulated run',
    none: 'nothing',
    seconds: (seconds: string) => `${seconds} s`,
    first: 'first difference',
    same: (same: number, of: number) =>
      `No difference in order: ${same} of ${of} simulated runs have exactly this one.`,
    differs: (place: number, of: number) =>
      `None of ${of} simulated runs has this order. The nearest one differs first at event ${place}.`,
    notYet: 'The model has not been played yet.',
    noEvents: 'The logs tell of no event of a failover since then.',
  },

  spread: {
    title: 'How long it took',
    lead: 'Bar: 10 % to 90 % of the simulated runs, with their median. Dot: this run. Rings: the other runs of this kind on this page.',
    after: (event: string) => `${event}, since it was mended`,
    table: 'As a table',
    event: 'event',
    this: 'this run',
    model: '10 % · median · 90 %',
    real: 'real runs',
    test: 'test',
    strip: (event: string, real: string, p10: string, median: string, p90: string) =>
      `${event}: this run ${real} s; simulated ${p10}, ${median}, ${p90} s (10 %, median, 90 %)`,
    none: '–',
    same: (d: string, limit: string) => `D ${d}, limit ${limit}: same`,
    chance: (d: string, limit: string) => `D ${d}, limit ${limit}: differs`,
    few: (have: number, need: number) =>
      `${have} of ${need} real runs: with ${need} the two distributions are tested (Kolmogorov–Smirnov).`,
    tested: (real: number, simulated: number) =>
      `Kolmogorov–Smirnov test of ${real} real and ${simulated} simulated runs: D is the greatest distance between the two curves, which chance alone exceeds the limit with one time in twenty.`,
  },

  repeat: {
    title: 'The same many times, for real',
    lead: 'The masters in turn: strike, wait until the others say ok, mend, wait for agreement, and leave each shard in peace for more than four timeouts.',
    fault: { freeze: 'freeze a master', kill: 'kill a master' },
    what: 'What is done',
    times: 'How often',
    run: (count: number) => `Run it ${count} times`,
    stop: 'Stop after this one',
    phase: {
      idle: '',
      resting: 'waiting for peace',
      struck: 'struck; waiting for ok',
      mending: 'mended; waiting for agreement',
    },
    state: (done: number, of: number, phase: string) => `${done} of ${of} done · ${phase}`,
    over: (done: number, of: number) => `${done} of ${of} done.`,
    lost: 'It ended early: this page may no longer act on the cluster.',
    late: 'It ended early: the cluster did not become whole in time.',
  },
};
