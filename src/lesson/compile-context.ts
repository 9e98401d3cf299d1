/** Turns sentences and expressions of a lesson file into data, and collects what is wrong. */
import type { Input, TimedInput } from '../kernel/inputs';
import type { NodeName } from '../protocol/ids';
import { SLOT_COUNT } from '../protocol/ids';
import { printActionError } from './action-error';
import { parseAction, verbOf, type Action, type TimedAction, type Verb } from './actions';
import { compileCondition } from './conditions';
import { PANELS, type Highlight, type Panel } from './lesson';
import { nodesNamedIn } from './named-nodes';
import { nearestWord } from './nearest-word';
import { MESSAGE_TYPES } from './sentence-reader';
import { guess, problem, type Problem, type ProblemCode } from './problem';
import type { Path, YamlFile } from './yaml-file';

const HIGHLIGHTS = ['node', 'log', 'link', 'row', 'reports', 'slot', 'range', 'message', 'panel'];

export class CompileContext {
  readonly problems: Problem[] = [];
  readonly yaml: YamlFile;
  /** Names of the scene at hand. */
  nodes: readonly NodeName[] = [];
  /** How many lines the log of the scene at hand has; 0 where nothing but the simulator speaks. */
  logLines = 0;
  /** Names of all scenes. */
  everyNode: readonly NodeName[] = [];
  allow: readonly Verb[] | null = null;

  readonly slug: string;
  readonly files: Readonly<Record<string, string>>;

  /** `files` are those of the lesson's folder, by name. */
  constructor(yaml: YamlFile, slug = '', files: Readonly<Record<string, string>> = {}) {
    this.yaml = yaml;
    this.slug = slug;
    this.files = files;
  }

  report(code: ProblemCode, path: Path, en: string, zh: string): void {
    this.problems.push(problem(code, this.yaml.at(path), en, zh));
  }

  /** Sentences of a step: what is done there, one after the other, without a time of its own. */
  actions(sentences: readonly string[], path: Path): Action[] {
    return this.timed(sentences, path).flatMap(({ atMs, action }, i) => {
      if (atMs === null) return [action];
      const en = 'A step waits for events, not for times: use “run until …” or “run for …”.';
      const zh = '步骤等的是事件而不是时刻：请用“run until …”或“run for …”。';
      this.report('E01', [...path, i], en, zh);
      return [];
    });
  }

  /** What a scene does by itself; each sentence says when. */
  timedInputs(sentences: readonly string[], path: Path): TimedInput[] {
    return this.timed(sentences, path).flatMap(({ atMs, action }, i) => {
      if (atMs !== null && action.type === 'input') return [{ atMs, input: action.input }];
      const en = 'A scene acts at a time: begin with “at 8s …”.';
      this.report('E01', [...path, i], en, '场景里的动作要写明时刻：以“at 8s …”开头。');
      return [];
    });
  }

  /** An expression as it stands, after checking that it can be read and is of the right type. */
  condition(text: string, path: Path, types: readonly string[] = ['bool']): string {
    const compiled = compileCondition(text);
    if (!compiled.ok) {
      const { summary, column, nearest, isCostly } = compiled.error;
      const { en, zh } = guess(nearest);
      const at = text.slice(column, column + 24);
      this.report(
        isCostly ? 'E16' : 'E15',
        path,
        `${summary}, at “${at}”.${en}`,
        `${summary}，位置“${at}”。${zh}`,
      );
    } else if (!types.includes(compiled.condition.type) && compiled.condition.type !== 'dyn') {
      const found = compiled.condition.type;
      const expected = types.join(', ');
      this.report(
        'E15',
        path,
        `This is ${found}; expected ${expected}.`,
        `这是 ${found}，应为 ${expected}。`,
      );
    }
    if (compiled.ok) this.checkNamed(text, path);
    return text;
  }

  /** A condition of a check may be read in several scenes. */
  private checkNamed(text: string, path: Path): void {
    const known = [...this.everyNode, ...this.nodes];
    for (const name of nodesNamedIn(text)) if (!known.includes(name)) this.node(name, path);
  }

