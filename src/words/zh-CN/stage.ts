/** Words of the stage, in Chinese. */
import type { stage as English } from '../en/stage';

export const stage: typeof English = {
  name: '集群：一圈槽位',

  seconds: (amount) => `${amount}\u00a0秒`,
  milliseconds: (amount) => `${amount}\u00a0毫秒`,

  slowBy: (time) => `+${time}`,
  messageLabel: (type, from, to) => `${type}，从 ${from} 到 ${to}`,
  carries: (about) => `携带对 ${about} 的怀疑`,

  master: '主节点',
  replicaOf: (master) => `${master} 的从节点`,
  replica: '从节点',
  slotRange: (first, last) => (first === last ? `槽位 ${first}` : `槽位 ${first} 到 ${last}`),
  noSlots: '没有槽位',
  saysSince: (observer, flag, time) => `${observer} 自 ${time} 起认为它 ${flag}。`,
  says: (observer, flag) => `${observer} 认为它 ${flag}。`,
  mostSay: (flag) => `多数节点认为它 ${flag}。`,
  processFrozen: '进程已冻结。',
  processKilled: '进程已被杀死。',
  handshake: '正在握手，尚未加入。',
  unknownTo: (observer) => `${observer} 还不认识它。`,
  isViewpoint: '当前视角。',
  comma: '，',
  stop: '。',
};
