/** What a bridge stands before: processes of its own, or a cluster that was there already. */
import type { ServerMessageOf, WireNode } from '../wire';
import type { AllowedCommands } from './allowed-commands';
import type { FaultRequest } from './faults';
import type { RedisConnection } from '../../real-redis/redis-client';

export type Capabilities = ServerMessageOf<'hello'>['capabilities'];

export interface BridgeCluster {
  readonly label: string;
  readonly redisVersion: string;
  readonly nodeTimeoutMs: number;
  readonly capabilities: Capabilities;
  /** Where the folders of its nodes stay; null: they go, or are not the bridge's. */
  readonly keptFolder: string | null;
  /** What may be said to its nodes. */
  readonly commands: AllowedCommands;
  nodes(): WireNode[];
  /** A new connection to one node, for whoever wants to keep it. */
  connect(node: number): RedisConnection;

  faults(): ServerMessageOf<'faults'>['faults'];
  setFault(request: FaultRequest): number | null;
  healFaults(fault: number | null): void;
  releaseFault(fault: number, frames: readonly number[] | null): void;

  signal(node: number, signal: 'KILL' | 'STOP' | 'CONT', forMs: number | null): Promise<void>;
  startNode(node: number): Promise<void>;

  /** Ends what it began, and puts back what it changed. */
  end(): Promise<void>;
}
