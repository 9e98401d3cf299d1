/** Words of what a node believes and why, in Chinese. */
import type { belief as English } from '../en/belief';

export const belief: typeof English = {
  fields: {
    title: '各个字段',
    node: '这一行说的是谁：这里用端口表示，redis-server 里是 40 个字符的节点名。',
    flags: '节点的身份，以及这张表对它的判断：fail? 即 PFAIL，fail 即 FAIL。',
    slots: '这张表认为归它的槽位；从节点则写明主节点是谁。',
    epoch: 'configEpoch：两个节点争同一个槽位时，大者为准。',
    ping: 'ping_sent：PING 已等待 PONG 多久；没有等待时为空。',
    pong: 'pong_received：上一个 PONG 距今多久。',
    link: 'link_state：本节点到对方的连接是否建立。',
  },
  flags: {
    myself: 'myself：这张表的主人',
    master: 'master：主节点，可以拥有槽位，有槽位才有投票权',
    slave: 'slave：从节点，复制主节点，可以接替它',
    'fail?': 'fail?（PFAIL）：只是本节点自己的怀疑',
    fail: 'fail：多数主节点认为它已下线',
    handshake: 'handshake：已经见面，还没有互相信任',
    noaddr: 'noaddr：不知道它的地址',
    nofailover: 'nofailover：它不会尝试接替',
    noflags: 'noflags：对它一无所知',
  },
  dissent: (others, held) => `${others} 的看法不同：${held}`,
  dissentOne: (other, held) => `${other} 的看法不同：${held}`,
  sameEverywhere: '所有运行中的节点看法一致。',
  differs: '其他节点看法不同',
  folded: (count) => `${count} 个状态正常的节点，已收起`,
  fold: (count) => `收起 ${count} 个状态正常的节点`,

  ports: {
    title: '地址与端口',
    host: (host, bridge) =>
      `一台宿主机：从外面看是 ${host}，从容器里看是 ${bridge}。它发布的端口通向监听同一端口的容器。`,
    node: '容器',
    published: '已发布',
    told: (observer) => `${observer} 以为它在`,
    unknown: '不知道',
    isOpen: '，已发布',
    isClosed: '，未发布',
    ways: {
      reaches: '能到达',
      other: '到的是另一个节点',
      refused: '连接被拒绝',
      silence: '没有任何回音',
      unknown: '无处可去',
    },
    key: (outsider) =>
      outsider === null
        ? '✓ 能到达，✕ 被拒绝，… 没有回音。'
        : `✓ 能到达，✕ 被拒绝，… 没有回音。节点拨的是总线端口；另一台机器上的 ${outsider} 拨的是重定向给出的数据端口。`,
  },

  reports: {
    title: (about, at) => `${at} 存有的报告，关于 ${about}`,
    left: (time) => `剩余 ${time}`,
    ownCounts: (at) => `自己的 PFAIL：${at} 是主节点，算一份`,
    ownDoesNot: (at) => `自己的 PFAIL：${at} 是从节点，不算`,
    in: (count, needed) => `已有 ${count} 份，需要 ${needed} 份`,
    inSealed: (count) => `已有 ${count} 份`,
    openMessage: (by) => `打开 ${by} 的这条消息`,
    unknownMessage: '没有记录到是哪条消息说的。',
    since: (time) => `自 ${time}`,
  },

  origin: {
    pfail: (time) => `${time} 起 PFAIL：它自己的 PING 超过节点超时仍无回应。`,
    failTold: (time, by) => `${time} 起 FAIL，由 ${by} 告知。`,
    failCounted: (time, by) => `${time} 起 FAIL：${by} 的报告凑成了多数。`,
    failOwn: (time) => `${time} 起 FAIL：它自己的怀疑凑成了多数。`,
    openMessage: '打开那条消息',
    goThere: '前往',
  },

  votes: {
    title: (candidate, epoch) => `${candidate} 请求投票，纪元 ${epoch}`,
    needed: (counted, needed) => `已得 ${counted} 票，需要 ${needed} 票`,
    won: '当选',
    expired: '已过期',
    asked: '已请求',
    granted: '投了它，选票在途中',
    counted: '投了它',
    denied: (reason) => `拒绝：${reason}`,
    cannot: '无法回应',
    noReply: '拒绝只写进日志，不会发出任何回复。',
    openRequest: (voter) => `打开发给 ${voter} 的请求`,
    openVote: (voter) => `打开 ${voter} 的选票`,
    goTo: (time) => `前往 ${time}`,
  },

  dock: {
    log: (node) => `${node} 的日志`,
    events: '全部事件',
    which: '哪个列表',
  },
};
