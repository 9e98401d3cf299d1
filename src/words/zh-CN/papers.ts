/** Words of what a lesson leaves on paper, in Chinese. */
import type { papers as English } from '../en/papers';

export const papers: typeof English = {
  name: { reference: '参考页', handout: '讲义', key: '答案', notes: '教学笔记' },
  lead: {
    reference: '这一课讲到的内容，供日后查阅。',
    handout: '上课时边看边填。',
    key: '正确答案，以及每个错误选项背后的误解。',
    notes: '写给在课堂上讲这一课的人。',
  },
  all: '讲义与教学笔记',
  toLesson: '打开这一课',
  print: '打印',
  names: '先认几个名字',
  summary: (minutes) => `${minutes} 分钟`,
  step: (number) => `第 ${number} 步`,
  guess: '我猜：',
  happened: '实际结果：',
  because: '选它的人是这样想的：',
  oneWay: '一种做法：',
  compare: '好的回答应当写到：',
  address: (address) => `本课网址：${address}`,
  hints: '提示，逐条给出：',
};
