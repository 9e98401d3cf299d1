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
  type ReplicationState,
  type Todo,
} from './cluster-state';
import {
  isConnection,
  type ConnectionId,
  type NodeEffect,
  type NodeEvent,
  type Payload,
} from './effects';
import type { NodeId } from './ids';
import type { LogLevel, Note } from './notes';
import type { Reply } from './reply';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class Turn {
  readonly nowMs: number;
  readonly state: Mutable<ClusterState>;
  readonly effects: NodeEffect[] = [];
  readonly raised: NodeEvent[] = [];
  /** Writes of this command, for the replicas. Redis: also_propagate. */
  readonly propagated: (readonly string[])[] = [];
  private nodesAreMine = false;
  private lastIndex = 0;
  private readonly edited = new Map<NodeId, Mutable<ClusterNode>>();

  constructor(state: ClusterState, nowMs: number) {
    this.state = { ...state };
    this.nowMs = nowMs;
  }

  /** This node's own entry, for reading. */
  get me(): ClusterNode {
    const me = this.node(this.state.myId);
    if (!me) throw new Error(`node ${this.state.name} lost its own table entry`);
    return me;
  }

  /** The entry about `id` as it stands now, for reading; null if unknown. */
  node(id: NodeId): ClusterNode | null {
    return this.state.nodes[this.indexOf(id)] ?? null;
  }

  /** The entry about `id`, to be written to; throws if unknown. */
  edit(id: NodeId): Mutable<ClusterNode> {
    const known = this.edited.get(id);
    if (known) return known;
    const index = this.indexOf(id);
    if (index === -1) throw new Error(`${this.state.name} has no entry about ${id}`);
    const copy: Mutable<ClusterNode> = { ...this.state.nodes[index]! };
    this.ownNodes()[index] = copy;
    this.edited.set(id, copy);
    return copy;
  }

  /** Source: clusterAddNode. */
  addNode(node: ClusterNode): void {
    this.ownNodes().push(node);
  }

  /**
   * Takes the entry out and returns what it was. Source: clusterDelNode, without its side effects.
   */
  removeNode(id: NodeId): void {
    const nodes = this.ownNodes();
    const index = this.indexOf(id);
    if (index !== -1) nodes.splice(index, 1);
    this.edited.delete(id);
  }

  /** Gives an entry another id, keeping its place. Source: clusterRenameNode. */
  renameNode(from: NodeId, to: NodeId): void {
    const node = this.edit(from);
    node.id = to;
    this.edited.delete(from);
    this.edited.set(to, node);
  }

  editReplication(change: Partial<ReplicationState>): void {
    this.state.replication = { ...this.state.replication, ...change };
  }

  /** Source: clusterDoBeforeSleep. */
  doBeforeSleep(change: Partial<Todo>): void {
    this.state.todo = { ...this.state.todo, ...change };
  }

  send(connection: ConnectionId, message: BusMessage): void {
    const { sentCounts } = this.state;
    this.state.sentCounts = { ...sentCounts, [message.type]: (sentCounts[message.type] ?? 0) + 1 };
    this.effects.push({ type: 'send', connection, payload: { channel: 'bus', message } });
  }

  sendReplication(
    connection: ConnectionId,
    message: Extract<Payload, { channel: 'replication' }>['message'],
  ): void {
    this.effects.push({ type: 'send', connection, payload: { channel: 'replication', message } });
  }

  /** Writes a command to a process this one is a client of. */
  sendCommand(connection: ConnectionId, argv: readonly string[]): void {
    const message = { type: 'COMMAND', argv } as const;
    this.effects.push({ type: 'send', connection, payload: { channel: 'command', message } });
  }

  /** Answers a client, or another process that speaks on a connection of its own. */
  reply(client: string, command: number, reply: Reply): void {
    if (isConnection(client)) {
      const message = { type: 'REPLY', reply } as const;
      this.effects.push({
        type: 'send',
        connection: client,
        payload: { channel: 'command', message },
      });
    } else {
      this.effects.push({ type: 'reply', client, command, reply });
    }
  }

  note(note: Note): void {
    this.effects.push({ type: 'note', note });
  }

  log(level: LogLevel, text: string): void {
    this.note({ event: 'log', node: this.state.name, level, text });
  }

  nameOf(id: NodeId): string {
    return id === this.state.myId ? this.state.name : nameOf(this.node(id));
  }

  /**
   * Where the table has `id`, or -1. Rules ask for one node again and again, or for one after the
   * other: the last place and the next are looked at first.
   */
  private indexOf(id: NodeId): number {
    const { nodes } = this.state;
    if (nodes[this.lastIndex]?.id === id) return this.lastIndex;
    if (nodes[this.lastIndex + 1]?.id === id) return ++this.lastIndex;
    const index = nodes.findIndex((node) => node.id === id);
    if (index !== -1) this.lastIndex = index;
    return index;
  }

  private ownNodes(): ClusterNode[] {
    if (!this.nodesAreMine) {
      this.state.nodes = [...this.state.nodes];
      this.nodesAreMine = true;
    }
    return this.state.nodes as ClusterNode[];
  }
}
