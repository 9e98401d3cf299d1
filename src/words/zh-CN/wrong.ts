/** Words about a link that leads nowhere, in Chinese. */
import type { wrong as English } from '../en/wrong';

export const wrong: typeof English = {
  title: '这个链接走不通',
  page: (found) => `没有“${found}”这一页。`,
  lesson: (found) => `没有“${found}”这一课。`,
  nearest: (name) => `最接近的名字是“${name}”。`,
  goThere: (name) => `打开“${name}”`,
  number: (name, found, least, most) => `“${name}=${found}”应是 ${least} 到 ${most} 的整数。`,
  tooMany: (nodes, most) => `${nodes} 个节点太多，本页最多运行 ${most} 个。`,
  sentence: (found) => `链接要求“${found}”，这里做不到。`,
  enough: (masters, replicas) => `打开 ${masters} 个主节点、每主 ${replicas} 个从节点的集群`,
  packed: '链接不完整或被改动过：压缩的部分无法读取。',
  newerLink: (version) => `这个链接由更新的页面生成（版本 ${version}），本页读不了。`,
  withoutIt: '略过它，打开其余部分',
  toHome: '去看课程',
  toSandbox: '打开沙盒',
};
