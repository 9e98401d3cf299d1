/** Words of the reader's progress, in Chinese. */
import type { progress as English } from '../en/progress';

export const progress: typeof English = {
  title: '你的进度与课程',
  counts: ({ seen, predicted, done, renewed, solved }) => {
    const twice = renewed > 0 && `，其中 ${renewed} 课换过数据又做了一遍`;
    const cases = solved > 0 && `查明 ${solved} 个案例。`;
    return `看过 ${seen} 课，预测过 ${predicted} 课，学完 ${done} 课${twice || ''}。${cases || ''}`;
  },
  save: '把进度存成文件',
  open: '从文件打开进度或一次运行',
  forget: '清除进度',
  taken: '进度已读取，每课保留走得更远的那一份。',
  forgotten: '进度已清除。',
  undo: '撤销清除',
  back: '进度已恢复。',
  wrongFile: (name) =>
    `${name} 里既没有进度，也没有一次运行。运行在它自己的页面上保存；课程文件请从旁边的入口打开。`,
};