  node(name: string, path: Path): NodeName {
    if (!this.nodes.includes(name)) {
      const list = this.nodes.join(' ');
      const { en, zh } = guess(nearestWord(name, this.nodes));
      const english = `${name} is not a node of this scene.${en} It has ${list}.`;
      this.report('E02', path, english, `本场景没有节点 ${name}。${zh}现有 ${list}。`);
    }
    return name;
  }

  /** `node:8902`, `reports:8904/8901`, `slot:5798`, … */
  highlight(text: string, path: Path): Highlight | null {
    const [kind = '', target = ''] = text.split(/:(.*)/s);
    const [a = '', b = ''] = target.split(/[-/]/);
    switch (kind) {
      case 'node':
      case 'log':
        return { type: kind, node: this.node(target, path) };
      case 'link':
        return { type: kind, from: this.node(a, path), to: this.node(b, path) };
      case 'row':
      case 'reports':
        return { type: kind, at: this.node(a, path), about: this.node(b, path) };
      case 'slot':
        return { type: kind, slot: this.slot(target, path) };
      case 'range':
        return { type: kind, first: this.slot(a, path), last: this.slot(b, path) };
      case 'message':
        return this.messageOf(target, path);
      case 'panel':
        return { type: kind, panel: this.panel(target, path) };
      default:
        return this.unknownWord(kind, HIGHLIGHTS, path);
    }
  }

  /** Reports a word that is none of the allowed ones. */
  unknownWord(word: string, allowed: readonly string[], path: Path): null {
    const { en, zh } = guess(nearestWord(word, allowed));
    const list = allowed.join(', ');
    const english = `I do not know “${word}”.${en} Allowed here: ${list}.`;
    this.report('E01', path, english, `不认识“${word}”。${zh}这里可用：${list}。`);
    return null;
  }

  private timed(sentences: readonly string[], path: Path): TimedAction[] {
    const split = sentences.findIndex(isHalf);
    if (split !== -1) {
      const en = `A comma in […] ends a sentence: put this one in quotes, '${sentences[split]}, …'.`;
      const zh = `[…] 里的逗号会把句子断开：请给这一句加上引号，如 '${sentences[split]}, …'。`;
      this.report('E01', [...path, split], en, zh);
      return [];
    }
    return sentences.flatMap((text, i) => {
      const parsed = parseAction(text, this.nodes);
      if (parsed.ok) {
        this.checkAction(parsed.timed.action, [...path, i]);
        return [parsed.timed];
      }
      const code = parsed.error.expected === 'node' ? 'E02' : 'E01';
      const en = printActionError(parsed.error, 'en');
      this.report(code, [...path, i], en, printActionError(parsed.error, 'zh-CN'));
      return [];
    });
  }

  private checkAction(action: Action, path: Path): void {
    if (action.type === 'run-until') this.condition(action.condition, path);
    if (action.type === 'input') this.checkAllowed(action.input, path);
  }

  private checkAllowed(input: Input, path: Path): void {
    const verb = verbOf(input);
    if (this.allow === null || this.allow.includes(verb)) return;
    const list = this.allow.join(', ');
    const en = `This uses ${verb}, which the lesson does not allow. Allowed: ${list}.`;
    this.report('E14', path, en, `这里用到了 ${verb}，但本课不允许。可用：${list}。`);
  }

  private slot(text: string, path: Path): number {
    const slot = Number(text);
    if (text !== '' && Number.isInteger(slot) && slot >= 0 && slot < SLOT_COUNT) return slot;
    this.report(
      'E01',
      path,
      `“${text}” is not a slot, 0 to 16383.`,
      `“${text}”不是 0 到 16383 的槽位。`,
    );
    return 0;
  }

  private messageOf(text: string, path: Path): Highlight | null {
    const messageType = MESSAGE_TYPES.find((type) => type === text);
    return messageType
      ? { type: 'message', messageType }
      : this.unknownWord(text, MESSAGE_TYPES, path);
  }

  private panel(text: string, path: Path): Panel {
    const found = PANELS.find((panel) => panel === text);
    if (!found) this.unknownWord(text, PANELS, path);
    return found ?? 'table';
  }
}

/** More is opened than closed: YAML has taken a comma of the condition for its own. */
const isHalf = (text: string): boolean =>
  /^(run|skip) until/.test(text) && text.split('(').length > text.split(')').length;
