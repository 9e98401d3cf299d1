/**
 * What every subcommand has.
 * Source: the subcommands of src/commands/cluster-*.json.
 */
import { lookupNode } from '../cluster-state';
import type { NodeId } from '../ids';
import { err, type Reply } from '../reply';
import type { Turn } from '../turn';
import type { CommandCall } from './command';

export interface Subcommand {
  /** Counts the container's and the subcommand's own name; negative: at least so many. */
  readonly arity: number;
  /** The most words, where the subcommand itself minds: its error differs from that of arity. */
  readonly most?: number;
  readonly run: (turn: Turn, args: readonly string[], call: CommandCall) => Reply;
}

export type Subcommands = Readonly<Record<string, Subcommand>>;

export const integer = (value: number): Reply => ({ type: 'integer', value });
export const bulk = (text: string): Reply => ({ type: 'bulk', text });
export const array = (items: readonly Reply[]): Reply => ({ type: 'array', items });

/** A map, as RESP2 sends it: names and values in turn. */
export function flatMap(fields: readonly (readonly [name: string, value: Reply])[]): Reply {
  return array(fields.flatMap(([name, value]) => [bulk(name), value]));
}

/** What `use` answers about a known node, or the error about an unknown one. */
export function withNode(turn: Turn, id: string, use: (known: NodeId) => Reply): Reply {
  const node = lookupNode(turn.state, id as NodeId);
  return node ? use(node.id) : err(`Unknown node ${id}`);
}
