/** Words of the panel that holds simulated runs against real ones, in Chinese. */
import type { beside as English } from '../en/beside';

export const beside: typeof English = {
  lead: '对真实节点做过的事，在 100 个模拟集群里照样再做一遍：主节点、从节点、节点超时都相同，不同的只有运气决定的部分。',
  nothing: '还什么都没做过。冻结或杀死一个主节点，或者切断一条连线，等事情过去再回来看。',
  nothingRecorded: '这份录制里没有做过模拟集群能照做的事。',
  since: '从这里算起',
  moment: (clock, what) => `${clock}：${what}`,
  more: (what, count) => `${what}，另外 ${count} 件`,
  deed: {
    freeze: (node) => `冻结 ${node}`,
    wake: (node) => `唤醒 ${node}`,
    kill: (node) => `杀死 ${node}`,
    restart: (node) => `启动 ${node}`,
    cut: (from, to) => `切断 ${from} → ${to}`,
    heal: (from, to) => `恢复 ${from} → ${to}`,
    hold: (from, to) => `扣住 ${from} → ${to}`,
    release: (from, to) => `放行 ${from} → ${to}`,
    command: (node, line) => `${node}> ${line}`,
  },
  noPlan: {
    none: '那一刻各节点的表不得而知，造不出同样形状的集群。',
    few: 'redis-cli 不会创建少于三个主节点的集群，所以这个集群没有对应的模型。',
    uneven:
      '事情开始时，各主节点的从节点数目不一样，而模型只能由整齐的分片组成。等集群恢复完整，再做一次。',
  },
  play: (count) => `让模型跑 ${count} 遍`,
  playing: (done, of) => `已跑 ${done}/${of} 遍`,
  stop: '停止',
  event: {
    'first PFAIL': '首个疑似下线（PFAIL）',
    'first report': '首次记下报告',
    FAIL: '已下线（FAIL）',
    'manual failover asked for': '要求手动故障转移',
    'election scheduled': '排定选举',
    'votes requested': '拉票',
    'first vote': '第一张选票',
    won: '当选',
    'state ok': '最后一个幸存者恢复 ok',
    'FAIL cleared': '撤销 FAIL',
    demoted: '原主节点改当从节点',
  },

  order: {
    title: '事件的先后',
    real: '真实运行',
    model: '最接近的一次模拟',
    none: '没有',
    seconds: (seconds) => `${seconds} 秒`,
    first: '第一处不同',
    same: (same, of) => `先后没有不同：${of} 次模拟里有 ${same} 次顺序完全一样。`,
    differs: (place, of) =>
      `${of} 次模拟里没有一次是这个顺序，最接近的那次从第 ${place} 件事开始不同。`,
    notYet: '模型还没有跑过。',
    noEvents: '从那以后，日志里没有出现故障转移的事件。',
  },

  spread: {
    title: '各用了多久',
    lead: '横条：模拟运行的 10% 到 90%，竖线是中位数。实心点：这一次。空心点：这个页面上同类的其他几次。',
    after: (event) => `${event}（从恢复算起）`,
    table: '看表格',
    event: '事件',
    this: '这一次',
    model: '10% · 中位数 · 90%',
    real: '真实次数',
    test: '检验',
    strip: (event, real, p10, median, p90) =>
      `${event}：这一次 ${real} 秒；模拟 ${p10}、${median}、${p90} 秒（10%、中位数、90%）`,
    none: '–',
    same: (d, limit) => `D ${d}，界限 ${limit}：一致`,
    chance: (d, limit) => `D ${d}，界限 ${limit}：有别`,
    few: (have, need) =>
      `真实运行 ${have}/${need} 次：满 ${need} 次后检验两个分布是否一致（Kolmogorov–Smirnov）。`,
    tested: (real, simulated) =>
      `对 ${real} 次真实运行和 ${simulated} 次模拟做了 Kolmogorov–Smirnov 检验：D 是两条分布曲线之间的最大距离；全凭运气，二十次里也有一次会超过界限。`,
  },

  repeat: {
    title: '在真实节点上反复做',
    lead: '各主节点轮流来：出手，等其余节点恢复 ok，复原，等各节点看法一致；同一分片两次之间隔开四个多超时。',
    fault: { freeze: '冻结一个主节点', kill: '杀死一个主节点' },
    what: '做什么',
    times: '做几次',
    run: (count) => `做 ${count} 次`,
    stop: '做完这次就停',
    phase: {
      idle: '',
      resting: '等待平静',
      struck: '已出手，等待 ok',
      mending: '已复原，等待看法一致',
    },
    state: (done, of, phase) => `已做 ${done}/${of} 次 · ${phase}`,
    over: (done, of) => `已做 ${done}/${of} 次。`,
    lost: '提前结束：这个页面不能再操作集群了。',
    late: '提前结束：集群没有及时恢复完整。',
  },
};
