/**
 * A cluster that has been running for minutes, made in one go: every table filled, every link up,
 * every replica in step with its master, and of every node word of the usual age. To make a
 * thousand nodes with redis-cli would take longer than to measure them, and they would still ping
 * in waves for minutes. `settled-world.test.ts` holds it beside a cluster that redis-cli made.
 */
import type { BusState, Connection } from '../protocol/bus-state';
import type { ClusterNode, ClusterState } from '../protocol/cluster-state';
import { copyOfNode, copyOfReplication } from '../protocol/copies';
import { PURPOSE, drawInt } from '../protocol/draw';
import type { ConnectionId } from '../protocol/effects';
import { MASTER, MIGRATE_TO, MYSELF, REPLICA } from '../protocol/flags';
import type { NodeName } from '../protocol/ids';
import { PEER_IP } from '../protocol/ip-address';
import { NO_SIGNS, Vitals, type VitalSigns } from '../protocol/vitals';
import { ValueMap } from '../protocol/value-map';
import { nodeStepper, type NodeSnapshot } from '../protocol/node.machine';
import { createBacklog } from '../protocol/replication/replication-backlog';
import type { ReplicationState } from '../protocol/replication-state';
import { EMPTY_BUFFER } from '../protocol/messages/send-buffer';
import { NO_SLOTS, type SlotRanges } from '../protocol/slot-ranges';
import { cronPhaseMs } from '../protocol/time/tick-times';
import { allocateSlots } from '../redis-cli/slot-allocation';
import { EventQueue } from '../kernel/event-queue';
import { nodeNames, type Scene } from '../kernel/scene';
import { createWorld, schedule, type World } from '../kernel/world';

/** When it begins: late enough that no time in a table lies before 0. */
export const SETTLED_MS = 60_000;
const LINKED_MS = 5_000;

interface Member {
  readonly name: NodeName;
  /** Its state before it met anyone. */
  readonly fresh: ClusterState;
  /** One list in all tables, as a claim is taken over from a message. */
  readonly slots: SlotRanges;
  readonly master: Member | null;
  readonly configEpoch: number;
  /** The connections it dialled to the nodes, by their place; to itself, if a replica, its link. */
  readonly dialled: readonly ConnectionId[];
}

/** The world of `scene` at `SETTLED_MS`, with nothing on its way. Its inputs are left out. */
export function settledWorld(scene: Scene): World {
  const empty = createWorld({ ...scene, start: 'empty', inputs: [] });
  const members = membersOf(empty);
  let world: World = {
    ...empty,
    nowMs: SETTLED_MS,
    queue: EventQueue.from(),
    nodes: ValueMap.from(members.map((one) => [one.name, settledNode(one, members)] as const)),
    bus: { ...empty.bus, context: settledBus(empty.bus.context, members) },
  };
  for (const { name } of members) {
    const atMs = SETTLED_MS + cronPhaseMs(scene.seed, Number(name));
    world = schedule(world, atMs, { target: 'cron', node: name, run: 0 });
  }
  return world;
}

function membersOf({ scene, nodes }: World): Member[] {
  const names = nodeNames(scene);
  const slots = allocateSlots(scene.masters);
  const members: Member[] = [];
  for (const [place, name] of names.entries()) {
    const shard = Math.floor((place - scene.masters) / scene.replicasPerMaster);
    members.push({
      name,
      fresh: nodes.get(name)!.context,
      slots: slots[place] ? [slots[place]] : NO_SLOTS,
      master: place < scene.masters ? null : members[shard]!,
      configEpoch: place + 1,
      dialled: names.map((_, to) => `${name}#${to + 1}`),
    });
  }
  return members;
}

function settledNode(me: Member, members: readonly Member[]): NodeSnapshot {
  const { fresh } = me;
  const place = members.indexOf(me);
  // Everyone meets the others in an order of its own.
  const others = [...members.slice(place + 1), ...members.slice(0, place)];
  const nodes = [ownEntry(me, members), ...others.map((other) => entryAbout(other, me, members))];
  const vitals = Vitals.of([NO_SIGNS, ...others.map((other) => vitalsOf(other, me))]);
  const [currentEpoch, masters] = [members.length, members.filter((one) => !one.master)];
  const context: ClusterState = {
    ...fresh,
    nodes,
    vitals,
    currentEpoch,
    state: 'ok',
    size: masters.length,
    firstUpdateMs: 0,
    nextConnection: members.length + 1,
    nextReplica: members.length - masters.length + 1,
    cronIteration: fresh.cronIteration + SETTLED_MS / 100,
    replication: Object.assign(copyOfReplication(fresh.replication), replicationOf(me, members)),
    saved: { ...fresh.saved, nodes, vitals, currentEpoch },
  };
  // The chart learns of the role as it always does: at the end of a turn.
  return nodeStepper.step(nodeStepper.start(context), {
    type: 'BEFORE_SLEEP',
    nowMs: SETTLED_MS,
  })[0];
}

