/**
 * Does a cluster whose messages pass through the bridge fail over later than one without? Two of
 * them are struck at the same time on the same machine, again and again; with the proxies, every
 * message is also taken down in a journal, as the bridge does.
 */
import { median } from 'd3';
import { holm, kolmogorovSmirnov, type KsResult } from '../beside/kolmogorov-smirnov';
import { Journal } from '../bridge/node/journal';
import { typeOfFrame } from '../bridge/node/faults';
import type { ProxyWatch } from '../real-redis/proxy-port';
import type { Programs } from '../real-redis/redis-cli';
import { MEASURES, type Fault, type Measure, type Timing } from './faults';
import { measuredShape } from './measure';
import { RealCluster } from './real-cluster';
import { measureReal } from './run-faults';

/** A black hole needs the proxies: it has no other side. */
const COMPARED = ['kill', 'stop'] as const satisfies readonly Fault[];

export interface ProxyCost {
  readonly fault: Fault;
  readonly nodeTimeoutMs: number;
  readonly direct: readonly Timing[];
  readonly proxied: readonly Timing[];
}
export interface ProxyPlan {
  readonly programs: Programs;
  readonly timeoutsMs: readonly number[];
  readonly runs: number;
  readonly say: (sentence: string) => void;
}

export async function measureProxyCost(plan: ProxyPlan): Promise<ProxyCost[]> {
  const costs: ProxyCost[] = [];
  for (const nodeTimeoutMs of plan.timeoutsMs) {
    for (const fault of COMPARED) {
      const runsOf = (proxied: boolean): Promise<Timing[]> => {
        const shape = { ...measuredShape(fault, nodeTimeoutMs, 0), proxied };
        const settings = proxied ? { watch: takenDown() } : {};
        const make = (): RealCluster => new RealCluster(shape, plan.programs, settings);
        const how = proxied ? 'with proxies' : 'without';
        return measureReal({ what: `${fault} at ${nodeTimeoutMs} ms, ${how}`, fault, make }, plan);
      };
      const [direct, proxied] = await Promise.all([runsOf(false), runsOf(true)]);
      costs.push({ fault, nodeTimeoutMs, direct, proxied });
    }
  }
  return costs;
}

/** What the bridge does with each message, but for pages that hear of it. */
function takenDown(): ProxyWatch {
  const journal = new Journal();
  const ignore = (): void => undefined;
  return {
    ...{ opened: ignore, identified: ignore, closed: ignore, fate: ignore },
    message: ({ number: connection, acceptor, dialer }, { from, to, bytes, verdict }) =>
      journal.tellFrame({
        ...{ atMs: performance.now(), from, to, dialer: dialer ?? from, acceptor, connection },
        ...{ type: typeOfFrame(bytes), verdict, bytes },
      }),
  };
}

interface Compared extends KsResult {
  readonly cost: ProxyCost;
  readonly measure: Measure;
}

const valuesOf = (timings: readonly Timing[], measure: Measure): number[] =>
  timings.map((timing) => timing[measure]);

function compared(costs: readonly ProxyCost[]): Compared[] {
  return costs.flatMap((cost) =>
    MEASURES.map((measure) => ({
      ...{ cost, measure },
      ...kolmogorovSmirnov(valuesOf(cost.direct, measure), valuesOf(cost.proxied, measure)),
    })),
  );
}

/** Whether the two are told apart by no measure, beyond chance, all comparisons taken together. */
export function isInvisible(costs: readonly ProxyCost[]): boolean {
  return !holm(compared(costs).map(({ probability }) => probability)).includes(true);
}

/** As a table. */
export function printProxyCost(costs: readonly ProxyCost[]): string {
  const rows = compared(costs).map(({ cost, measure, distance, criticalDistance, probability }) => {
    const { fault, nodeTimeoutMs, direct, proxied } = cost;
    const of = (timings: readonly Timing[]): string =>
      `${Math.round(median(valuesOf(timings, measure))!)} (${timings.length})`;
    const figures = [distance.toFixed(2), criticalDistance.toFixed(2), probability.toFixed(2)];
    return [`${fault}, ${nodeTimeoutMs} ms`, measure, of(direct), of(proxied), ...figures];
  });
  const head = [
    'fault, node timeout',
    'since the fault',
    'without',
    'with proxies',
    'D',
    'limit',
    'p',
  ];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
