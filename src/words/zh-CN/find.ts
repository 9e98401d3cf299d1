import type { find as en } from '../en/find';

export const find: typeof en = {
  placeholder: '查找节点或槽位',
  name: '查找节点、槽位，或键所在的槽位',
  results: '查找结果',
  master: '主节点',
  replicaOf: (master) => `${master} 的从节点`,
  replica: '从节点',
  slot: (slot) => `槽位 ${slot} 的主人`,
  key: (key, slot) => `键 ${key}，槽位 ${slot}`,
  nobodys: (slot) => `没有节点服务槽位 ${slot}。`,
  none: (text, first, last) =>
    `没有端口包含 ${text}：端口从 ${first} 到 ${last}，槽位从 0 到 16383。`,
  chooseView: (now) => `当前视角：${now}。选择画谁的表`,
  shard: (number) => `分片 ${number}`,
  seeAs: (node, shard) => `用 ${node}（分片 ${shard} 的主节点）的视角看`,
};
