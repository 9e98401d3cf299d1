/** Since when the table of every node has been seen: before that there is no whole picture. */
import type { CaptureHistory } from './capture-history';

export class FirstWhole {
  private readonly historyOf: () => CaptureHistory;
  private step: number | null = null;

  constructor(historyOf: () => CaptureHistory) {
    this.historyOf = historyOf;
  }

  /** When that was; not before anything is known. */
  get fromMs(): number {
    const { run, stops } = this.historyOf();
    return Math.max(run.knownFromMs, stops.at(this.index).atMs);
  }

  /** The first stop that can be shown; 0 as long as there is none. */
  get index(): number {
    const { stops, lastStep } = this.historyOf();
    if (this.step === null && this.isWhole(lastStep)) {
      let index = 0;
      while (index < stops.length - 1 && !this.isWhole(stops.at(index).step)) index++;
      this.step = stops.at(index).step;
    }
    return this.step === null ? 0 : Math.max(0, stops.indexAtStep(this.step));
  }

  /**
   * The first step after which every node calls the cluster ok: its masters are those of the first
   * hour. Null as long as there is none.
   */
  get firstOkStep(): number | null {
    const { notes, lastStep } = this.historyOf();
    if (!this.isWhole(lastStep)) return null;
    const begin = this.historyOf().stops.at(this.index).step;
    const turns = notes.filter(({ event, step }) => event === 'state' && step > begin);
    return [begin, ...turns.map(({ step }) => step)].find((step) => this.isOk(step)) ?? null;
  }

  private isOk(step: number): boolean {
    return this.historyOf()
      .snapshotsAt(step)
      .every((one) => one?.context.state === 'ok');
  }

  private isWhole(step: number): boolean {
    return this.historyOf()
      .snapshotsAt(step)
      .every((one) => one !== null);
  }
}
