/** Words of everything that can be done to the cluster, in Chinese. */
import type { deeds as English } from '../en/deeds';

const list = (nodes: readonly string[]): string => nodes.join('、');

export const deeds: typeof English = {
  did: {
    freeze: (node) => `冻结 ${node}`,
    wake: (node) => `唤醒 ${node}`,
    kill: (node) => `杀掉 ${node}`,
    restart: (node) => `重启 ${node}`,
    start: (node) => `启动新进程 ${node}`,
    cut: (link) => `切断 ${link}`,
    heal: (link) => `修复 ${link}`,
    hold: (link) => `扣住消息 ${link}`,
    release: (link) => `放行消息 ${link}`,
    delay: (link, time) => `${link} 变慢 ${time}`,
    healAll: '修复所有连接',
    drop: (link, count, type) =>
      count === 1
        ? `丢弃下一条${type === null ? '消息' : ` ${type}`} ${link}`
        : `丢弃接下来 ${count} 条${type === null ? '消息' : ` ${type}`} ${link}`,
    dropMessage: (message) => `丢弃 ${message}`,
    holdMessage: (message) => `扣住 ${message}`,
    releaseMessage: (message) => `放行 ${message}`,
    delayMessage: (message, time) => `${message} 推迟 ${time}`,
    duplicateMessage: (message) => `${message} 发送两次`,
    partition: (sides, rest) =>
      `网络分区：${[...sides.map(list), ...(rest ? ['其余节点'] : [])].join(' | ')}`,
    write: (client, perSecond, time) => `${client} 每秒最多写 ${perSecond} 个键，持续 ${time}`,
    answer: (text) => `回答“${text}”`,
    interrupt: '中断 redis-cli（Ctrl-C）',
    oneMessage: (number) => `消息 ${number}`,
  },
  undo: '撤销',
  undoOf: (deed) => `撤销：${deed}`,
  typedAs: (sentence) => `命令写法：${sentence}`,
  without: (deed) => `没有：${deed}`,
  undone: (deed) => `已撤销：${deed}。原来的未来保留在“未来”中。`,

  menuOfMessage: (message) => `对 ${message} 做什么`,
  more: (what) => `可以对 ${what} 做什么`,
  openMessage: '打开查看',
  drop: '丢弃',
  holdBack: '扣住',
  letGo: '放行',
  delayBy: (time) => `推迟 ${time}`,
  sendTwice: '发送两次（TCP 不会这样）',
  cutOff: '与其他节点全部断开',
  cutTo: (from, to) => `只切断 ${from} → ${to}`,
  holdTo: (from, to) => `只扣住 ${from} → ${to}`,
  slowBy: (time) => `变慢 ${time}`,
  dropNext: (from, to) => `丢弃下一条 ${from} → ${to}`,
  healWhole: '修复',
  timeout: '节点超时',
  setTimeout: (node) => `${node} 的节点超时（毫秒）`,
  set: '设置',
  addReplica: (node) => `为 ${node} 添加从节点`,
  actOn: (node) => `对 ${node} 做点什么`,
  failover: '接替它的主节点',

  cutLine: '画线切断',
  cutLineHint: '在环上画一条线，两侧的节点从此互不相通。按 Esc 放弃。',
  cutsOff: (few) => `断开 ${list(few)}`,
  bothSides: (one, other) => `${list(one)} | ${list(other)}`,
  cutsNobody: '节点都在同一侧，不会切断',
  linksCut: (time) => `连接已断 ${time}`,

  grow: '扩容与写入',
  addMaster: '添加主节点',
  addReplicaHere: (node) => `为 ${node} 添加从节点`,
  startOnly: (node) => `只启动 ${node}`,
  spreadSlots: '给新主节点分槽位',
  addKey: '写一个键',
  keyName: '键',
  keyValue: '值',
  stream: '持续写入',
  streamRate: '每秒键数',
  streamFor: '秒数',
  streamGo: '写入',
  streamNote: '逐个写入：每条 SET 等到回复再写下一条，最多等 2 s。',

  partition: '网络分区',
  partitionHint: '选出一侧的节点，或在环上画一条线。',
  partitionGo: (nodes) => (nodes.length === 0 ? '断开所选节点' : `断开 ${list(nodes)}`),
  sideOf: '一侧的节点',

  writes: '写入',
  streamLine: (client, acknowledged, sent) =>
    `${client}：${sent} 次写入，${acknowledged} 次得到确认`,
  refused: (count) => `${count} 次被拒`,
  unanswered: (count) => `${count} 次无回复`,
  lost: (count) => `丢失 ${count} 次已确认的写入`,
  noneLost: (count) => `${count} 次写入得到确认，没有丢失`,
  lostShort: (count) => `丢失 ${count}`,
  moreLost: (count) => `还有 ${count} 次`,
  lostWhy: {
    'not-replicated': (by, owner) => `${by} 已回复 OK，但没复制到，${owner} 就接管了`,
    'replaced-master': (by, owner) => `${by} 回复 OK 时，槽位已归 ${owner}`,
    'epoch-without-vote': (by, owner) => `${by} 已回复 OK，${owner} 用未经选举的纪元拿走了槽位`,
  },

  wrong: {
    noMessage: (number) => `消息 ${number} 此刻不在途中。`,
    nearestMessages: (numbers) => `此刻在途的消息：${numbers}。`,
    nothingFlies: '此刻没有消息在途；请先走到有消息的时刻。',
    notHeld: (number) => `消息 ${number} 没有被扣住。`,
  },
};
