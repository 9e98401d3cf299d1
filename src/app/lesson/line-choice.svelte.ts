/**
 * Lines of a log that are being chosen as an answer. The question stands in one place of the page
 * and the log in another; where no log is on the screen, the question brings the lines itself.
 */
import type { LinesAsk } from '../../lesson/lesson';

class LineChoice {
  /** A question waits for lines. */
  isOpen = $state(false);
  /** Numbers of lines, from 1, in the order of the log. */
  chosen = $state.raw<readonly string[]>([]);
  /** How many logs are on the screen, ready to be pressed. */
  logs = $state(0);

  /** Whose lines they are: on a phone the question leaves the screen while the log is looked at. */
  private ask: LinesAsk | null = null;

  begin(ask: LinesAsk, answered: readonly string[]): void {
    if (ask !== this.ask) this.chosen = answered;
    this.ask = ask;
    this.isOpen = true;
  }

  end(): void {
    this.isOpen = false;
  }

  has(line: string): boolean {
    return this.chosen.includes(line);
  }

  toggle(line: string): void {
    const others = this.chosen.filter((other) => other !== line);
    const changed = others.length < this.chosen.length ? others : [...others, line];
    this.chosen = changed.toSorted((a, b) => Number(a) - Number(b));
  }
}

export const lineChoice = new LineChoice();