function ownEntry(me: Member, members: readonly Member[]): ClusterNode {
  const blank = me.fresh.nodes[0]!;
  return copyOfNode({
    ...blank,
    ...claimsOf(me, members),
    flags: MYSELF | roleOf(me),
    ip: PEER_IP,
  });
}

const roleOf = ({ master }: Member): number => (master ? REPLICA : MASTER | MIGRATE_TO);

function claimsOf({ slots, master, configEpoch }: Member, members: readonly Member[]) {
  return {
    slots,
    masterId: master?.fresh.myId ?? null,
    replicaOrder: master ? configEpoch - members.filter((one) => !one.master).length : 0,
    configEpoch,
  };
}

/**
 * What `me` believes of `other`. Made as turns make it: an engine is slower with entries that were
 * put together in several ways.
 */
function entryAbout(other: Member, me: Member, members: readonly Member[]): ClusterNode {
  const [mine, its] = [me.dialled[other.configEpoch - 1]!, other.dialled[me.configEpoch - 1]!];
  return copyOfNode({
    ...other.fresh.nodes[0]!,
    ...claimsOf(other, members),
    flags: roleOf(other),
    createdMs: LINKED_MS,
    ip: PEER_IP,
    link: { connection: mine, createdMs: LINKED_MS, connected: true, buffer: EMPTY_BUFFER },
    inbound: { connection: its, createdMs: LINKED_MS },
  });
}

/**
 * Heard from within the last half of the node timeout, most of them about a quarter of it ago: so
 * old is what gossip has spread, once the pings of the start no longer come all at once. Were all
 * ages as frequent, everyone would ping in the first second, and in waves for minutes after it.
 */
function vitalsOf(other: Member, me: Member): VitalSigns {
  const { seed, port, config } = me.fresh;
  const share = (part: number): number =>
    drawInt(config.nodeTimeoutMs / 4, seed, PURPOSE.cronPhase, port, other.configEpoch, part);
  const heardMs = SETTLED_MS - share(1) - share(2);
  return { ...NO_SIGNS, pongReceivedMs: heardMs, dataReceivedMs: heardMs };
}

/** The link of a replica is the connection it would have dialled to itself. */
const replicaLink = (replica: Member): ConnectionId => replica.dialled[replica.configEpoch - 1]!;

function replicationOf(me: Member, members: readonly Member[]): Partial<ReplicationState> {
  const backlog = createBacklog(0);
  if (me.master) {
    return {
      link: 'up',
      connection: replicaLink(me),
      linkSinceMs: LINKED_MS,
      masterPort: me.master.fresh.port,
      masterIp: PEER_IP,
      lastInteractionMs: SETTLED_MS,
      transferIoMs: LINKED_MS,
      id: me.master.fresh.replication.id,
      lastSync: 'full',
      backlog,
    };
  }
  const replicas = members
    .filter(({ master }) => master === me)
    .map((replica) => ({
      connection: replicaLink(replica),
      port: replica.fresh.port,
      state: 'online' as const,
      askedMs: LINKED_MS,
      heldFromBytes: null,
      ackOffsetBytes: 0,
      ackMs: SETTLED_MS,
    }));
  return replicas.length > 0 ? { replicas, backlog } : {};
}

function settledBus(bus: BusState, members: readonly Member[]): BusState {
  const opened: Connection[] = members.flatMap((dialer) => [
    ...members
      .filter((other) => other !== dialer)
      .map((other) => openConnection(dialer, other, dialer.dialled[other.configEpoch - 1]!, 'bus')),
    ...(dialer.master
      ? [openConnection(dialer, dialer.master, replicaLink(dialer), 'replication')]
      : []),
  ]);
  return { ...bus, connections: bus.connections.withAll(opened) };
}

function openConnection(
  dialer: Member,
  acceptor: Member,
  id: ConnectionId,
  channel: Connection['channel'],
): Connection {
  return {
    id,
    channel,
    dialer: dialer.name,
    acceptor: acceptor.name,
    phase: 'open',
    blocked: false,
    lostFrame: false,
    closedBy: null,
    lastToAcceptorMs: LINKED_MS,
    lastToDialerMs: LINKED_MS,
    pending: [],
    ackedAtMs: LINKED_MS,
    joinableMs: 0,
  };
}
