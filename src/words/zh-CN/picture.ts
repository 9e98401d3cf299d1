import type { picture as English } from '../en/picture';

export const picture: typeof English = {
  of: { stage: '舞台的图', lanes: '泳道的图', views: '各节点看法的图' },
  save: (what, kind) => `${what}：存为 ${kind}`,
  saved: (name) => `已存为 ${name}`,
  title: (nodes, clock) => `${nodes} 个节点的 Redis Cluster，时刻 ${clock}`,
  seenBy: (node) => `${node} 的视角。`,
  simulated: (seed) => `由 Slotscope 模拟，种子 ${seed}。`,
  failed: '这张图没能存下来。数据可以存：把运行导出为 JSON。',
};
