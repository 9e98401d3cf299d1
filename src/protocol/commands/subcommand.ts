/**
 * What every CLUSTER subcommand has.
 * Source: the subcommands of src/commands/cluster-*.json.
 */
import { lookupNode } from '../cluster-state';
import type { NodeId } from '../ids';
import { err, type Reply } from '../reply';
import type { Turn } from '../turn';

export interface Subcommand {
  /** Counts CLUSTER and the subcommand's own name; negative: at least so many. */
  readonly arity: number;
  /** The most words, where the subcommand itself minds: its error differs from that of arity. */
  readonly most?: number;
  readonly run: (turn: Turn, args: readonly string[]) => Reply;
}

export type Subcommands = Readonly<Record<string, Subcommand>>;

export const integer = (value: number): Reply => ({ type: 'integer', value });

/** What `use` answers about a known node, or the error about an unknown one. */
export function withNode(turn: Turn, id: string, use: (known: NodeId) => Reply): Reply {
  const node = lookupNode(turn.state, id as NodeId);
  return node ? use(node.id) : err(`Unknown node ${id}`);
}
