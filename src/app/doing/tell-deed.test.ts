import { expect, test } from 'vitest';
import type { Input } from '../../kernel/inputs';
import { deeds as en } from '../../words/en/deeds';
import { deeds as zh } from '../../words/zh-CN/deeds';
import { whatComes } from './tell-deed';

const messageText = (id: number): string | null => (id === 7 ? 'PONG 8902 → 8904' : null);
const drop = { type: 'drop', from: '8901', to: '8902', count: 2 } as const;
const CASES: readonly (readonly [Input, string, string])[] = [
  [
    { type: 'drop-message', message: 7 },
    'PONG 8902 → 8904 will be lost, and its connection with it.',
    'PONG 8902 → 8904 将会丢失，它的连接也随之断开。',
  ],
  [
    { type: 'hold-message', message: 7 },
    'PONG 8902 → 8904 will be held back where it would arrive.',
    'PONG 8902 → 8904 将在送达之前被扣住。',
  ],
  [
    { type: 'delay-message', message: 7, addMs: 500 },
    'PONG 8902 → 8904 will come 500\u00a0ms later.',
    'PONG 8902 → 8904 将推迟 500\u00a0毫秒送达。',
  ],
  [
    { ...drop, messageType: 'PING' },
    'From now on: drop the next 2 PINGs 8901 → 8902.',
    '从现在起：丢弃接下来 2 条 PING 8901 → 8902。',
  ],
  [
    { type: 'write', client: 'w1', perSecond: 5, durationMs: 20_000 },
    'From now on: w1 writes up to 5 keys a second for 20\u00a0s.',
    '从现在起：w1 每秒最多写 5 个键，持续 20\u00a0秒。',
  ],
];

test.each(CASES)('%o: what will come of it', (deed, english, chinese) => {
  expect(whatComes(deed, messageText, en)).toBe(english);
  expect(whatComes(deed, messageText, zh)).toBe(chinese);
});

test.each<Input>([
  { type: 'freeze', node: '8901' },
  { type: 'drop-message', message: 8 },
])('%o: nothing to say', (deed) => {
  expect(whatComes(deed, messageText, en)).toBeNull();
});
