/** A YAML file that remembers on which line each of its values stands. */
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import * as v from 'valibot';
import { nearestWord } from './nearest-word';
import { guess, problem, type Place, type Problem } from './problem';

export type Path = readonly (string | number)[];

export class YamlFile {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  private readonly document: Document;
  private readonly lines = new LineCounter();

  constructor(file: string, text: string) {
    this.file = file;
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    this.problems = this.document.errors.map((error) => {
      const place = { file, line: this.lines.linePos(error.pos[0]).line };
      return problem(
        'E01',
        place,
        `This is not YAML: ${error.message}`,
        `不是合法的 YAML：${error.message}`,
      );
    });
    this.value = this.problems.length > 0 ? null : this.document.toJS();
  }

  /** Where the value at `path` begins, or the nearest thing around it that has a line. */
  at(path: Path): Place {
    for (let length = path.length; length > 0; length--) {
      const found: unknown = this.document.getIn(path.slice(0, length), true);
      if (isNode(found) && found.range) return this.place(found.range[0]);
    }
    return { file: this.file, line: 1 };
  }

  /** Whether something stands at `path`. */
  has(path: Path): boolean {
    return this.document.hasIn(path);
  }

  /** The value if it has the shape of `schema`; else what is wrong with it, line by line. */
  read<S extends Shape>(schema: S): { value: v.InferOutput<S> } | { problems: readonly Problem[] } {
    if (this.problems.length > 0) return { problems: this.problems };
    const result = v.safeParse(schema, this.value);
    if (result.success) return { value: result.output };
    // An unknown word comes first: it is often why another word is missing.
    const unknown = result.issues.filter(isUnknownKey);
    const rest = result.issues.filter((issue) => !isUnknownKey(issue));
    return { problems: [...unknown, ...rest].map((issue) => this.problemOf(issue)) };
  }

  private place(offset: number): Place {
    return { file: this.file, line: this.lines.linePos(offset).line };
  }

  private problemOf(issue: v.BaseIssue<unknown>): Problem {
    const path = (issue.path ?? []).map((item) => item.key as string | number);
    const word = String(path.at(-1) ?? '');
    if (isUnknownKey(issue)) {
      return this.unknownKey(word, path, issue.message.split(' '));
    }
    if (issue.received === 'undefined') {
      const place = this.at(path.slice(0, -1));
      return problem('E01', place, `“${word}” is missing here.`, `这里缺少“${word}”。`);
    }
    const place = this.at(path);
    const allowed = [...(issue.expected ?? '').matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
    const found = issue.received.replaceAll('"', '');
    const { en, zh } = guess(nearestWord(found, allowed));
    // Of a pattern, the message tells a reader more than the pattern does.
    const told = issue.type === 'regex' ? issue.message : (issue.expected ?? issue.message);
    const expected = told.replaceAll('"', '');
    return problem(
      'E01',
      place,
      `${word}: I found ${found}; expected ${expected}.${en}`,
      `${word}：出现了 ${found}，应为 ${expected}。${zh}`,
    );
  }

  private unknownKey(word: string, path: Path, allowed: readonly string[]): Problem {
    const { en, zh } = guess(nearestWord(word, allowed));
    const list = allowed.join(', ');
    const place = this.at(path);
    return problem(
      'E01',
      place,
      `I do not know “${word}”.${en} Allowed here: ${list}.`,
      `不认识“${word}”。${zh}这里可用：${list}。`,
    );
  }
}

type Shape = v.GenericSchema;

function isUnknownKey(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

/** An object with these keys and no others; its message is the list of keys. */
export function shape<E extends v.ObjectEntries>(entries: E) {
  return v.strictObject(entries, Object.keys(entries).join(' '));
}
