/** Words of the caption, in Chinese. */
import type { caption as English } from '../en/caption';

/** Behind the first few keys, how many there are in all; a space if these are all. */
function andMore(named: number, more: number): string {
  if (more === 0) return ' ';
  return ` 等 ${named + more} 个键`;
}

/** Behind the first few keys, how many there are in all. */
function inAll(named: number, more: number): string {
  return more === 0 ? '' : ` 等 ${named + more} 个键`;
}

export const caption: typeof English = {
  start: (nodes) => `${nodes} 个节点正在运行，各自保存一张节点表。`,
  inferred: '这是推断：没有亲眼看到，日志里也没有记。',
  calm: (nodes) => `${nodes} 个节点意见一致：槽位都有人负责，谁也不怀疑谁。`,
  meeting: (nodes) => `${nodes} 个节点正在运行，彼此还没有全部认识。`,
  freezes: (node) => `${node} 被冻结：内存原样保留，但不再回应任何人。`,
  wakes: (node) => `${node} 醒来，手里仍是冻结前的那张表。`,
  starts: (node) => `${node} 启动，还谁也不认识。`,
  dies: (node) => `${node} 被杀死，连接立刻全部断开。`,
  restarts: (node) => `${node} 从自己的 nodes.conf 重新启动。`,
  severalFreeze: (nodes, count) => `${count} 个节点同时冻结：${nodes}。`,
  severalDie: (nodes, count) => `${count} 个节点同时被杀死：${nodes}。`,
  cut: (a, b) => `${a} 与 ${b} 之间的链路断了。`,
  cuts: (count) => `网络被切开：${count} 条链路不再送达任何消息。`,
  healed: (a, b) => `${a} 与 ${b} 之间的链路恢复正常。`,
  healedAll: '所有链路都已恢复。',
  held: (a, b) => `${a} 与 ${b} 之间的消息被扣住。`,
  released: (a, b) => `${a} 与 ${b} 之间扣住的消息得以放行。`,
  slow: (a, b) => `${a} 与 ${b} 之间的链路变慢。`,
  oneWay: {
    cut: (a, b) => `${a} 发给 ${b} 的消息再也到不了，反方向仍然畅通。`,
    healed: (a, b) => `${a} 到 ${b} 方向的链路恢复正常。`,
    held: (a, b) => `${a} 发给 ${b} 的消息被扣住。`,
    released: (a, b) => `${a} 发给 ${b} 的消息得以放行。`,
    slow: (a, b) => `${a} 发给 ${b} 的消息变慢。`,
  },
  suspects: (at, about, timeout) => `${at} 等 ${about} 等了 ${timeout}，在自己的表里记上 PFAIL。`,
  files: (at, by, about, count) => `${by} 对 ${about} 的怀疑传到 ${at}，现有 ${count} 份报告。`,
  expires: (at, by, about) => `${at} 保存的 ${by} 对 ${about} 的报告已过期，不再计数。`,
  verdict: (at, about, count) =>
    `${at} 已有 ${count} 份报告，于是将 ${about} 标记为 FAIL，并告知所有节点。`,
  verdictWithOwn: (at, about, count) =>
    `${at} 有 ${count} 份报告，加上自己的怀疑，将 ${about} 标记为 FAIL 并广播。`,
  verdictOfMajority: (at, about) =>
    `过半的主节点都怀疑 ${about}。${at} 把它标记为 FAIL，并告诉所有节点。`,
  hearsVerdict: (at, about) => `${at} 得知定论，将 ${about} 标记为 FAIL。`,
  trusts: (at, about) => `${at} 收到 ${about} 的消息，打消了怀疑。`,
  clears: (at, about) => `${at} 收到 ${about} 的消息，撤销 FAIL。`,
  stands: (node, epoch) => `${node} 在纪元 ${epoch} 向所有主节点拉票。`,
  standsCaughtUp: (node, epoch) =>
    `${node} 已有主节点的每一次写入，于是在纪元 ${epoch} 向所有主节点拉票。`,
  electionExpires: (node, epoch) => `${node} 在纪元 ${epoch} 没有得到多数，选举过期。`,
  votes: (by, to, epoch) => `${by} 把纪元 ${epoch} 唯一的一票投给 ${to}。`,
  denies: (by, to, reason) => `${by} 不投票给 ${to}，也不作答复：${reason}。`,
  manual: {
    agreed: (node, master) => `${node} 收到手动故障转移命令，先请 ${master} 暂停客户端的写入。`,
    forced: (node, master) =>
      `${node} 收到强制故障转移命令：不与 ${master} 商量，但仍须得到多数选票。`,
    takeover: (node, master) => `${node} 收到接管命令，谁也不问，直接接替 ${master}。`,
  },
  pauses: (node, replica) => `${node} 让写入等待，好让 ${replica} 追上；读取照常。`,
  resumes: (node) => `${node} 结束暂停，没有命令在等待。`,
  resumesWith: (node, waiting) => `${node} 结束暂停，接着处理等待中的 ${waiting} 条命令。`,
  catchesUp: (node, offset) => `${node} 已读完主节点写下的一切，直到偏移量 ${offset}，可以参选。`,
  givesUp: (node) => `五秒已过，${node} 放弃这次手动故障转移。`,
  migrates: (node, from, to) => `${to} 已没有从节点，而 ${from} 还有别的，于是 ${node} 迁了过去。`,
  refusesTail: (node, replica, bytes) =>
    `${replica} 的写入流比 ${node} 收到的多出 ${bytes} 字节，这一段不在延续下来的历史里，${replica} 只能全量复制。`,
  losesKeys: (node, master, keys, more) =>
    `${node} 丢弃自己的数据，换成 ${master} 的副本。客户端写在这里的 ${keys.join('、')}${andMore(keys.length, more)}丢失了，尽管 ${node} 曾回复 OK。`,
  takesOver: (node, epoch) => `${node} 自行取得纪元 ${epoch}，接管主节点的槽位，没有经过投票。`,
  slotOpens: {
    migrating: (node, slot, peer) =>
      `${node} 开始把槽位 ${slot} 迁往 ${peer}；已不在手里的键，它让客户端去那边问。`,
    importing: (node, slot, peer) =>
      `${node} 准备从 ${peer} 接收槽位 ${slot}，只为先发 ASKING 的客户端服务。`,
  },
  slotCloses: (node, slot) => `${node} 关闭槽位 ${slot}。`,
  slotMoves: (node, slots, owner, epoch) =>
    node === owner
      ? `${node} 以纪元 ${epoch} 接管槽位 ${slots}，并告知所有节点。`
      : `${node} 得知槽位 ${slots} 以纪元 ${epoch} 归 ${owner}。`,
  keyMoves: (node, to, key) => `${to} 已对键 ${key} 回复 OK，${node} 删除自己的一份。`,
  wins: (node, epoch) => `${node} 在纪元 ${epoch} 得到多数，接管原主节点的槽位。`,
  demotes: (node, master) => `${node} 得知槽位已有新主，改做 ${master} 的从节点。`,
  replicates: (node, master) => `${node} 成为 ${master} 的从节点。`,
  stops: (node) => `${node} 无法再为集群服务：cluster_state 变为 fail。`,
  serves: (node) => `${node} 恢复服务：cluster_state 变为 ok。`,
  toolDone: (task) => `redis-cli --cluster ${task} 执行完毕。`,
  toolGivesUp: (task, code) => `redis-cli --cluster ${task} 结束，退出码 ${code}。`,
  delivers: (node, channel) => `${node} 把频道 ${channel} 上的消息交给自己的订阅者。`,
  moved: (node, slot, owner) => `槽位 ${slot} 不归 ${node}，它报出负责的节点：${owner}。`,
  ask: (node, slot, owner) => `${node} 正在迁出槽位 ${slot}，这一次请去问 ${owner}。`,
  redirects: (node, text) => `${node} 答复：${text}`,

  noMajorityTitle: '没有多数',
  noMajority: (size, needed, able, count) =>
    count === 0
      ? `${size} 个主节点持有槽位，须有 ${needed} 个同意，而现在一个也不剩。`
      : `${size} 个主节点持有槽位，须有 ${needed} 个同意，而现在只剩 ${able}。`,
  noMajoritySoWhat: '在此期间，不会再有谁被判 FAIL，也没有从节点能当选。',
  lossTitle: (count) => `丢失 ${count} 次已确认的写入`,
  loss: {
    'not-replicated': (by, owner) => `${by} 已回复 OK，还没复制到，${owner} 就接管了。`,
    'moved-away': (by, owner) => `${by} 已回复 OK，键后来迁走，${owner} 不知情就接管了槽位。`,
    'replaced-master': (by, owner) => `${by} 回复了 OK，但槽位早已归 ${owner}。`,
    'epoch-without-vote': (by, owner) => `${by} 已回复 OK，${owner} 用未经选举的纪元拿走了槽位。`,
  },
  lossKeys: (keys, more) => `${keys.join('、')}${inAll(keys.length, more)}。`,
  minorityTitle: '少数一侧停止服务',
  minority: (nodes, size, needed, count) =>
    `${nodes} 这一侧只能听到 ${size} 个主节点中的 ${count} 个，须有 ${needed} 个才成多数。`,
  minoritySoWhat: '它既不能判定 FAIL，也不能选举，不久便拒绝请求。',
};
