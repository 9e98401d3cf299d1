/** Words of a crowd: what stands beside its ring, and its heat map. In Chinese. */
import type * as en from '../en/crowd';

export const heat: typeof en.heat = {
  title: (nodes: number) => `谁认为谁出了故障，${nodes} × ${nodes}`,
  name: (nodes: number) =>
    `谁认为谁出了故障，${nodes} × ${nodes}。方向键逐格移动，回车换成观察者的视角。`,
  asSeen: (node: string) => `其他节点怎么看 ${node}`,
  notNoticed: (_count: number) => '尚未察觉',
  node: '节点',
  calm: '没有节点被怀疑。',
  more: (count: number) => `还有 ${count} 个`,
};

export const crowd: typeof en.crowd = {
  lookingAt: '图中所见',
  count: ({ serving, bare, replicas, unknown }) => {
    const masters =
      bare === 0
        ? [`${serving} 个主节点`]
        : serving === 0
          ? [`${bare} 个主节点，都还没有槽位`]
          : [`${serving} 个主节点有槽位`, `${bare} 个还没有`];
    const rest = [
      ...(replicas > 0 ? [`${replicas} 个从节点`] : []),
      ...(unknown > 0 ? [`${unknown} 个尚不认识`] : []),
    ];
    return [...masters, ...rest].join('，');
  },
  links: (count: string) => `${count} 条连接，只画成底纹`,
  cells: (node: string) => `外圈小格：各节点怎么看 ${node}`,
  pick: '选一个节点，看得更清楚',
  shard: (number: number) => `分片 ${number}`,
  slots: '槽位',
  noSlots: '无',
  quorum: '多数',
  quorumOf: (needed: number, size: number) => `${size} 个中的 ${needed} 个`,
  reports: '报告',
  reportsAnd: (count: number, own: boolean) => (own ? `${count} 份，加上自己` : `${count} 份`),
  nextUp: '下一个',
  candidate: '候选人',
  nextWithRank: (node: string, rank: number) => `${node}，rank #${rank}`,
};
