/** Puts the parts together: a cluster, its journal, the page, and the door to it. */
import { resolve } from 'node:path';
import { beforeInterrupt } from '../../real-redis/processes';
import { StartError } from '../../real-redis/redis-process';
import { AttachedCluster } from './attached-cluster';
import type { BridgeCluster } from './bridge-cluster';
import { mendDetours } from './bus-detour';
import { captureOf, writeCapture } from './capture-files';
import { Complaint, reasonOf } from './complaint';
import { findRedisServer } from './find-redis-server';
import { Hub } from './hub';
import { Journal } from './journal';
import type { BridgeOptions } from './options';
import { OwnCluster } from './own-cluster';
import { servePage } from './page-server';
import { startClock, type RunClock } from './run-clock';
import { newToken } from './who-may-connect';

export interface BridgeSurroundings {
  /** The folder of the built page. */
  readonly page: string;
  readonly say: (line: string) => void;
}

export interface RunningBridge {
  readonly link: string;
  readonly token: string;
  /** What runs, in a few lines. */
  readonly about: string;
  readonly end: (why: string) => Promise<void>;
}

/** Starts everything; throws a Complaint, with nothing left running, when it cannot. */
export async function startBridge(
  options: BridgeOptions,
  { page, say }: BridgeSurroundings,
): Promise<RunningBridge> {
  const clock = startClock();
  const journal = new Journal();
  // The port is looked at first: nothing else has begun when it is taken.
  const server = await servePage(page, options.port);
  const cluster = await startCluster(options, { journal, clock, say }).catch((error: unknown) => {
    server.close();
    server.closeAllConnections();
    throw error;
  });
  const token = newToken();
  const save = (label?: string): Promise<readonly string[]> =>
    Promise.resolve(saveRecording(options, { journal, clock, cluster }, label));
  const hub = new Hub(server, options.port, { token, cluster, journal, clock, save });
  let isOver = false;
  const end = async (why: string): Promise<void> => {
    if (isOver) return;
    isOver = true;
    forget();
    hub.end(why);
    server.close();
    server.closeAllConnections();
    await cluster.end();
  };
  const forget = beforeInterrupt(() => end('The bridge was stopped.'));
  const link = `http://127.0.0.1:${options.port}/#/live?token=${token}`;
  return { link, token, end, about: aboutOf(cluster) };
}

interface Started {
  readonly journal: Journal;
  readonly clock: RunClock;
  readonly say: (line: string) => void;
}

async function startCluster(options: BridgeOptions, started: Started): Promise<BridgeCluster> {
  const mended = await mendDetours();
  if (mended > 0)
    started.say(`A bridge that was killed had left ${mended} nodes changed: put back.`);
  const cluster = options.attach ? attached(options, started) : own(options, started);
  const forget = beforeInterrupt(() => cluster.end());
  try {
    await cluster.start();
    return cluster;
  } catch (error) {
    await cluster.end();
    if (error instanceof StartError) throw new Complaint(error.message);
    if (error instanceof Error && 'code' in error) {
      throw new Complaint(`The cluster could not be started: ${reasonOf(error)}.`);
    }
    throw error;
  } finally {
    forget();
  }
}

function attached(options: BridgeOptions, { journal, clock, say }: Started): AttachedCluster {
  const { host, port } = options.attach!;
  say(`Looking at the cluster of ${host}:${port} …`);
  return new AttachedCluster({ ...options, host, port }, journal, clock);
}

function own(options: BridgeOptions, { journal, clock, say }: Started): OwnCluster {
  const { path: redisServer, version: redisVersion } = findRedisServer(options.redisServer);
  if (!redisVersion.startsWith('7.0.')) {
    say(`Note: redis-server ${redisVersion}; the page's own machines follow 7.0.`);
  }
  say(`Starting ${options.masters * (1 + options.replicasPerMaster)} redis-server processes …`);
  return begin(() => new OwnCluster({ ...options, redisServer, redisVersion }, journal, clock));
}

function begin<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Complaint(`The folder of the nodes could not be made: ${reasonOf(error)}.`);
  }
}

function saveRecording(
  { recordings }: BridgeOptions,
  { journal, clock, cluster }: Omit<Started, 'say'> & { readonly cluster: BridgeCluster },
  label = 'live',
): readonly string[] {
  const time = new Date(clock.epochMs + clock.nowMs()).toISOString();
  const name = `${label.replaceAll(/[^\w-]+/g, '-')}-${time.slice(0, 19).replaceAll(/\D/g, '')}`;
  const texts = captureOf(journal, { label, epochMs: clock.epochMs, cluster });
  return writeCapture(resolve(recordings), name, texts);
}

function aboutOf(cluster: BridgeCluster): string {
  const lines = cluster
    .nodes()
    .map(({ port, pid }) => `  ${port}  ${pid === null ? '' : `pid ${pid}`}`.trimEnd());
  const { processes, frames } = cluster.capabilities;
  const past = 'Its bus runs through the bridge; clients, replicas and MIGRATE go past it.';
  return [
    `redis-server ${cluster.redisVersion}, cluster-node-timeout ${cluster.nodeTimeoutMs} ms`,
    ...lines,
    ...(frames && !processes ? [past] : []),
    ...(cluster.keptFolder === null ? [] : [`Kept, with logs and tables: ${cluster.keptFolder}`]),
    `${processes ? 'Ctrl+C ends them all' : 'Ctrl+C leaves'}. Open:`,
  ].join('\n');
}
