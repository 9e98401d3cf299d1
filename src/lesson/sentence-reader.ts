import { FIRST_PORT, nextFreePort } from '../kernel/scene';
import { MESSAGE_TYPE_CODE } from '../protocol/bus-message';
import type { MessageType } from '../protocol/notes';
import { actionError, type ActionError, type Expected } from './action-error';
import type { Word } from './command-words';

/** Thrown inside the parser only; `parseAction` turns it into data. */
export class SentenceError extends Error {
  readonly about: ActionError;
  constructor(about: ActionError) {
    super(`expected ${about.expected}`);
    this.about = about;
  }
}

/** No module is simulated, so nobody sends a MODULE that could be dropped. */
export const MESSAGE_TYPES = (Object.keys(MESSAGE_TYPE_CODE) as MessageType[]).filter(
  (type) => type !== 'MODULE',
);
const DURATIONS = ['500ms', '1.5s', '10s'];
const LONGEST_MS = 86_400_000;
const MOST_DROPPED = 1000;
const RATES = ['1/s', '5/s', '20/s'];
const MOST_PER_SECOND = 100;
const MOST_PORTS = 1000;
/** Above it a cluster bus port would be no port. */
const HIGHEST_PORT = 55_535;

/** Takes the words of one sentence, left to right, and says what was expected instead. */
export class SentenceReader {
  private at = 0;
  private readonly words: readonly Word[];
  private readonly length: number;
  private readonly nodes: readonly string[] | null;

  constructor(words: readonly Word[], length: number, nodes: readonly string[] | null) {
    this.words = words;
    this.length = length;
    this.nodes = nodes;
  }

  /** Takes the next word if it is `word`. */
  take(word: string): boolean {
    const next = this.words[this.at];
    const matches = next !== undefined && !next.quoted && next.text.toLowerCase() === word;
    if (matches) this.at++;
    return matches;
  }

  oneOf<W extends string>(expected: Expected, allowed: readonly W[]): W {
    const word = this.next(expected, allowed);
    const found = allowed.find((known) => known === word.text.toLowerCase());
    return found ?? this.wrong(word, expected, allowed);
  }

  node(): string {
    const allowed = this.nodeNames();
    const word = this.next('node', allowed);
    return this.isNode(word.text) ? word.text : this.wrong(word, 'node', allowed);
  }

  /** A node if the next word looks like one: four or five digits, not quoted. */
  nodeIfAny(): string | null {
    const next = this.words[this.at];
    return next && !next.quoted && /^\d+$/.test(next.text) ? this.node() : null;
  }

  view(): string {
    return this.take('bird') ? 'bird' : this.nodeOr('view', ['bird']);
  }

  /** Both ways `8901-8902`, or one way `8901>8902`. */
  link(alsoAllowed: readonly string[] = []): { from: string; to: string; oneWay: boolean } {
    const [a, b] = this.examplePair();
    const allowed = [`${a}-${b}`, `${a}>${b}`, ...alsoAllowed];
    const word = this.next('link', allowed);
    const parts = /^([^->]+)([->])([^->]+)$/.exec(word.text);
    if (!parts || parts[1] === parts[3]) return this.wrong(word, 'link', allowed);
    const [, from, sign, to] = parts as unknown as [string, string, string, string];
    this.checkEnd(from, word.column);
    this.checkEnd(to, word.column + from.length + 1);
    return { from, to, oneWay: sign === '>' };
  }

  direction(alsoAllowed: readonly string[] = []): { from: string; to: string } {
    const word = this.words[this.at];
    const { from, to, oneWay } = this.link(alsoAllowed);
    return oneWay ? { from, to } : this.wrong(word!, 'direction', [`${from}>${to}`]);
  }

  /** The number of a message. */
  message(): number {
    const word = this.next('number', ['1234']);
    const number = /^\d{1,9}$/.test(word.text) ? Number(word.text) : 0;
    return number > 0 ? number : this.wrong(word, 'number', ['1234']);
  }

  /** A name for a process that does not run yet: a port nobody has. */
  newNode(): string {
    const free = nextFreePort(this.nodes ?? []);
    const word = this.next('port', [free]);
    const port = /^\d{4,5}$/.test(word.text) ? Number(word.text) : 0;
    const fits = port >= FIRST_PORT && port <= HIGHEST_PORT;
    return fits && !this.nodes?.includes(word.text) ? word.text : this.wrong(word, 'port', [free]);
  }

  /** Ports of a host, `18901-18906` or one. */
  ports(): { first: number; last: number } {
    const allowed = ['18901-18906', '18901'];
    const word = this.next('port', allowed);
    const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(word.text) ?? [];
    const [first, last] = [Number(from), Number(to ?? from)];
    const fits = first >= 1 && last >= first && last <= 65_535 && last - first < MOST_PORTS;
    return fits ? { first, last } : this.wrong(word, 'port', allowed);
  }

