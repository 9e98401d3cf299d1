/** Reading, checking and remembering the expressions of a lesson. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { conditionOf, ENVIRONMENT, type Condition } from './facts';
import { ClientFact, ReplyFact, RowFact, SelfFact } from './fact-types';
import type { Answer } from './lesson';
import type { Moment } from './lesson-run';
import { nearestWord } from './nearest-word';

export interface ConditionError {
  readonly summary: string;
  /** Offset in the expression. */
  readonly column: number;
  readonly nearest: string | null;
  /** It could be read, and takes too long. */
  readonly isCostly?: boolean;
}

export type Compiled =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly error: ConditionError };

const LONGEST = 600;
const MOST_KEPT = 500;
const DEEPEST_LOOP = 2;
const LOOPS = ['all', 'exists', 'exists_one', 'map', 'filter'];
const FIELD_NAMES = [SelfFact, RowFact, ClientFact, ReplyFact].flatMap(({ fields }) =>
  Object.keys(fields),
);
const kept = new Map<string, Compiled>();

/** Checks an expression once and keeps it; errors name the place and the nearest valid word. */
export function compileCondition(text: string): Compiled {
  const known = kept.get(text);
  if (known) return known;
  const compiled = compile(text);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(text, compiled);
  return compiled;
}

/** Whether the condition holds at `moment`. Throws on an expression the validator would refuse. */
export function holds(text: string, moment: Moment, answer?: Answer): boolean {
  return valueOf(text, moment, answer) === true;
}

/** What the expression is at `moment`; integers come as number. */
export function valueOf(text: string, moment: Moment, answer?: Answer): unknown {
  const compiled = compileCondition(text);
  if (!compiled.ok) throw new Error(`${compiled.error.summary} in "${text}"`);
  const value = compiled.condition.read(moment, answer);
  return typeof value === 'bigint' ? Number(value) : value;
}

function compile(text: string): Compiled {
  if (text.length > LONGEST) return tooCostly(`longer than ${LONGEST} characters`);
  const checked = ENVIRONMENT.check(text);
  if (!checked.valid) {
    const { summary = 'not an expression', range } = checked.error ?? {};
    const column = range?.start ?? 0;
    return refuse(summary, column, nearestName(text.slice(column)));
  }
  const parsed = ENVIRONMENT.parse(text);
  const unfit = tooMuch(parsed.ast, 0);
  if (unfit) return tooCostly(unfit);
  return { ok: true, condition: conditionOf(text, parsed, checked.type ?? 'dyn') };
}

function refuse(summary: string, column: number, nearest: string | null): Compiled {
  return { ok: false, error: { summary, column, nearest, isCostly: false } };
}

function tooCostly(summary: string): Compiled {
  return { ok: false, error: { summary, column: 0, nearest: null, isCostly: true } };
}

/** A known name close to the word an error points at, if that word is not itself known. */
function nearestName(rest: string): string | null {
  const word = /^[\w.]+/.exec(rest)?.[0].split('.').at(-1);
  if (!word) return null;
  const names = knownNames();
  return names.includes(word) ? null : nearestWord(word, names);
}

function knownNames(): string[] {
  const { functions, variables } = ENVIRONMENT.getDefinitions();
  const named = [...functions, ...variables].map(({ name }) => name);
  return [...new Set([...named, ...FIELD_NAMES])];
}

/** Why an expression could take too long: loops within loops, or a regular expression. */
function tooMuch(ast: ASTNode, depth: number): string | null {
  const isCall = ast.op === 'rcall';
  const name = isCall ? ast.args[0] : null;
  if (name === 'matches') return 'regular expressions are not allowed; use contains';
  const inner = name !== null && LOOPS.includes(name) ? depth + 1 : depth;
  if (inner > DEEPEST_LOOP) return `more than ${DEEPEST_LOOP} loops within one another`;
  for (const child of childrenOf(ast.args)) {
    const unfit = tooMuch(child, inner);
    if (unfit) return unfit;
  }
  return null;
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}
