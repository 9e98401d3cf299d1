/** Asked each time: the reader may change the setting while the page is open. */
export function motionIsReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
