/** Does what a page asks for, or says why not. */
import { printReply, parseRedirect, type Reply } from '../../protocol/reply';
import type { Request, ServerMessageOf, WireDeed } from '../wire';
import { checkAllowed } from './allowed-commands';
import type { RedisConnection } from '../../real-redis/redis-client';
import type { BridgeCluster } from './bridge-cluster';
import { Refusal } from './complaint';
import type { Journal } from './journal';
import type { RunClock } from './run-clock';

export type Result = ServerMessageOf<'res'>['result'];

export interface Desk {
  readonly cluster: BridgeCluster;
  readonly journal: Journal;
  readonly clock: RunClock;
  /** A page keeps its connections: READONLY stays with them. */
  readonly connections: Map<number, RedisConnection>;
  /** Writes what is remembered, or recorded, to files; returns their names. */
  readonly save: (label: string | undefined) => Promise<readonly string[]>;
}

/** What a watcher may ask for too: it changes nothing. */
export const mayWatch = ({ t }: Request): boolean => t === 'sub';

/** Everything but `sub`, which is a matter between a page and its reader. */
export async function answer(desk: Desk, request: Exclude<Request, { t: 'sub' }>): Promise<Result> {
  const { cluster, journal, clock } = desk;
  switch (request.t) {
    case 'fault.set': {
      needs(cluster.capabilities.faults, 'there is no proxy between these nodes');
      const { id: _id, t: _t, ...fault } = request;
      const number = cluster.setFault(fault);
      return number === null ? {} : { fault: number };
    }
    case 'fault.heal':
      cluster.healFaults(request.fault ?? null);
      return {};
    case 'fault.release':
      cluster.releaseFault(request.fault, request.frames ?? null);
      return {};
    case 'proc.signal':
      needs(cluster.capabilities.processes, 'these processes are not the bridge’s own');
      await cluster.signal(request.node, request.signal, request.forMs ?? null);
      return {};
    case 'proc.start':
      needs(cluster.capabilities.processes, 'these processes are not the bridge’s own');
      await cluster.startNode(request.node);
      return {};
    case 'redis.cmd':
      return runCommand(desk, request);
    case 'record.start':
      journal.record(clock.nowMs());
      return {};
    case 'record.stop':
      journal.stopRecording();
      return {};
    case 'record.save':
      return { files: [...(await desk.save(request.label))] };
  }
}

function needs(can: boolean, otherwise: string): void {
  if (!can) throw new Refusal('refused', `this cannot be done here: ${otherwise}`);
}

/** redis-cli follows for ever; a loop between two nodes should end. */
const MOST_HOPS = 16;
const ANSWER_LIMIT_MS = 5_000;

type CommandRequest = Extract<Request, { t: 'redis.cmd' }>;

async function runCommand(desk: Desk, request: CommandRequest): Promise<Result> {
  const { argv, follow = false } = request;
  checkAllowed(argv, desk.cluster.commands);
  const nodes = [request.node];
  let reply = await askAndTell(desk, request.node, argv);
  for (let hops = 0; follow && hops < MOST_HOPS; hops++) {
    const redirect = parseRedirect(reply);
    const next = redirect && numberAt(desk.cluster, redirect.port);
    if (!redirect || next === null) break;
    nodes.push(next);
    reply = await askAndTell(desk, next, argv, redirect.kind === 'ASK');
  }
  const isError = reply.type === 'error';
  return { text: textOf(reply, desk.cluster), isError, nodes };
}

/** What redis-cli says when there is nobody to answer. */
const NO_ANSWER = /^(?:Could not connect to Redis|Error: Server closed)/;

/** As redis-cli prints it to a person who knows the node by the port that it announces. */
function textOf(reply: Reply, cluster: BridgeCluster): string {
  if (reply.type !== 'error') return printReply(reply);
  if (!NO_ANSWER.test(reply.text)) return `(error) ${reply.text}`;
  return reply.text.replace(/(?<=:)\d+(?=:)/, (port) => {
    const node = cluster.nodes().find(({ listensPort }) => listensPort === Number(port));
    return String(node?.port ?? port);
  });
}

function numberAt(cluster: BridgeCluster, port: number): number | null {
  return cluster.nodes().find((node) => node.port === port)?.number ?? null;
}

async function askAndTell(
  { cluster, journal, clock, connections }: Desk,
  node: number,
  argv: readonly string[],
  asking = false,
): Promise<Reply> {
  const atMs = clock.nowMs();
  const words = [...argv];
  if (changesCluster(argv)) {
    const deed: WireDeed = { type: 'command', node, argv: words };
    journal.tell(atMs, { t: 'event', atMs, by: 'page', deed });
  }
  const kept = connections.get(node);
  const connection = kept?.isOpen ? kept : cluster.connect(node);
  connections.set(node, connection);
  if (asking) void connection.ask(['ASKING']);
  const reply = await inTime(connection.ask(argv), node, cluster);
  const nowMs = clock.nowMs();
  const told = { node, argv: words, reply: textOf(reply, cluster), by: 'page' } as const;
  journal.tell(nowMs, {
    t: 'cmd',
    atMs,
    tookMs: Math.round((nowMs - atMs) * 1_000) / 1_000,
    ...told,
  });
  return reply;
}

const READS =
  /^CLUSTER (?:NODES|INFO|SLOTS|SHARDS|LINKS|MYID|REPLICAS|SLAVES|KEYSLOT|COUNT|GET|HELP)/;
/** What a node's own machine must be told of, to go on as the node does. */
function changesCluster(argv: readonly string[]): boolean {
  const [word, sub = ''] = argv.map((one) => one.toUpperCase());
  if (word === 'CLUSTER') return !READS.test(`CLUSTER ${sub}`);
  return word === 'PUBLISH' || word === 'SPUBLISH';
}

async function inTime(reply: Promise<Reply>, node: number, cluster: BridgeCluster): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(silence(node, cluster)), ANSWER_LIMIT_MS);
  });
  return Promise.race([reply, late]).finally(() => clearTimeout(timer));
}

function silence(node: number, cluster: BridgeCluster): Refusal {
  const found = cluster.nodes().find(({ number }) => number === node);
  const why = found?.state === 'stopped' ? ': it is stopped' : '';
  return new Refusal('failed', `${found?.port ?? node} has not answered for 5 s${why}`);
}
