/** Drawing one straight line over an element, in its own pixels: press, drag, release. */
import { drag, select, type D3DragEvent } from 'd3';
import type { Point } from './draggable';

interface LineHandlers {
  /** Whether a press here begins a line; else it is none of ours. */
  begins: (event: Event) => boolean;
  /** How much larger the element is drawn than it is. */
  scale: () => number;
  /** Told on each move, once the pointer has left the spot. */
  online: (from: Point, to: Point) => void;
  /** Told at the release. */
  onend: () => void;
}

/** A press that moves less is a click. */
const CLICK_PX = 4;

type LineEvent = D3DragEvent<HTMLElement, unknown, unknown>;

/** Attach with `{@attach lineDrawing({ … })}`. */
export const lineDrawing = (handlers: LineHandlers) => (element: HTMLElement) => {
  let start: Point | null = null;
  const pointOf = ({ x, y }: LineEvent): Point => ({
    x: x / handlers.scale(),
    y: y / handlers.scale(),
  });
  const behaviour = drag<HTMLElement, unknown>()
    .container(element)
    .clickDistance(CLICK_PX)
    .filter((event: MouseEvent) => !event.ctrlKey && !event.button && handlers.begins(event))
    .on('start', (event: LineEvent) => (start = pointOf(event)))
    .on('drag', (event: LineEvent) => start && handlers.online(start, pointOf(event)))
    .on('end', () => {
      start = null;
      handlers.onend();
    });
  const selection = select(element);
  // d3 forbids every touch gesture; here two fingers still enlarge the page.
  selection.call(behaviour).style('touch-action', null).style('-webkit-tap-highlight-color', null);
  return () => {
    selection.on('.drag', null);
  };
};
