/**
 * One turn of a node's event loop: a draft of its state, the moment it happens, and what it asks
 * for. Rules write to the draft; what they started from is never touched, so a transition stays
 * pure.
 * Source: the turn of aeMain between two calls of clusterBeforeSleep.
 * Simplified: one message a turn; redis-server reads all its sockets before it sleeps again.
 */
import type { BusMessage } from './bus-message';
import {
  nameOf,
  type ClusterNode,
  type ClusterState,
  type MessageCounts,
  type ReplicationState,
  type Todo,
} from './cluster-state';
import { copyOfCounts, copyOfNode, copyOfReplication, copyOfState } from './copies';
import { isConnection, type ConnectionId, type NodeEffect, type Payload } from './effects';
import type { NodeId } from './ids';
import { PEER_IP } from './ip-address';
import type { LogLevel, MessageType, Note } from './notes';
import { NOTHING, followedBy } from './short-lists';
import { NO_SIGNS, type Vitals, type VitalSigns } from './vitals';
import { indexOf, type IdBook, type TableIndex } from './places';
import type { Reply } from './reply';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Messages counted by their type, with one more of this type. */
export function withOneMore(counts: MessageCounts, type: MessageType): MessageCounts {
  const copy = copyOfCounts(counts);
  // Nearly all are of these two; a field that has to be found by its name costs as much as a copy.
  if (type === 'PING') copy.PING = (copy.PING ?? 0) + 1;
  else if (type === 'PONG') copy.PONG = (copy.PONG ?? 0) + 1;
  else copy[type] = (copy[type] ?? 0) + 1;
  return copy;
}

export class Turn {
  readonly nowMs: number;
  readonly state: Mutable<ClusterState>;
  effects: readonly NodeEffect[] = NOTHING;
  /** The address of the other end of the connection this turn reads. */
  peerIp: string = PEER_IP;
  /** Writes of this command, for the replicas. Redis: also_propagate. */
  propagated: readonly (readonly string[])[] = NOTHING;
  /** The table as this turn found it. */
  readonly before: readonly ClusterNode[];
  private nodesAreMine = false;
  private vitalsAreMine = false;
  private readonly index: TableIndex;
  private lastPlace = 0;
  private placeBefore = 0;
  /** The places of the entries that are copies of this turn's. */
  editedPlaces: readonly number[] = NOTHING;
  /** The places of the nodes of which anything was heard, or to which a ping was sent. */
  livelyPlaces: readonly number[] = NOTHING;
  /** Once the order has changed, places tell nothing any more: these are the copies. */
  private copies: Set<ClusterNode> | null = null;

  /** `isToRead`: nothing will be written, so nothing is copied. */
  constructor(state: ClusterState, nowMs: number, isToRead = false) {
    this.state = isToRead ? state : copyOfState(state);
    this.nowMs = nowMs;
    this.before = state.nodes;
    this.index = indexOf(state.myId);
  }

  /** This node's own entry, for reading. */
  get me(): ClusterNode {
    const { nodes, myId } = this.state;
    // Most often it is the first it knew.
    const me = nodes[0]?.id === myId ? nodes[0] : this.node(myId);
    if (!me) throw new Error(`node ${this.state.name} lost its own table entry`);
    return me;
  }

  /** The entry about `id` as it stands now, for reading; null if unknown. */
  node(id: NodeId): ClusterNode | null {
    return this.state.nodes[this.placeOf(id)] ?? null;
  }

  /** The entry about `id`, to be written to; throws if unknown. */
  edit(id: NodeId): Mutable<ClusterNode> {
    const place = this.knownPlaceOf(id);
    const node = this.state.nodes[place]!;
    if (this.isMine(node, place)) return node;
    const copy = copyOfNode(node);
    this.ownNodes()[place] = copy;
    this.editedPlaces = followedBy(this.editedPlaces, place);
    this.copies?.add(copy);
    return copy;
  }

  /** When a node that is known was pinged and heard. */
  vitals(id: NodeId): VitalSigns {
    return this.state.vitals.at(this.knownPlaceOf(id));
  }

  /** A ping went to a node, or its PONG came. */
  setVitals(id: NodeId, signs: Partial<VitalSigns>): void {
    const place = this.knownPlaceOf(id);
    this.ownVitals().write(place, signs);
    this.isLively(place);
  }

  /** Something came from a node. */
  hearFrom(id: NodeId): void {
    const place = this.knownPlaceOf(id);
    this.ownVitals().writeData(place, this.nowMs);
    this.isLively(place);
  }

  /** How far the data of a node goes. */
  learnOffset(id: NodeId, offsetBytes: number): void {
    const place = this.knownPlaceOf(id);
    this.ownVitals().writeOffset(place, offsetBytes);
    this.isLively(place);
  }

  private isLively(place: number): void {
    const { livelyPlaces: known } = this;
    if (known[known.length - 1] !== place) this.livelyPlaces = followedBy(known, place);
  }

  /** A newer PONG than any known of, to whomever: nothing is due any sooner because of it. */
  postpone(place: number, pongReceivedMs: number): void {
    this.ownVitals().writePong(place, pongReceivedMs);
  }

