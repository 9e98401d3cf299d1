/**
 * Every task there is, by name. Types only: what they do stands beside their names.
 */
import type { AddNodeTasks } from './add-node';
import type { CallTasks } from './call-nodes';
import type { CheckTasks } from './check-cluster';
import type { CommandTasks } from './command-tasks';
import type { CompareTasks } from './compare-nodes';
import type { CreateTasks } from './create-cluster';
import type { DelNodeTasks } from './del-node';
import type { FixCoverageTasks } from './fix-coverage';
import type { FixOpenSlotTasks } from './fix-open-slot';
import type { FixOpenCaseTasks } from './fix-open-cases';
import type { FixOwnersTasks } from './fix-owners';
import type { LoadTasks } from './load-nodes';
import type { MigrateTasks } from './migrate-keys';
import type { MoveSlotTasks } from './move-slot';
import type { RebalanceTasks } from './rebalance';
import type { ReshardTasks } from './reshard';
import type { SlotOwnerTasks } from './slot-owner';
import type { CliTurn } from './cli-turn';

/** Each task's name and what it needs to know. */
export interface TaskParams
  extends
    AddNodeTasks,
    CallTasks,
    CheckTasks,
    CommandTasks,
    CompareTasks,
    CreateTasks,
    DelNodeTasks,
    FixCoverageTasks,
    FixOpenSlotTasks,
    FixOpenCaseTasks,
    FixOwnersTasks,
    LoadTasks,
    MigrateTasks,
    MoveSlotTasks,
    RebalanceTasks,
    ReshardTasks,
    SlotOwnerTasks {
  /** Where failing ends; passed on the way down, it is followed by `done`. */
  rescue: { readonly done: Task; readonly failed: Task };
}

export type Task = {
  [K in keyof TaskParams]: { readonly do: K } & TaskParams[K];
}[keyof TaskParams];

/** What a set of tasks does. */
export type Tasks<P> = {
  readonly [K in keyof P]: (turn: CliTurn, task: P[K]) => void;
};
