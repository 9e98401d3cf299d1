/** Which of the page's grids a window gets. */
export type Layout = 'wide' | 'compact' | 'narrow' | 'stacked' | 'short' | 'phone';

/** The grid for a window of this many CSS pixels. */
export function layoutOf(widthPx: number, heightPx: number): Layout {
  if (widthPx >= 560 && heightPx < 520) return 'short';
  if (widthPx < 600) return 'phone';
  if (widthPx < 900) return 'stacked';
  if (widthPx < 1180) return 'narrow';
  return widthPx >= 1440 && heightPx >= 820 ? 'wide' : 'compact';
}

/** A window this low has no room for lanes: the dock is the transport alone. */
export function isLow(heightPx: number): boolean {
  return heightPx < 640;
}
