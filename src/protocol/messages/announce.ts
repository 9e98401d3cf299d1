/**
 * What this node says about itself: address, ports, hostname, and whether it would stand.
 * Source: deriveAnnouncedPorts, clusterUpdateMyselfFlags, clusterUpdateMyselfAnnouncedPorts,
 * clusterUpdateMyselfIp, clusterUpdateMyselfHostname, src/cluster.c; cluster-announce-*,
 * cluster-replica-no-failover.
 */
import type { ClusterState } from '../cluster-state';
import { NOFAILOVER } from '../flags';
import type { Turn } from '../turn';

/** The ports that headers carry and redirects name: the real ones unless others are announced. */
export function announcedPorts({
  config,
  port,
  busPort,
}: Pick<ClusterState, 'config' | 'port' | 'busPort'>): { port: number; busPort: number } {
  return {
    port: config.announcePort || port,
    busPort: config.announceBusPort || busPort,
  };
}

/** Source: clusterUpdateMyselfAnnouncedPorts. */
export function updateMyPorts(turn: Turn): void {
  const me = turn.edit(turn.state.myId);
  const { port, busPort } = announcedPorts(turn.state);
  me.port = port;
  me.busPort = busPort;
}

/**
 * To be called when cluster-announce-ip has changed. Without one the address is empty until the
 * next MEET or PING tells it. Source: clusterUpdateMyselfIp.
 */
export function updateMyIp(turn: Turn): void {
  turn.edit(turn.state.myId).ip = turn.state.config.announceIp;
}

/** Source: clusterUpdateMyselfHostname; also the first thing in each clusterCron. */
export function updateMyHostname(turn: Turn): void {
  const { announceHostname } = turn.state.config;
  if (turn.me.hostname !== announceHostname) {
    turn.edit(turn.state.myId).hostname = announceHostname;
  }
}

/** Source: clusterUpdateMyselfFlags. */
export function updateMyFlags(turn: Turn): void {
  const before = turn.me.flags;
  const wanted = turn.state.config.replicaNoFailover ? NOFAILOVER : 0;
  const flags = (before & ~NOFAILOVER) | wanted;
  if (flags === before) return;
  turn.edit(turn.state.myId).flags = flags;
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

/** What a process says about itself when it has started. Source: the end of clusterInit. */
export function announceMyself(turn: Turn): void {
  updateMyPorts(turn);
  updateMyFlags(turn);
  if (turn.state.config.announceIp) updateMyIp(turn);
  updateMyHostname(turn);
}
