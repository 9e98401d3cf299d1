import { describe, expect, test } from 'vitest';
import type { Input } from '../../kernel/inputs';
import { parseAction } from '../../lesson/actions';
import { deeds as en } from '../../words/en/deeds';
import { deeds as zh } from '../../words/zh-CN/deeds';
import { deedText } from './deed-text';

function input(sentence: string): Input {
  const parsed = parseAction(sentence);
  if (!parsed.ok || parsed.timed.action.type !== 'input') throw new Error(sentence);
  return parsed.timed.action.input;
}
const messageText = (id: number) => (id === 42 ? 'PONG 8904 → 8901' : null);
const told = (sentence: string, say: typeof en = en) =>
  deedText(input(sentence), { say, messageText }).replaceAll('\u00a0', ' ');

describe('what was done, as a sentence', () => {
  test.each([
    ['freeze 8901', 'Freeze 8901', '冻结 8901'],
    ['start 8907', 'Start a new process, 8907', '启动新进程 8907'],
    ['cut 8901-8902', 'Cut 8901 – 8902', '切断 8901 – 8902'],
    ['cut 8901>8902', 'Cut 8901 → 8902', '切断 8901 → 8902'],
    ['heal all', 'Heal every link', '恢复所有链路'],
    ['delay 8901-8902 500ms', 'Slow 8901 – 8902 by 500 ms', '8901 – 8902 变慢 500 毫秒'],
    ['drop 8901>8902', 'Drop the next message 8901 → 8902', '丢弃下一条消息 8901 → 8902'],
    [
      'drop 8901>8902 2 PING',
      'Drop the next 2 PINGs 8901 → 8902',
      '丢弃接下来 2 条 PING 8901 → 8902',
    ],
    ['drop message 42', 'Drop PONG 8904 → 8901', '丢弃 PONG 8904 → 8901'],
    ['hold message 7', 'Hold back message 7', '扣住 消息 7'],
    ['delay message 42 2s', 'Delay PONG 8904 → 8901 by 2 s', 'PONG 8904 → 8901 推迟 2 秒'],
    ['duplicate message 42', 'Send PONG 8904 → 8901 twice', 'PONG 8904 → 8901 发送两次'],
    [
      'partition 8901,8904 | rest',
      'Partition: 8901, 8904 | the rest',
      '网络分区：8901、8904 | 其余节点',
    ],
    [
      'write 5/s for 20s',
      'w1 writes up to 5 keys a second for 20 s',
      'w1 每秒最多写 5 个键，持续 20 秒',
    ],
    ['cli 8902 SET a 1', '8902> SET a 1', '8902> SET a 1'],
    ['cli -c GET a', 'c1> GET a', 'c1> GET a'],
    ['answer yes', 'Answer “yes”', '回答“yes”'],
    [
      'redis-cli --cluster check 127.0.0.1:8901',
      'redis-cli --cluster check 127.0.0.1:8901',
      'redis-cli --cluster check 127.0.0.1:8901',
    ],
  ])('%s', (sentence, english, chinese) => {
    expect(told(sentence)).toBe(english);
    expect(told(sentence, zh)).toBe(chinese);
  });
});
