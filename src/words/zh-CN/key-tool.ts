/** Words of the slot tool, which follows a key through CRC16, in Chinese. */
import type { keyTool as English } from '../en/key-tool';

export const keyTool: typeof English = {
  name: 'CRC16',
  kind: 'XMODEM，多项式 0x1021',
  gist: '16 位寄存器，字节逐位搅入',
  region: '槽位工具',
  sealed: '先猜一个，再来这里看每一次移位。',
  key: '键',
  presets: '试试这些键',
  slot: (slot) => `槽位 ${slot}`,

  tag: {
    found: '哈希标签',
    none: '没有花括号：整个键参与计算',
    unclosed: '第一个 { 之后没有 }：整个键参与计算',
    empty: '第一对花括号里是空的：整个键参与计算',
  },
  notHashed: '不参与计算',
  keySays: (before, hashed, after) =>
    before + after === ''
      ? `${hashed} 整个参与计算。`
      : `${before}${hashed}${after} 中只有 ${hashed} 参与计算。`,
  emptyKey: '没有字节，也就没有移位：寄存器始终为 0。',
  cut: (shown, all) => `这里只画出 ${all} 个字节中的前 ${shown} 个，结果仍按全部字节计算。`,

  steps: '逐次查看移位',
  byteBack: '上一个字节',
  shiftBack: '上一次移位',
  play: '连续播放移位',
  pause: '暂停',
  shiftOn: '下一次移位',
  byteOn: '下一个字节',
  shiftsDone: (count) => `/ ${count} 次移位`,

  begin: '第一次移位之前',
  beginNote: '寄存器从全 0 开始。',
  shiftOf: (byte, shift) => `字节 ${byte}，移位 ${shift}/8`,
  byteIn: '字节异或进高 8 位',
  register: '寄存器',
  shifted: '左移一位',
  polynomial: '异或多项式',
  noPolynomial: '不异或',
  topBitOne: '最高位为 1：左移，再异或。',
  topBitZero: '最高位为 0：只左移。',
  allDone: (count) => `${count} 次移位之后`,
  crc: (text) => `CRC16(${text})`,
  mask: '取低 14 位：AND 0x3FFF',
  modulo: 'mod 16384',
  liesIn: (range) => `落在 ${range}：`,
  serves: '负责',
  nobody: '没有节点负责这个槽位。',

  bytes: {
    title: '逐个字节',
    byte: '字节',
    hex: 'Hex',
    register: '寄存器',
    slot: '槽位',
    owner: '节点',
    withoutLast: (slot, node) => `少了最后一个字节，这个键会落在 ${node} 的槽位 ${slot}。`,
    goTo: (byte) => `跳到字节 ${byte} 处理完的时刻`,
  },

  sameTag: {
    title: '标签相同，槽位相同',
    choose: (key) => `改看 ${key}`,
  },

  tape: {
    name: '每次移位后的寄存器',
    high: '高字节',
    low: '低字节',
    xor: '此处异或',
    gist: '每一列是一次移位后的寄存器。红点表示这次移位前最高位是 1。',
    page: (first, last, all) => `第 ${first} 到 ${last} 个字节，共 ${all} 个。`,
    at: (done, all, byte, register) =>
      `${all} 次移位中的第 ${done} 次，字节 ${byte}，寄存器 ${register}`,
    atBegin: (all) => `共 ${all} 次移位，尚未开始，寄存器 0x0000`,
    byteSays: (byte, register, xors) =>
      `字节 ${byte}：发生异或的移位：${xors}；寄存器 ${register}。`,
    noXor: '无',
    enlarge: '在底栏展开位图',
    back: '返回时间线',
  },
};
