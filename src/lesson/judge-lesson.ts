/**
 * What playing a lesson shows about it: that its solution passes and its traps do not, that nothing
 * is won by waiting, and that the answers it calls right are what happens.
 */
import { accepts } from './accepted-answers';
import type { CompiledLesson } from './compile-lesson';
import type { Script, Trap } from './compile-scripts';
import type { Lesson, LessonStep } from './lesson';
import { drawnLessons } from './lots';
import { playLesson, type NewRun, type PlayedStep, type Stuck } from './play-lesson';
import { AGAIN, renewedLesson } from './renewed-lesson';
import { problem, type Problem, type ProblemCode } from './problem';

/** How long a learner who does nothing is watched. */
const IDLE_MS = 30_000;
const FEWEST_TRAPS = 2;
/** Messages on their way at once: the fullest moments of the course stay below. */
const MOST_MESSAGES = 64;

/** Plays a compiled lesson in every way it prescribes; the problems it finds are data. */
export function judgeLesson(compiled: CompiledLesson, newRun: NewRun): Problem[] {
  if (compiled.lesson === null) return [];
  const found = drawnLessons(compiled.lesson).flatMap((lesson) =>
    new Judge(compiled, lesson, newRun).judge(),
  );
  const renewed = renewedLesson(compiled.lesson);
  if (renewed) found.push(...new Judge(compiled, renewed, newRun).judgeRound());
  // A step of all lots is judged with each of them.
  const isFirst = (one: Problem, i: number) => found.findIndex(isSameAs(one)) === i;
  return found.filter(isFirst);
}

const isSameAs = (one: Problem) => (other: Problem) =>
  one.file === other.file && one.line === other.line && one.text.en === other.text.en;

class Judge {
  private readonly problems: Problem[] = [];
  private readonly compiled: CompiledLesson;
  private readonly lesson: Lesson;
  private readonly newRun: NewRun;

  constructor(compiled: CompiledLesson, lesson: Lesson, newRun: NewRun) {
    this.compiled = compiled;
    this.lesson = lesson;
    this.newRun = newRun;
  }

  judge(): Problem[] {
    const { solution, traps } = this.compiled.scripts;
    this.judgePredictions();
    for (const played of playLesson(this.lesson, this.newRun, solution)) this.judgeStep(played);
    // What follows plays up to single steps; a lesson that gets stuck has said so by now.
    if (this.problems.some(({ code }) => code === 'E04')) return this.problems;
    for (const step of this.lesson.steps)
      if (step.kind === 'do') this.judgeIdleness(step, solution);
    for (const trap of traps) if (this.has(trap.step)) this.judgeTrap(trap, solution);
    if (traps.length < FEWEST_TRAPS) {
      const en = `A lesson has at least ${FEWEST_TRAPS} traps; this one has ${traps.length}.`;
      this.report(
        'E07',
        null,
        en,
        `每课至少要有 ${FEWEST_TRAPS} 个陷阱，这里只有 ${traps.length} 个。`,
      );
    }
    return this.problems;
  }

  /** A second round: nothing is asked whose answer the new run does not give. */
  judgeRound(): Problem[] {
    const solution = { answers: {}, deeds: this.lesson.ways };
    for (const played of playLesson(this.lesson, this.newRun, solution)) this.judgeStep(played);
    return this.problems;
  }

  private has(step: string): boolean {
    return this.lesson.steps.some(({ id }) => id === step);
  }

  private judgePredictions(): void {
    // What a case is about has often happened already when it was reported.
    if (this.lesson.thread !== undefined) return;
    if (this.lesson.steps.some((step) => step.ask && step.keyEvent !== null)) return;
    const en = 'No prediction guards a key event.';
    this.report('E08', null, en, '没有任何预测守在关键事件之前。');
  }

  private judgeStep(played: PlayedStep): void {
    const { step, stuck } = played;
    for (const each of stuck) this.judgeStuck(step, each);
    if (stuck.length > 0) return;
    this.judgeKeyEvent(played);
    this.judgeAnswer(played);
    this.judgeCheck(played);
    this.judgeCrowd(played);
  }

  private judgeCrowd({ step, busiest }: PlayedStep): void {
    if (busiest === null || busiest.messages <= MOST_MESSAGES) return;
    const { messages } = busiest;
    const atS = (busiest.atMs / 1000).toFixed(1);
    const en = `${messages} messages move at once in ${step.id}, at ${atS} s; ${MOST_MESSAGES} at most can be followed. Take fewer nodes, or pass over what is not the point with “skip until …”.`;
    const zh = `步骤 ${step.id} 在 ${atS} 秒有 ${messages} 条消息同时在路上，最多看得清 ${MOST_MESSAGES} 条。请减少节点，或用“skip until …”略过无关的部分。`;
    this.report('W03', step, en, zh);
  }

