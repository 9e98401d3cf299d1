/** The bridge's clock as the page knows it, for “so many seconds left”. */
const TICK_MS = 500;

export class BridgeTime {
  #heardMs = 0;
  #heardAt = 0;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Milliseconds since the run began; moves twice a second. */
  nowMs = $state(0);

  constructor() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** The bridge said what time it is. */
  hear(atMs: number): void {
    this.#heardMs = atMs;
    this.#heardAt = performance.now();
    this.#tick();
  }

  /** Whole seconds until `untilMs`, never below 0. */
  secondsTo(untilMs: number): number {
    return Math.max(0, Math.ceil((untilMs - this.nowMs) / 1_000));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.nowMs = this.#heardMs + performance.now() - this.#heardAt;
  }
}