  /** Nodes of one side, `8901,8904`; none of them may be in `taken`, where they are put. */
  side(taken: string[]): string[] {
    const [a, b] = this.examplePair();
    const word = this.next('side', [`${a},${b}`, 'rest']);
    let list = word.text;
    while (list.endsWith(',') && this.hasMore()) list += this.next('side', []).text;
    const names = list.split(',');
    let { column } = word;
    for (const name of names) {
      this.checkEnd(name, column);
      if (taken.includes(name)) this.wrong({ ...word, text: name, column }, 'other-side', []);
      taken.push(name);
      column += name.length + 1;
    }
    return names;
  }

  /** The bar after a side; a node in its place is one of that side whose comma is missing. */
  bar(side: readonly string[]): void {
    const next = this.words[this.at];
    if (next !== undefined && this.isNode(next.text)) {
      this.wrong(next, 'comma', [[...side, next.text].join(',')]);
    }
    this.oneOf('sides', ['|']);
  }

  /** How many a second: `5/s`. */
  rate(): number {
    const word = this.next('rate', RATES);
    const parts = /^(\d{1,3})\/s$/.exec(word.text);
    const perSecond = Number(parts?.[1] ?? 0);
    return perSecond >= 1 && perSecond <= MOST_PER_SECOND
      ? perSecond
      : this.wrong(word, 'rate', RATES);
  }

  hasMore(): boolean {
    return this.at < this.words.length;
  }

  duration(): number {
    return this.toMs(this.next('duration', DURATIONS));
  }

  /** The same for a length of time that was cut out of the sentence before. */
  durationIn(text: string): number {
    return this.toMs({ text, quoted: false, column: this.length - text.length });
  }

  /** How many messages; 1 when the next word is no number. */
  count(): number {
    const next = this.words[this.at];
    if (!next || !/^\d/.test(next.text)) return 1;
    this.at++;
    const count = Number(next.text);
    const fits = Number.isInteger(count) && count >= 1 && count <= MOST_DROPPED;
    return fits ? count : this.wrong(next, 'count', ['1', '2', '10']);
  }

  messageType(): MessageType | null {
    const next = this.words[this.at];
    if (!next) return null;
    this.at++;
    const found = MESSAGE_TYPES.find((type) => type === next.text.toUpperCase());
    return found ?? this.wrong(next, 'message', MESSAGE_TYPES);
  }

  client(): string {
    const word = this.next('client', ['c1', 'c2']);
    return /^[a-z]\w{0,15}$/i.test(word.text) ? word.text : this.wrong(word, 'client', ['c1']);
  }

  /** All words that are left, as they were written. */
  remaining(): readonly Word[] {
    const rest = this.words.slice(this.at);
    this.at = this.words.length;
    return rest;
  }

  /** All words that are left: what is sent to the node. */
  command(): string[] {
    this.next('command', ['GET name', 'CLUSTER NODES']);
    const rest = this.words.slice(this.at - 1);
    this.at = this.words.length;
    return rest.map((word) => word.text);
  }

  end(): void {
    const next = this.words[this.at];
    if (next) this.wrong(next, 'end', []);
  }

  missing(expected: Expected, allowed: readonly string[]): never {
    throw new SentenceError({
      found: null,
      column: this.length,
      expected,
      allowed,
      nearest: null,
    });
  }

  private next(expected: Expected, allowed: readonly string[]): Word {
    return this.words[this.at++] ?? this.missing(expected, allowed);
  }

  private wrong(word: Word, expected: Expected, allowed: readonly string[]): never {
    throw new SentenceError(actionError(word, expected, allowed));
  }

  /** Milliseconds of `500ms` or `1.5s`, at most a day. */
  private toMs(word: Word): number {
    const parts = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(word.text);
    const durationMs = Math.round(Number(parts?.[1]) * (parts?.[2] === 's' ? 1000 : 1));
    return durationMs <= LONGEST_MS ? durationMs : this.wrong(word, 'duration', DURATIONS);
  }

  private nodeOr(expected: Expected, also: readonly string[]): string {
    const allowed = [...also, ...this.nodeNames()];
    const word = this.next(expected, allowed);
    return this.isNode(word.text) ? word.text : this.wrong(word, expected, allowed);
  }

  private checkEnd(name: string, column: number): void {
    if (this.isNode(name)) return;
    throw new SentenceError(actionError({ text: name, column }, 'node', this.nodeNames()));
  }

  private isNode(name: string): boolean {
    return this.nodes ? this.nodes.includes(name) : /^\d{1,5}$/.test(name);
  }

  private nodeNames(): readonly string[] {
    return this.nodes ?? ['8901', '8902', '8903'];
  }

  private examplePair(): readonly [string, string] {
    const [a = '8901', b = '8902'] = this.nodes ?? [];
    return [a, b];
  }
}
