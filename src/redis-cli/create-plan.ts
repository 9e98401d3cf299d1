/**
 * Who becomes a master and who replicates whom, as `redis-cli --cluster create` plans it.
 * Source: clusterManagerCommandCreate, src/redis-cli.c.
 */
/** How many of `nodes` nodes become masters; 0 where that makes no sense. */
export const masterCount = (nodes: number, replicasPerMaster: number): number =>
  replicasPerMaster < 0 ? 0 : Math.trunc(nodes / (replicasPerMaster + 1));

/** A node by its place on the command line, and its host. */
export interface Host {
  readonly ip: string;
}

export interface CreatePlan {
  /** Places of the masters, in the order in which they take slots. */
  readonly masters: readonly number[];
  /** In the order in which the tool hands them out. */
  readonly replicas: readonly Assignment[];
  /** How many of them belong to everyone's due; the rest are extra. */
  readonly dueCount: number;
}

export interface Assignment {
  readonly replica: number;
  readonly master: number;
}

/**
 * Who becomes what: masters are taken from the hosts in turn, then each master gets its replicas,
 * from other hosts if there are any; nodes left over go one to each.
 */
export function planCreate(nodes: readonly Host[], replicasPerMaster: number): CreatePlan {
  const order = interleave(nodes);
  const masters = order.slice(0, masterCount(nodes.length, replicasPerMaster));
  const rest = order.slice(masters.length);
  // The tool turns the list of the rest left by one before it hands them out.
  const waiting = [...rest.slice(1), ...rest.slice(0, 1)];
  const replicas: Assignment[] = [];
  const give = (master: number): void => {
    const replica = takeFor(nodes, waiting, master);
    if (replica !== undefined) replicas.push({ replica, master });
  };
  for (const master of masters) for (let i = 0; i < replicasPerMaster; i++) give(master);
  const dueCount = replicas.length;
  if (replicasPerMaster > 0) for (const master of masters) give(master);
  return { masters, replicas, dueCount };
}

/** One from each host in turn, hosts in the order in which they first appear. */
function interleave(nodes: readonly Host[]): number[] {
  const hosts = new Map<string, number[]>();
  for (const [place, { ip }] of nodes.entries()) {
    hosts.set(ip, [...(hosts.get(ip) ?? []), place]);
  }
  const order: number[] = [];
  for (let turn = 0; order.length < nodes.length; turn++) {
    for (const places of hosts.values()) {
      const place = places[turn];
      if (place !== undefined) order.push(place);
    }
  }
  return order;
}

/** The first on another host, else the first; it leaves the list. */
function takeFor(nodes: readonly Host[], waiting: number[], master: number): number | undefined {
  const elsewhere = waiting.findIndex((place) => nodes[place]!.ip !== nodes[master]!.ip);
  return waiting.splice(Math.max(0, elsewhere), 1)[0];
}
