/**
 * W04: what a step asks that is to be taken on real processes. Tables, logs and replies can be had
 * of them; who reported whom, votes, and what a message said are worked out by a machine beside
 * each.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { CompileContext } from './compile-context';
import { compileCondition } from './conditions';
import { ENVIRONMENT } from './facts';
import type { LessonCheck, LessonStep } from './lesson';
import type { Path } from './yaml-file';

/** In a table, in INFO, in a log, in a reply, or seen to be done to a process. */
const LIVE_FACTS = [
  ...['self', 'sees', 'owner', 'slot', 'replies', 'printed'],
  ...['seen', 'never', 'count', 'first', 'last', 'before'],
  ...['pfail', 'fail', 'cleared', 'promoted', 'demoted', 'state', 'process', 'election'],
  ...['command', 'reply', 'line', 'link'],
  ...['string', 'int', 'double', 'size', 'type'],
];
/** A node keeps these to itself. */
const KEPT_FIELDS = [
  ...['reports', 'votes', 'rank', 'delay', 'lastVoteEpoch', 'phase', 'handover', 'keys'],
];

/** Reports ids that are no steps, and facts that a real cluster does not tell. */
export function reportNotLive(
  live: readonly string[],
  steps: readonly LessonStep[],
  checks: Readonly<Record<string, LessonCheck>>,
  context: CompileContext,
): void {
  const ids = steps.map(({ id }) => id);
  for (const [i, id] of live.entries()) {
    if (!ids.includes(id)) context.unknownWord(id, ids, ['live', i]);
  }
  for (const [i, step] of steps.entries()) {
    if (!live.includes(step.id)) continue;
    const ofStep = [...step.enter, ...step.then].flatMap((action) =>
      action.type === 'run-until' ? [action.condition] : [],
    );
    const truth = step.ask?.truth ?? null;
    if (truth !== null) ofStep.push(truth);
    reportFacts(ofStep, ['steps', i], context);
    for (const [j, { when }] of (checks[step.check ?? '']?.goals ?? []).entries()) {
      reportFacts([when], ['checks', step.check!, 'goals', j, 'when'], context);
    }
  }
}

function reportFacts(conditions: readonly string[], path: Path, context: CompileContext): void {
  for (const fact of new Set(conditions.flatMap(factsNotLive))) {
    const en = `This uses “${fact}”; it cannot be had of a real cluster.`;
    context.report('W04', path, en, `这里用到“${fact}”，真实集群给不出。`);
  }
}

/** What a condition asks that no real node tells; nothing for one that cannot be read. */
export function factsNotLive(text: string): string[] {
  return compileCondition(text).ok ? notLiveIn(ENVIRONMENT.parse(text).ast) : [];
}

function notLiveIn(ast: ASTNode): string[] {
  const inner = childrenOf(ast.args).flatMap(notLiveIn);
  const name = Array.isArray(ast.args) ? (ast.args as unknown[])[ast.op === 'call' ? 0 : 1] : null;
  const isUnknown = ast.op === 'call' && !LIVE_FACTS.includes(String(name));
  const isKept = ast.op === '.' && KEPT_FIELDS.includes(String(name));
  return isUnknown || isKept ? [...inner, String(name)] : inner;
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}
