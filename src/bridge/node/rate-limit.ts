/** So many at once, and so many a second after that. */

export class RateLimit {
  private readonly perSecond: number;
  private readonly nowMs: () => number;
  private left: number;
  private lastMs: number;

  constructor(perSecond: number, nowMs: () => number) {
    this.perSecond = perSecond;
    this.nowMs = nowMs;
    this.left = perSecond;
    this.lastMs = nowMs();
  }

  take(): boolean {
    const nowMs = this.nowMs();
    const earned = ((nowMs - this.lastMs) / 1_000) * this.perSecond;
    this.left = Math.min(this.perSecond, this.left + earned);
    this.lastMs = nowMs;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}
