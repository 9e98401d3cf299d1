/** Words of a lesson from the reader's own files, in Chinese. */
import type { own as English } from '../en/own';

export const own: typeof English = {
  part: '你自己的课',
  title: '这一课暂时还不能上',
  wrong: (count) => `文件里有 ${count} 处需要先改好。`,
  problem: {
    'no-lesson': '这些文件里没有 lesson.yaml。',
    'too-large': '超出了一课的上限：40 个文件、20 万字。',
    damaged: '链接或文件不完整，或被改动过，无法读取。',
  },
  open: '从文件打开一课',
  openFolder: '打开一课的文件夹',
  drop: '把课拖到页面任意处',
};
