/** Words of the terminal, in Chinese. */
import type { terminal as English } from '../en/terminal';

export const terminal: typeof English = {
  follow: '跟随重定向（-c）',
  followOn: 'redis-cli 会跟随 MOVED 和 ASK',
  followOff: 'redis-cli 只打印 MOVED 和 ASK，不跟随',
  port: '连接到哪个节点',
  prompt: '输入命令',
  placeholder: '输入命令，按 Tab 看有哪些',
  hint: 'Tab 补全，↑ 和 ↓ 找回输入过的命令。',
  options: '可补全为',
  waiting: (node) => `等待 ${node} ……`,
  frozen: (node) => `${node} 已冻结：唤醒后才会回复。这期间输入的命令会排队等候。`,
  notHere: '这一步不能输入命令。',
  past: '现在是在过去：在这里输入，会从此处分出另一个未来。',
  connected: (node) => `已连接到 ${node}`,
  unknownPort: (port, nodes) => `没有节点监听 ${port}，现有 ${nodes}。`,
  wire: '线路上的每个字节',
  nothingYet: '还没有发送过什么。',
  talk: (number, from, to) => `${number} ${from} 到 ${to}`,
  inFlight: '在途中',
  card: {
    knows: (slots) => `知道 16\u2009384 个槽位中的 ${slots} 个`,
    knowsNothing: '还不知道任何槽位',
    connected: '已连接',
    nowhere: '无',
    redirects: '重定向次数',
    follows: '重定向',
    followed: '跟随',
    notFollowed: '打印',
  },
};
