/** Whole seconds until a moment of the page's clock; the moment is asked for, null for none. */
export class Countdown {
  seconds = $state(0);

  constructor(untilMs: () => number | null) {
    $effect(() => {
      const until = untilMs();
      if (until === null) return;
      const count = (): void => {
        this.seconds = Math.max(0, Math.ceil((until - performance.now()) / 1_000));
      };
      count();
      const timer = setInterval(count, 500);
      return () => clearInterval(timer);
    });
  }
}
