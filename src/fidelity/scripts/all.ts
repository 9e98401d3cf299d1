/** Every script, in the order of the report. */
import { CREATE } from './create';
import { EPOCH_COLLISION } from './epoch-collision';
import { BLACK_HOLE, KILL, PARTITION, STOP } from './failover';
import { MANUAL_FAILOVERS } from './manual-failover';
import { ANNOUNCED_PORT, FORGET, HOSTNAME, PUBLISHED, RESET } from './membership';
import { MOVED } from './moved';
import { REPLICA_MIGRATION } from './replica-migration';
import type { Script } from './script';
import { MIGRATE_SLOT, RESHARD } from './slots';

export const SCRIPTS: readonly Script[] = [
  CREATE,
  MOVED,
  KILL,
  STOP,
  BLACK_HOLE,
  PARTITION,
  ...MANUAL_FAILOVERS,
  MIGRATE_SLOT,
  RESHARD,
  REPLICA_MIGRATION,
  EPOCH_COLLISION,
  HOSTNAME,
  ANNOUNCED_PORT,
  PUBLISHED,
  FORGET,
  RESET,
];
