/**
 * A long press of a finger opens what a right click opens: where the browser sends no contextmenu
 * event of its own, one is sent.
 */
const HELD_MS = 500;
const TREMOR_PX = 9;

/** Attach with `{@attach longPress()}`. */
export const longPress = () => (element: HTMLElement | SVGElement) => {
  let timer = 0;
  let start: { readonly x: number; readonly y: number } | null = null;

  const stop = () => {
    clearTimeout(timer);
    start = null;
  };
  const swallowClick = () => {
    const swallow = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('click', swallow, { capture: true, once: true });
    // A finger that lifts elsewhere makes no click: the next one is meant.
    const forget = () => window.removeEventListener('click', swallow, { capture: true });
    window.addEventListener('pointerdown', forget, { capture: true, once: true });
  };
  const press = (event: PointerEvent) => {
    stop();
    const { target, clientX, clientY, pointerType, isPrimary } = event;
    if (pointerType !== 'touch' || !isPrimary || !target) return;
    start = { x: clientX, y: clientY };
    timer = window.setTimeout(() => {
      start = null;
      swallowClick();
      const at = { clientX, clientY, bubbles: true, cancelable: true };
      target.dispatchEvent(new MouseEvent('contextmenu', at));
    }, HELD_MS);
  };
  const move = ({ clientX, clientY }: PointerEvent) => {
    if (start && Math.hypot(clientX - start.x, clientY - start.y) > TREMOR_PX) stop();
  };

  const target = element as HTMLElement;
  target.addEventListener('pointerdown', press);
  target.addEventListener('pointermove', move);
  target.addEventListener('pointerup', stop);
  target.addEventListener('pointercancel', stop);
  target.addEventListener('contextmenu', stop);
  return () => {
    stop();
    target.removeEventListener('pointerdown', press);
    target.removeEventListener('pointermove', move);
    target.removeEventListener('pointerup', stop);
    target.removeEventListener('pointercancel', stop);
    target.removeEventListener('contextmenu', stop);
  };
};