  private judgeStuck(step: LessonStep, { where, condition, withinMs, last }: Stuck): void {
    const en = `Step ${step.id} (${where}) waits for ${condition}; in ${withinMs / 1000} s it never happened.`;
    const zh = `步骤 ${step.id}（${where}）等待 ${condition}，${withinMs / 1000} 秒内没有发生。`;
    const seen = last ? JSON.stringify({ ...last, step: undefined }) : '–';
    this.report('E04', step, `${en} Last: ${seen}`, `${zh}最后一件事：${seen}`);
  }

  private judgeKeyEvent({ step, keyEventEarly, keyEventReached }: PlayedStep): void {
    if (step.keyEvent === null) return;
    if (keyEventEarly) {
      const en = `The key event of ${step.id} has happened before the question.`;
      this.report('E08', step, en, `步骤 ${step.id} 的关键事件在提问之前就已发生。`);
    } else if (!keyEventReached) {
      const en = `What follows ${step.id} does not reach its key event ${step.keyEvent}.`;
      this.report('E04', step, en, `步骤 ${step.id} 之后没有到达关键事件 ${step.keyEvent}。`);
    }
  }

  private judgeAnswer({ step, answer, verdict, truth }: PlayedStep): void {
    if (verdict && !verdict.right) {
      const en = `The solution answers ${String(answer)} to ${step.id}, which is not accepted.`;
      this.report('E06', step, en, `标准解法对 ${step.id} 的回答 ${String(answer)} 不被接受。`);
    }
    if (!step.ask || step.ask.truth === null) return;
    const measured = step.ask.type === 'choice' ? String(truth) : (truth as number);
    if (accepts(step.ask, measured)) return;
    const en = `In the simulation the answer to ${step.id} is ${String(truth)}, which is not accepted.`;
    this.report('E09', step, en, `模拟中 ${step.id} 的答案是 ${String(truth)}，但它不被接受。`);
  }

  private judgeCheck({ step, checkAtEntry, check }: PlayedStep): void {
    if (checkAtEntry?.passed) {
      const en = `The check ${checkAtEntry.id} holds when ${step.id} begins.`;
      this.report('E05', step, en, `步骤 ${step.id} 刚开始，检查 ${checkAtEntry.id} 就已通过。`);
    }
    if (!check || check.passed || step.kind !== 'do') return;
    const open = check.goals.filter(({ passed }) => !passed).map(({ id }) => id);
    const en = `The solution leaves ${open.join(', ')} of ${check.id} open.`;
    this.report('E06', step, en, `标准解法没有完成 ${check.id} 的 ${open.join('、')}。`);
  }

  private judgeIdleness(step: LessonStep, solution: Script): void {
    const deeds = { ...solution.deeds, [step.id]: [{ type: 'run-for', durationMs: IDLE_MS }] };
    const idle = playLesson(this.lesson, this.newRun, { ...solution, deeds } as Script, step.id);
    if (!idle.at(-1)?.check?.passed) return;
    const en = `The check of ${step.id} passes when nothing is done for ${IDLE_MS / 1000} s.`;
    this.report('E05', step, en, `什么都不做，${IDLE_MS / 1000} 秒后 ${step.id} 的检查也会通过。`);
  }

  private judgeTrap(trap: Trap, solution: Script): void {
    const script: Script = {
      answers:
        trap.answer === null ? solution.answers : { ...solution.answers, [trap.step]: trap.answer },
      deeds: { ...solution.deeds, [trap.step]: trap.deeds },
    };
    const played = playLesson(this.lesson, this.newRun, script, trap.step).at(-1);
    if (!played || played.step.id !== trap.step) return;
    const place = { file: trap.file, line: null };
    const outcome = trap.answer === null ? played.check : played.verdict;
    const said = trap.answer === null ? played.check?.nearMiss : played.verdict?.because;
    const wanted = trap.answer === null ? trap.near : trap.because;
    const isCaught = outcome && !('passed' in outcome ? outcome.passed : outcome.right);
    if (isCaught && (said ?? null) === wanted) return;
    const en = isCaught
      ? `It leads to ${said ?? 'nothing'}; expected ${wanted ?? 'nothing'}.`
      : 'It passes.';
    const zh = isCaught ? `它引出的是 ${said ?? '空'}，应为 ${wanted ?? '空'}。` : '它通过了。';
    this.problems.push(problem('E07', place, en, zh));
  }

  private report(code: ProblemCode, step: LessonStep | null, en: string, zh: string): void {
    const isMeant = ({ id }: LessonStep): boolean => [id, AGAIN + id].includes(step?.id ?? '');
    const index = this.compiled.lesson?.steps.findIndex(isMeant) ?? -1;
    const place = this.compiled.yaml.at(index === -1 ? [] : ['steps', index]);
    this.problems.push(problem(code, place, en, zh));
  }
}
