/** `UTC`, `UTC+2`, `UTC+5:30`: a zone by what its clocks show more than UTC. */
export function zoneName(zoneMs: number): string {
  if (zoneMs === 0) return 'UTC';
  const minutes = Math.round(Math.abs(zoneMs) / 60_000);
  const half = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `UTC${zoneMs < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${half}`;
}
