/** The wheel over one element: up and down zooms about the pointer, sideways pans. */

interface WheelHandlers {
  /** `factor` above 1 shows more; `xPx` is where the pointer is in the element. */
  onzoom: (factor: number, xPx: number) => void;
  onpan: (byPx: number) => void;
}

const PX_PER_LINE = 16;
const DOUBLING_PX = 320;

export const wheelable = (handlers: WheelHandlers) => (element: HTMLElement | SVGElement) => {
  const turn = (event: WheelEvent) => {
    event.preventDefault();
    const unitPx = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PX_PER_LINE : 1;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      handlers.onpan(sideways * unitPx);
      return;
    }
    const xPx = event.clientX - element.getBoundingClientRect().left;
    handlers.onzoom(2 ** ((event.deltaY * unitPx) / DOUBLING_PX), xPx);
  };
  const target = element as HTMLElement;
  // Not passive: the page must not scroll while the lanes zoom.
  target.addEventListener('wheel', turn, { passive: false });
  return () => target.removeEventListener('wheel', turn);
};
