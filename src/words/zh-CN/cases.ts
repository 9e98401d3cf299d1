import type { cases as english } from '../en/cases';

/** 案例前后的文字：别人报告的现象，按真实规则重演。 */
export const cases: typeof english = {
  title: '真实案例',
  lead: '有人报告过的现象，按 7.0.15 的规则原样重演。找出它为什么会发生。',
  solved: '已查明',
  continue: '继续',
  minutes: (count) => `${count} 分钟`,
  solvedOf: (solved, all) => `${solved} / ${all}`,
  finished: '这个案例查清了。',
  next: '下一个案例',
  toHome: '全部案例与课程',
};
