/** 各节点视角对比页的文字：同一时刻，每个节点一个环。 */
import type { views as En } from '../en/views';

const range = (first: number, last: number): string =>
  first === last ? `槽位 ${first}` : `槽位 ${first}–${last}`;

export const views: typeof En = {
  back: '回到单一视角',
  region: '每个节点相信什么',
  title: (tables) => `同一时刻，${tables} 张表`,
  titleOfKinds: (nodes, kinds) => `同一时刻，${nodes} 张表，${kinds} 种说法`,
  lead: (clock) => `${clock}。墨色是发生了什么，彩色是各节点记下了什么。`,
  agree: (nodes) => `${nodes} 张表完全一致。`,
  alike: (nodes) => `${nodes} 个节点一致`,
  each: (head) => head,
  andMore: (names, count) => `${names} 等，另有 ${count} 个`,
  take: (node) => `以 ${node} 的视角看集群`,
  name: (node, head, basis) => (basis === '' ? `${node} ${head}。` : `${node} ${head}，${basis}。`),
  list: (names) => names.join('、'),

  frozen: (clock) => `于 ${clock}冻结，眼中仍一切正常`,
  frozenWith: (clock, doubts) => `于 ${clock}冻结，当时记着 ${doubts}`,
  killed: (clock) => `于 ${clock}被杀，当时一切正常`,
  killedWith: (clock, doubts) => `于 ${clock}被杀，当时记着 ${doubts}`,
  doubt: (about, flag) => `${about} ${flag}`,
  waits: (epoch) => `稍候即参选，纪元 ${epoch}`,
  asks: (epoch) => `在纪元 ${epoch} 拉票`,
  newOwner: (first, last, owner) => `认为${range(first, last)} 归 ${owner}`,
  oldOwner: (first, last, owner) => `仍认为${range(first, last)} 归 ${owner}`,
  noOwner: (first, last) => `认为${range(first, last)} 无人负责`,
  fail: (about, count, own) =>
    own ? `有 ${count} 份报告，加上自己的怀疑：${about} FAIL` : `有 ${count} 份报告：${about} FAIL`,
  failHeard: (about) => `收到定论：${about} FAIL`,
  suspects: (about) => `怀疑 ${about}`,
  isDoubted: (flag) => `不知道别的节点已把它记为 ${flag}`,
  unnoticed: '毫无察觉',
  told: (about) => `自己并不怀疑 ${about}`,
  knows: (count, all) => `认识 ${all} 个节点中的 ${count} 个`,
  calm: '谁都不怀疑',

  asOf: (clock) => `消息停在 ${clock}`,
  lastTable: '这是它最后的表',
  votes: (count, needed) => `${count} / ${needed} 张选票`,
  telling: '正在告诉其他节点',
  since: (time) => `已有 ${time}`,
  onFile: (count) => (count === 0 ? '还没有报告' : `已有 ${count} 份报告`),
  unanswered: (time) => `PING 已 ${time}无回应`,
  heard: (about, time) => `${time}前收到过 ${about} 的消息`,
  underEpoch: (epoch) => `configEpoch ${epoch}`,
  refuses: 'cluster_state 为 fail，拒绝请求',
};
