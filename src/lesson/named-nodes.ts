/** The nodes a condition names: `seen(fail(any, 8907))` names 8907. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { EVENT_FUNCTIONS } from './event-patterns';
import { ENVIRONMENT } from './facts';

/** Which arguments of a function are nodes, by its name. */
const NODE_ARGUMENTS = new Map<string, readonly number[]>([
  ['self', [0]],
  ['sees', [0, 1]],
  ['owner', [1]],
  ...EVENT_FUNCTIONS.map(({ signature }) => argumentsOf(signature)),
]);

/** Ports written in an expression that can be read, where a node is meant; `any` is none. */
export function nodesNamedIn(text: string): string[] {
  return [...new Set(namesIn(ENVIRONMENT.parse(text).ast))];
}

/** `fail(int, int)`: of an event, every whole number is a node. */
function argumentsOf(signature: string): readonly [string, readonly number[]] {
  const [name = '', list = ''] = signature.split(/[()]/);
  const types = list.split(',').map((type) => type.trim());
  return [name, types.flatMap((type, i) => (type === 'int' ? [i] : []))];
}

function namesIn(ast: ASTNode): string[] {
  const inner = childrenOf(ast.args).flatMap(namesIn);
  if (ast.op !== 'call') return inner;
  const [name, args] = ast.args as [string, readonly ASTNode[]];
  const named = (NODE_ARGUMENTS.get(name) ?? []).flatMap((i) => {
    const value = args[i]?.op === 'value' ? args[i].args : null;
    return typeof value === 'bigint' && value > 0n ? [String(value)] : [];
  });
  return [...named, ...inner];
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}
