/** Words of the slot tool, which follows a key through CRC16, in English. */
export const keyTool = {
  name: 'CRC16',
  kind: 'XMODEM, polynomial 0x1021',
  gist: 'a 16-bit register; each byte is stirred in, bit by bit',
  region: 'Slot tool',
  sealed: 'Take your guess first. Then every shift is here to see.',
  key: 'Key',
  presets: 'Keys to try',
  slot: (slot: number) => `slot ${slot}`,

  tag: {
    found: 'the hash tag',
    none: 'no braces: all of it is hashed',
    unclosed: 'no } after the first {: all of it is hashed',
    empty: 'nothing in the first { }: all of it is hashed',
  },
  notHashed: 'not hashed',
  keySays: (before: string, hashed: string, after: string) =>
    before + after === ''
      ? `All of ${hashed} is hashed.`
      : `Of ${before}${hashed}${after} only ${hashed} is hashed.`,
  emptyKey: 'No bytes, no shifts: the register stays 0.',
  cut: (shown: string, all: string) =>
    `The first ${shown} of ${all} bytes are followed here. The result counts them all.`,

  steps: 'Move through the shifts',
  byteBack: 'Previous byte',
  shiftBack: 'Previous shift',
  play: 'Play the shifts',
  pause: 'Pause',
  shiftOn: 'Next shift',
  byteOn: 'Next byte',
  shiftsDone: (count: string) => `of ${count} shifts`,

  begin: 'Before the first shift',
  beginNote: 'The register starts with zeros.',
  shiftOf: (byte: string, shift: number) => `Byte ${byte}, shift ${shift} of 8`,
  byteIn: 'the byte enters the high half',
  register: 'register',
  shifted: 'shifted left',
  polynomial: 'XOR polynomial',
  noPolynomial: 'no XOR',
  topBitOne: 'Top bit 1: shift left, then XOR.',
  topBitZero: 'Top bit 0: shift left, done.',
  allDone: (count: string) => `After all ${count} shifts`,
  crc: (text: string) => `CRC16(${text})`,
  mask: 'keep 14 bits: AND 0x3FFF',
  modulo: 'mod 16384',
  liesIn: (range: string) => `lies in ${range}:`,
  serves: 'serves it',
  nobody: 'No node serves this slot.',

  bytes: {
    title: 'Byte by byte',
    byte: 'byte',
    hex: 'hex',
    register: 'register',
    slot: 'slot',
    owner: 'on',
    withoutLast: (slot: number, node: string) =>
      `Without its last byte the key would have slot ${slot}, on ${node}.`,
    goTo: (byte: string) => `Go to the end of byte ${byte}`,
  },

  sameTag: {
    title: 'Same tag, same slot',
    choose: (key: string) => `Follow ${key}`,
  },

  tape: {
    name: 'The register after each shift',
    high: 'high byte',
    low: 'low byte',
    xor: 'XOR here',
    gist: 'Each column is the register after one shift. A red dot marks a shift whose top bit was 1.',
    page: (first: number, last: number, all: number) => `Bytes ${first} to ${last} of ${all}.`,
    at: (done: number, all: number, byte: string, register: string) =>
      `${done} of ${all} shifts, byte ${byte}, register ${register}`,
    atBegin: (all: number) => `0 of ${all} shifts, register 0x0000`,
    byteSays: (byte: string, register: string, xors: string) =>
      `Byte ${byte}: XOR at shifts ${xors}; register ${register}.`,
    noXor: 'none',
    enlarge: 'Show the bits in the dock',
    back: 'Back to the timeline',
  },
};
