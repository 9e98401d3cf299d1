/** What the terminal remembers while other tabs are open: its connection, and what was typed. */

const MOST_LINES = 100;

export class TerminalMemory {
  /** `-c`: redirects are followed. */
  follow = $state(true);
  /** The node that was asked for; null until one was. */
  node = $state<string | null>(null);
  /** The kernel step after which it was asked for: later redirects lead elsewhere. */
  sinceStep = $state(0);
  /** What stands on the line now. */
  draft = $state('');
  /** What was typed, oldest first. */
  readonly #typed: string[] = [];
  #place = 0;

  /** A line was run. */
  keep(line: string): void {
    if (this.#typed.at(-1) !== line) this.#typed.push(line);
    if (this.#typed.length > MOST_LINES) this.#typed.shift();
    this.#place = this.#typed.length;
    this.draft = '';
  }

  /** The line typed before (-1) or after (1) the one shown; beyond the last, an empty one. */
  recall(direction: 1 | -1): void {
    this.#place = Math.max(0, Math.min(this.#typed.length, this.#place + direction));
    this.draft = this.#typed[this.#place] ?? '';
  }

  /** Connects to a node, as `redis-cli -p` does. */
  connect(node: string, sinceStep: number): void {
    this.node = node;
    this.sinceStep = sinceStep;
  }
}
