import { holds, valueOf } from './conditions';
import type { CheckResult, Goal, GoalResult, LessonCheck } from './lesson';
import type { Moment } from './lesson-run';

/** How far a check has come at `moment`, and the near miss to say while it has not passed. */
export function checkResult(check: LessonCheck, moment: Moment): CheckResult {
  const goals = check.goals.map((goal) => goalResult(goal, moment));
  const passed = goals.every((goal) => goal.passed);
  const near = passed ? undefined : check.near.find(({ when }) => holds(when, moment));
  return { id: check.id, passed, nearMiss: near?.id ?? null, goals };
}

function goalResult({ id, when, of }: Goal, moment: Moment): GoalResult {
  if (of === null) return { id, passed: holds(when, moment), progress: null };
  const done = Math.min(of, Math.max(0, Number(valueOf(when, moment))));
  return { id, passed: done >= of, progress: { done, of } };
}
