/** Words of the home page, in Chinese. */
import type { home as English } from '../en/home';

export const home: typeof English = {
  title: '看一个 Redis Cluster 如何拿定主意。',
  lead:
    '这个网页里运行着六个节点。每个节点各有一张表，记录它眼中的其他节点，' +
    '谁也看不到全貌。每一条消息都可以逐步查看，前进或后退。',
  begin: '从第一课开始',
  resume: (title) => `继续：${title}`,
  openSandbox: '打开沙盒',
  doneOf: (done, all) => `${done} / ${all}`,
  done: '已学完',
  renewed: '已学完，并换数据做过',
  continue: '继续',
  stepOf: (step, all) => `第 ${step} 步，共 ${all} 步`,
  minutes: (count) => `${count} 分钟`,
  mapTitle: '课程之间的脉络',
  mapLead: '没有一课是锁着的，从哪里开始都行；连线表示先了解哪一课会更轻松。',
  buildsOn: (titles) => `建议先看：${titles.join('、')}`,
  promise: '数据不会离开这个网页。种子相同，集群每次都相同。',
  total: (lessons, labs, minutes) =>
    `${lessons} 课${labs === 0 ? '' : '，外加一次实验'}，约 ${minutes} 分钟`,
  ring: '一个运行中的集群，三主三从',
  pauseRing: '暂停集群',
  playRing: '让集群运行',
};
