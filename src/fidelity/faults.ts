/**
 * The faults whose timing is measured, and what is measured of each: milliseconds from the fault to
 * the first PFAIL, to FAIL, to the request for votes, to the win, to the moment when every survivor
 * says ok, and to the first write that succeeds again.
 */
import { command, until, type Cluster, type NodeName } from './cluster';
import type { LogLine } from './log-lines';

export const FAULTS = ['kill', 'stop', 'black hole'] as const;
export type Fault = (typeof FAULTS)[number];

export const MEASURES = [
  'first PFAIL',
  'FAIL',
  'election start',
  'won',
  'state ok',
  'recovery',
] as const;
export type Measure = (typeof MEASURES)[number];
export type Timing = Readonly<Record<Measure, number>>;

/** How often a write is tried, milliseconds. */
const WRITE_EVERY_MS = 20;

export interface Trial {
  readonly fault: Fault;
  readonly victim: NodeName;
  /** The replica that will take over. */
  readonly heir: NodeName;
  /** A key of the victim's. */
  readonly key: string;
}

/** Strikes, waits for the recovery, and measures. The fault stays; see `mend`. */
export async function strike(cluster: Cluster, trial: Trial): Promise<Timing> {
  const { victim, heir, key } = trial;
  const faultMs = cluster.nowMs();
  await inflict(cluster, trial);
  await until(
    cluster,
    `a write to ${key}`,
    async () => (await command(cluster, heir, ['SET', key, 'x'])) === 'OK',
    { everyMs: WRITE_EVERY_MS },
  );
  const recoveryMs = cluster.nowMs();
  const survivors = cluster.names.all().filter((name) => name !== victim);
  const log = (): LogLine[] =>
    cluster.logLines().filter((line) => line.atMs >= faultMs && line.node !== victim);
  const saysOk = (node: NodeName): number | null => {
    const states = log().filter(
      (line) => line.node === node && line.text.startsWith('Cluster state changed'),
    );
    const last = states.at(-1);
    return last?.text.endsWith('ok') === true ? last.atMs : null;
  };
  await until(cluster, 'state ok', () => survivors.every((node) => saysOk(node) !== null));
  const first = (pattern: RegExp): number => {
    const line = log().find(({ text }) => pattern.test(text));
    if (!line) throw new Error(`${cluster.world}: nobody logged ${pattern.source}`);
    return line.atMs - faultMs;
  };
  return {
    'first PFAIL': first(/^\*\*\* NODE <\w+> possibly failing/),
    FAIL: first(/^Marking node <\w+> as failing/),
    'election start': first(/^Starting a failover election/),
    won: first(/^Failover election won/),
    'state ok': Math.max(...survivors.map((node) => saysOk(node)!)) - faultMs,
    recovery: recoveryMs - faultMs,
  };
}

async function inflict(cluster: Cluster, { fault, victim }: Trial): Promise<void> {
  if (fault === 'kill') return cluster.kill(victim);
  if (fault === 'stop') return cluster.stop(victim);
  const others = cluster.names.all().filter((name) => name !== victim);
  return cluster.hold(others.map((name) => [victim, name] as const));
}

/** Takes the fault back and waits until the victim is a replica and all is calm. */
export async function mend(cluster: Cluster, { fault, victim, heir }: Trial): Promise<void> {
  if (fault === 'kill') await cluster.restart(victim);
  if (fault === 'stop') await cluster.cont(victim);
  if (fault === 'black hole') await cluster.release();
  const follows = async (node: NodeName): Promise<boolean> => {
    const text = cluster.names.say(await cluster.nodesText(node));
    return text.includes(`myself,slave <${heir}>`);
  };
  await until(cluster, `${victim} follows ${heir}`, () => follows(victim));
}