  private ownVitals(): Vitals {
    if (!this.vitalsAreMine) this.state.vitals = this.state.vitals.draft();
    this.vitalsAreMine = true;
    return this.state.vitals;
  }

  /** What is known of the table at a glance; null once this turn has changed an entry. */
  get glance(): TableIndex | null {
    return this.nodesAreMine ? null : this.index.of(this.state.nodes);
  }

  private isMine(node: ClusterNode, place: number): boolean {
    return this.copies ? this.copies.has(node) : this.nodesAreMine && node !== this.before[place];
  }

  /** Source: clusterAddNode. */
  addNode(node: ClusterNode): void {
    this.ownNodes().push(node);
    this.state.vitals = this.state.vitals.with(NO_SIGNS);
    this.copies?.add(node);
  }

  /**
   * Takes the entry out and returns what it was. Source: clusterDelNode, without its side effects.
   */
  removeNode(id: NodeId): void {
    const nodes = this.ownNodes();
    const place = this.placeOf(id);
    if (place === -1) return;
    this.copies ??= new Set(nodes.filter((node, i) => node !== this.before[i]));
    nodes.splice(place, 1);
    this.state.vitals = this.state.vitals.without(place);
  }

  /** Gives an entry another id, keeping its place. Source: clusterRenameNode. */
  renameNode(from: NodeId, to: NodeId): void {
    this.edit(from).id = to;
  }

  /** Whether entries have come or gone, or the whole table was replaced. */
  get tableIsAnother(): boolean {
    const { nodes } = this.state;
    const isMine = nodes === this.before || this.nodesAreMine;
    return !isMine || this.copies !== null || nodes.length !== this.before.length;
  }

  editReplication(change: Partial<ReplicationState>): void {
    this.state.replication = Object.assign(copyOfReplication(this.state.replication), change);
  }

  /** Source: clusterDoBeforeSleep. */
  doBeforeSleep(change: Partial<Todo>): void {
    const { todo } = this.state;
    this.state.todo = {
      handleFailover: change.handleFailover ?? todo.handleFailover,
      handleManualFailover: change.handleManualFailover ?? todo.handleManualFailover,
      updateState: change.updateState ?? todo.updateState,
      saveConfig: change.saveConfig ?? todo.saveConfig,
    };
  }

  /** A system call, or a note. */
  ask(effect: NodeEffect): void {
    this.effects = followedBy(this.effects, effect);
  }

  send(connection: ConnectionId, message: BusMessage): void {
    this.state.sentCounts = withOneMore(this.state.sentCounts, message.type);
    this.ask({ type: 'send', connection, payload: { channel: 'bus', message } });
  }

  sendReplication(
    connection: ConnectionId,
    message: Extract<Payload, { channel: 'replication' }>['message'],
  ): void {
    this.ask({ type: 'send', connection, payload: { channel: 'replication', message } });
  }

  /** Writes a command to a process this one is a client of. */
  sendCommand(connection: ConnectionId, argv: readonly string[]): void {
    const message = { type: 'COMMAND', argv } as const;
    this.ask({ type: 'send', connection, payload: { channel: 'command', message } });
  }

  /** Answers a client, or another process that speaks on a connection of its own. */
  reply(client: string, command: number, reply: Reply): void {
    if (isConnection(client)) {
      const message = { type: 'REPLY', reply } as const;
      this.ask({
        type: 'send',
        connection: client,
        payload: { channel: 'command', message },
      });
    } else {
      this.ask({ type: 'reply', client, command, reply });
    }
  }

  note(note: Note): void {
    this.ask({ type: 'note', note });
  }

  log(level: LogLevel, text: string): void {
    this.note({ event: 'log', node: this.state.name, level, text });
  }

  nameOf(id: NodeId): string {
    return id === this.state.myId ? this.state.name : nameOf(this.node(id));
  }

  /** Where to look first for the node with this number in a book. */
  lookFirstFor(book: IdBook, number: number): void {
    const place = this.index.guessOf(book, number);
    if (place >= 0) this.lastPlace = place;
  }

  /** The place of a node in the table, or -1. Rules ask for one or two nodes again and again. */
  placeOf(id: NodeId): number {
    const { nodes } = this.state;
    if (nodes[this.lastPlace]?.id === id) return this.lastPlace;
    const isTheOther = nodes[this.placeBefore]?.id === id;
    const place = isTheOther ? this.placeBefore : this.index.placeIn(nodes, id);
    if (place === -1) return place;
    this.placeBefore = this.lastPlace;
    this.lastPlace = place;
    return place;
  }

  private knownPlaceOf(id: NodeId): number {
    const place = this.placeOf(id);
    if (place === -1) throw new Error(`${this.state.name} has no entry about ${id}`);
    return place;
  }

  private ownNodes(): ClusterNode[] {
    if (!this.nodesAreMine) {
      this.state.nodes = [...this.state.nodes];
      this.nodesAreMine = true;
    }
    return this.state.nodes as ClusterNode[];
  }
}
