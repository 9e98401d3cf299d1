/**
 * Press, drag and release on one element, in its own pixels. Attach with `{@attach draggable({ …
 * })}`.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface DragHandlers {
  /** Told where the press began, before any move. */
  onpress?: (at: Point) => void;
  /** Told on each move after the pointer has left the spot. */
  ondrag: (at: Point, start: Point) => void;
  /** Told at the end of a drag. */
  ondrop?: () => void;
  /** Told instead of a drag when the pointer hardly moved. */
  onclick?: (at: Point) => void;
}

/** Moves shorter than this are the tremor of a click. */
const TREMOR_PX = 3;

export const draggable = (handlers: DragHandlers) => (element: HTMLElement | SVGElement) => {
  let start: Point | null = null;
  let isDragging = false;

  const pointOf = (event: PointerEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    start = pointOf(event);
    isDragging = false;
    element.setPointerCapture(event.pointerId);
    handlers.onpress?.(start);
  };
  const move = (event: PointerEvent) => {
    if (!start) return;
    const at = pointOf(event);
    isDragging ||= Math.hypot(at.x - start.x, at.y - start.y) > TREMOR_PX;
    if (isDragging) handlers.ondrag(at, start);
  };
  const release = (event: PointerEvent) => {
    if (!start) return;
    if (!isDragging && event.type === 'pointerup') handlers.onclick?.(pointOf(event));
    start = null;
    isDragging = false;
    handlers.ondrop?.();
  };

  const target = element as HTMLElement;
  target.addEventListener('pointerdown', press);
  target.addEventListener('pointermove', move);
  target.addEventListener('pointerup', release);
  target.addEventListener('pointercancel', release);
  return () => {
    target.removeEventListener('pointerdown', press);
    target.removeEventListener('pointermove', move);
    target.removeEventListener('pointerup', release);
    target.removeEventListener('pointercancel', release);
  };
};
