/** What was wrong with a sentence, and the one line that says so. */
import type { LessonLocale } from './lesson';
import { nearestWord } from './nearest-word';

export type Expected =
  | 'action'
  | 'node'
  | 'link'
  | 'direction'
  | 'duration'
  | 'count'
  | 'message'
  | 'one-message'
  | 'number'
  | 'side'
  | 'sides'
  | 'other-side'
  | 'comma'
  | 'port'
  | 'rate'
  | 'length'
  | 'client'
  | 'view'
  | 'command'
  | 'subcommand'
  | 'option'
  | 'condition'
  | 'quote'
  | 'end';

export interface ActionError {
  /** The word that was found; null when the sentence ended too early. */
  readonly found: string | null;
  /** Offset in the sentence where it went wrong. */
  readonly column: number;
  readonly expected: Expected;
  /** Words, or examples, that would do. */
  readonly allowed: readonly string[];
  readonly nearest: string | null;
}

/** An error about `found`, with the nearest of the allowed words. */
export function actionError(
  found: { text: string; column: number },
  expected: Expected,
  allowed: readonly string[],
): ActionError {
  const nearest = nearestWord(found.text, allowed);
  return { found: found.text, column: found.column, expected, allowed, nearest };
}

/** One line for a person: the wrong word, the nearest valid one, and what is allowed there. */
export function printActionError(error: ActionError, locale: LessonLocale = 'en'): string {
  return locale === 'en' ? printEnglish(error) : printChinese(error);
}

/** What is named in a sentence that is the same for all of them. */
type Named = Exclude<Expected, 'comma'>;

const ENGLISH: Readonly<Record<Named, string>> = {
  action: 'an action',
  node: 'a node of this scene',
  link: 'a link',
  direction: 'one direction of a link',
  duration: 'a length of time',
  count: 'a number of messages, 1 to 1000,',
  message: 'a message type',
  'one-message': 'the word “message”',
  number: 'the number of a message',
  side: 'a list of nodes, or “rest”',
  sides: 'a bar between two sides',
  'other-side': 'on one side only',
  port: 'a free port for a new node',
  rate: 'a rate, 1/s to 100/s',
  length: 'the word “for”',
  client: 'a client',
  view: 'a point of view',
  command: 'a command',
  subcommand: 'a subcommand of redis-cli --cluster',
  option: 'an option of redis-cli --cluster',
  condition: 'a condition',
  quote: 'a closing quote',
  end: 'the end of the sentence',
};

const CHINESE: Readonly<Record<Named, string>> = {
  action: '动作',
  node: '本场景的节点',
  link: '连接',
  direction: '连接的一个方向',
  duration: '时长',
  count: '消息条数（1 到 1000）',
  message: '消息类型',
  'one-message': '“message” 一词',
  number: '消息编号',
  side: '节点列表，也不是“rest”',
  sides: '分隔两侧的竖线',
  'other-side': '只在一侧的节点',
  port: '可供新节点使用的空闲端口',
  rate: '写入速率（1/s 到 100/s）',
  length: '“for” 一词',
  client: '客户端',
  view: '视角',
  command: '命令',
  subcommand: 'redis-cli --cluster 的子命令',
  option: 'redis-cli --cluster 的选项',
  condition: '条件',
  quote: '右引号',
  end: '句子结尾',
};

/** Commands of Redis are known by their capitals, the commonest also without. */
const COMMAND = /^(?:[A-Z]{3,}|get|set|mget|mset|del|incr|info|keys|config|cluster)$/;

/** A command that was typed as at redis-cli, where the node is known already. */
const lacksNode = ({ found, expected }: ActionError): boolean =>
  expected === 'action' && found !== null && COMMAND.test(found);

function printEnglish(error: ActionError): string {
  const { found, expected, allowed, nearest } = error;
  if (lacksNode(error)) {
    return `${found} is a command: say first which node gets it, as in cli 8901 ${found} ….`;
  }
  if (expected === 'quote') return 'A quote opens and does not close, or text follows it directly.';
  if (expected === 'comma') {
    return `Nodes of one side are joined by a comma: ${allowed[0]}. A bar goes between two sides.`;
  }
  if (expected === 'end') return `Nothing may follow here, but I found "${found}".`;
  const what = ENGLISH[expected];
  const problem =
    found === null
      ? `The sentence ends where ${what} is expected.`
      : `"${found}" is not ${what.replace(/,$/, '')}.`;
  const guess = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return `${problem}${guess}${allowed.length > 0 ? ` Allowed: ${allowed.join(', ')}.` : ''}`;
}

function printChinese(error: ActionError): string {
  const { found, expected, allowed, nearest } = error;
  if (lacksNode(error)) return `${found} 是命令：先说发给哪个节点，例如 cli 8901 ${found} …。`;
  if (expected === 'quote') return '引号没有闭合，或者引号后面紧跟着文字。';
  if (expected === 'comma') {
    return `同一侧的节点用逗号连接：${allowed[0]}；两侧之间用竖线隔开。`;
  }
  if (expected === 'end') return `这里应当结束，却出现了“${found}”。`;
  const what = CHINESE[expected];
  const problem = found === null ? `句子不完整，这里缺少${what}。` : `“${found}”不是${what}。`;
  const guess = nearest === null ? '' : `是不是 ${nearest}？`;
  return `${problem}${guess}${allowed.length > 0 ? `可用：${allowed.join('、')}。` : ''}`;
}
