import type { journey as en } from '../en/journey';

export const journey: typeof en = {
  title: '正在赶往目标时刻',
  computing: (now, goal) => `已计算 ${now} 秒，共 ${goal} 秒`,
  forming: (now) => `集群正在组建：${now} 秒`,
  why: (nodes) => `${nodes} 个节点就有 ${nodes} 张表，每条消息都要算出来，需要一点时间。`,
  stop: '停在这里',
};
