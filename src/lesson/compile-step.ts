import type { CompileContext } from './compile-context';
import type { Ask, LessonStep, LinesAsk, Option, WrongAnswer } from './lesson';
import type { StepSource } from './lesson-schema';
import type { Path } from './yaml-file';

const ORDERED = 'list<string>';
/** So many lines beyond a proof do no harm, unless the lesson says how many. */
const SPARE_LINES = 2;
/** Views that are no node's. */
const NOBODY = ['bird', 'operator'];

/** One step of lesson.yaml as plain data. */
export function compileStep(source: StepSource, path: Path, context: CompileContext): LessonStep {
  const { as, panel, key } = source.view;
  if (as !== undefined && !NOBODY.includes(as)) context.node(as, [...path, 'view', 'as']);
  const ask = compileAsk(source, path, context);
  checkKind(source, path, context);
  const keyEvent = source['key-event'];
  return {
    id: source.id,
    kind: source.kind,
    phase: source.phase ?? null,
    lot: source.lot ?? null,
    scene: source.scene ?? null,
    view: { as: as ?? null, panel: panel ?? null, key: key ?? null },
    enter: context.actions(source.enter, [...path, 'enter']),
    ask,
    then: context.actions(source.then, [...path, 'then']),
    keyEvent: keyEvent === undefined ? null : context.condition(keyEvent, [...path, 'key-event']),
    seals: source.seals,
    check: source.check ?? null,
    hints: source.hints,
    highlight: source.highlight.flatMap((text, i) => {
      return context.highlight(text, [...path, 'highlight', i]) ?? [];
    }),
  };
}

function checkKind(source: StepSource, path: Path, context: CompileContext): void {
  if (source.kind === 'predict' && source.ask === undefined) {
    context.report(
      'E10',
      path,
      `Step ${source.id} predicts but asks nothing.`,
      `步骤 ${source.id} 要求预测，却没有提问。`,
    );
  }
  if (source.kind === 'do' && source.check === undefined) {
    context.report('E10', path, `Step ${source.id} has no check.`, `步骤 ${source.id} 没有检查。`);
  }
  if (source.ask !== undefined && source.kind !== 'predict' && source.kind !== 'reflect') {
    context.report(
      'E01',
      [...path, 'ask'],
      'Only predict and reflect ask.',
      '只有 predict 和 reflect 可以提问。',
    );
  }
}

function compileAsk(source: StepSource, path: Path, context: CompileContext): Ask | null {
  if (source.ask === undefined) return null;
  const ask = askOf(source, source.ask, path, context);
  const expected = source.ask === 'node' ? ['int'] : typesOfAnswer(source.ask);
  if ((source.ask === 'free' || source.ask === 'lines') && source.truth !== undefined) {
    const en = 'Lines have no truth to measure, be they of a log or one’s own: leave “truth” out.';
    const zh = '日志行和自由作答都没有可测的真值：请去掉“truth”。';
    context.report('E10', [...path, 'truth'], en, zh);
  }
  if (ask.truth !== null) context.condition(ask.truth, [...path, 'truth'], expected);
  if (!someAnswerIsRight(ask)) {
    context.report(
      'E10',
      path,
      `Question ${source.id} has no accepted answer.`,
      `问题 ${source.id} 没有可接受的答案。`,
    );
  }
  return ask;
}

function typesOfAnswer(type: Ask['type']): string[] {
  if (type === 'choice') return ['string', 'int'];
  return type === 'order' ? [ORDERED, 'list'] : ['int', 'double'];
}

function askOf(source: StepSource, type: Ask['type'], path: Path, context: CompileContext): Ask {
  const truth = source.truth ?? null;
  const wrong = source.wrong.map(({ when, because }, i): WrongAnswer => {
    return { when: context.condition(when, [...path, 'wrong', i, 'when']), because };
  });
  switch (type) {
    case 'choice':
      return { type, options: optionsOf(source, path, context), truth };
    case 'number':
    case 'time':
      return {
        type,
        accept: rangeOf(source),
        wrong,
        truth,
      };
    case 'node': {
      const nodes = source.nodes ?? [];
      nodes.forEach((node, i) => context.node(node, [...path, 'nodes', i]));
      return { type, accept: nodes, wrong, truth };
    }
    case 'order':
      return { type, items: source.items ?? [], accept: source.orders ?? [], wrong, truth };
    case 'lines':
      return { type, ...proofsOf(source, path, context), wrong, truth: null };
    case 'free':
      return { type, truth: null };
  }
}

function proofsOf(
  { proofs = [], most }: StepSource,
  path: Path,
  context: CompileContext,
): Pick<LinesAsk, 'proofs' | 'most'> {
  const { logLines } = context;
  proofs.forEach((proof, i) =>
    proof.forEach((line, j) => {
      if (line <= logLines) return;
      const en = `Line ${line} is asked for; the log of this scene has ${logLines} lines.`;
      const zh = `题目要第 ${line} 行，而本场景的日志共有 ${logLines} 行。`;
      context.report('E10', [...path, 'proofs', i, j], en, zh);
    }),
  );
  const longest = Math.max(0, ...proofs.map(({ length }) => length));
  return { proofs: proofs.map((proof) => proof.map(String)), most: most ?? longest + SPARE_LINES };
}

function optionsOf(source: StepSource, path: Path, context: CompileContext): Option[] {
  return (source.options ?? []).map(({ id, right = false, because }, i) => {
    if (right === (because !== undefined)) {
      const en = `Option ${id} is either right or names the misconception it comes from.`;
      const zh = `选项 ${id} 要么正确，要么写明它出自哪种误解。`;
      context.report('E10', [...path, 'options', i], en, zh);
    }
    return { id, right, because: because ?? null };
  });
}

function rangeOf({ is, between }: StepSource): { min: number; max: number } {
  if (between) return { min: between[0], max: between[1] };
  return { min: is ?? Infinity, max: is ?? -Infinity };
}

function someAnswerIsRight(ask: Ask): boolean {
  switch (ask.type) {
    case 'choice':
      return ask.options.some(({ right }) => right);
    case 'number':
    case 'time':
      return ask.accept.min <= ask.accept.max;
    case 'node':
      return ask.accept.length > 0;
    case 'order':
      return ask.accept.some((order) => isArrangement(order, ask.items));
    case 'lines':
      return ask.proofs.some((proof) => proof.length > 0 && proof.length <= ask.most);
    case 'free':
      return true;
  }
}

function isArrangement(order: readonly string[], items: readonly string[]): boolean {
  return [...order].sort().join(' ') === [...items].sort().join(' ');
}
