import type { readyScenes as english } from '../en/ready-scenes';

/** 沙盒里的现成场景：名字，以及值得一试的事。 */
export const readyScenes: typeof english = {
  title: '现成的场景',
  lead: '每个都打开另一个集群，停在所说的时刻，接下来由你摆弄。',
  numbers: (masters, replicas) =>
    replicas === 0 ? `${masters} 主，无从节点` : `${masters} 主，每主 ${replicas} 从`,
  scenes: {
    pairs: {
      name: '三主三从',
      look: '冻结一个主节点：疑似下线、报告、已下线、选举，前后大约 7 秒。',
    },
    three: {
      name: '三个主节点，没有从节点',
      look: '冻结一个主节点：它被判定已下线，没有谁能接替，所有节点都开始回 CLUSTERDOWN。',
    },
    five: {
      name: '五主五从',
      look: '同时冻结两个主节点：五个里的三个仍能作决定。再冻结一个，就谁也决定不了。',
    },
    twoReplicas: {
      name: '一主两从',
      look: '终止 8901，轮流用它两个从节点的视角看：排名 0 的先拉票。',
    },
    thirty: {
      name: '30 个节点',
      look: '十五个主节点，下定论要八份意见。冻结 8901，看报告一份份到齐。',
    },
    crowd: {
      name: '120 个节点',
      look: '先看它组建起来，再让它运行。冻结一个主节点：60 个里要有 31 个同意。',
    },
    split: {
      name: '网络分成 3 | 3，客户端还在写',
      look: '往下运行：有一阵两边都在接受写入。到 30 秒恢复所有连接，数一数丢了多少。',
    },
    halfMoved: {
      name: '迁移到一半的槽位',
      look: '槽位 5798 有两个键，两边各一个。cli 8902 GET {name}:first 得到 ASK，{name}:last 则不会。',
    },
    rolling: {
      name: '滚动重启',
      look: '从节点已经重启完，接下来轮到主节点，每个停 2 秒。往下运行：没有谁被判定下线，也没有从节点上位。',
    },
    slowHost: {
      name: '一台慢机器',
      look: '8901 的回答要 2 秒才到：慢，但没有谁怀疑它。再 delay 8901-8902 2600ms：这两个互相怀疑，别人都不附和。',
    },
  },
};
