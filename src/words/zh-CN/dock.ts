/** Words of the dock, in Chinese. */
import type { dock as English } from '../en/dock';

export const dock: typeof English = {
  dock: '时间',
  virtual: '虚拟时间',
  beatBack: '上一拍',
  eventBack: '上一个事件',
  play: '播放',
  pause: '暂停',
  eventOn: '下一个事件',
  beatOn: '下一拍',
  speed: '速度',
  speedTimes: (times) => `${times}×`,
  speedName: (times) => `虚拟时间的 ${times} 倍速`,
  otherSpeeds: '其他速度',
  toNextBeat: '逐拍',
  toNextBeatName: '播放到下一拍后停下',
  show: '显示',
  key: '关键',
  all: '全部',
  keyName: '突出起决定作用的消息',
  allName: '所有消息同等显示',
  event: (step) => `事件 ${step}`,
  hash: (start) => `哈希 ${start}`,
  hashName: (hash) => `世界的哈希值 ${hash}。世界相同，哈希就相同。点按可复制。`,
  copied: '已复制',
};
