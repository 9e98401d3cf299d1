/** What has the focus may go away, or take no more presses: the focus stays near where it was. */

type Focusable = HTMLElement | SVGElement;

/** The focused part and those around it, from the inside out. */
let around: readonly Focusable[] = [];

const GROUPS =
  'section, aside, article, main, header, footer, form, fieldset, ul, ol, [role=group], [tabindex]';

/** What a press changes is on the page a moment later; what has to be loaded first, later still. */
const AFTER_PRESS_MS = [0, 150, 600];

/** Follows the focus; returns how to stop. */
export function keepFocusNear(): () => void {
  const learn = ({ target }: FocusEvent) => {
    around = [];
    for (let each = target; each instanceof Element; each = each.parentElement) {
      if (each instanceof HTMLElement || each instanceof SVGElement) around = [...around, each];
    }
  };
  // What time has changed is seen to at the next press.
  const soon = () => {
    for (const afterMs of AFTER_PRESS_MS) setTimeout(mendHere, afterMs);
  };
  addEventListener('focusin', learn);
  addEventListener('click', soon);
  addEventListener('keydown', mendHere, { capture: true });
  addEventListener('keydown', soon);
  return () => {
    around = [];
    removeEventListener('focusin', learn);
    removeEventListener('click', soon);
    removeEventListener('keydown', mendHere, { capture: true });
    removeEventListener('keydown', soon);
  };
}

const mendHere = () => {
  mendFocus('#stage', 'main');
};

/** On a page that has come in place of another. */
export const mendOnNewPage = () => {
  mendFocus('h1', 'main');
};

/** Where the focus got lost: to what stands around its place, else to the first of these. */
function mendFocus(...elsewhere: readonly string[]): void {
  const at = document.activeElement;
  const isHeld = at instanceof Element && at !== document.body && takesFocus(at);
  const [lost, ...rest] = around;
  // Who leaves a part that is still there leaves it on purpose.
  if (isHeld || lost === undefined || takesFocus(lost)) return;
  const near = rest.find((each) => each.isConnected && each.matches(GROUPS));
  const others = elsewhere.map((each) => document.querySelector<HTMLElement>(each));
  focusOn(near ?? others.find((each) => each !== null) ?? null);
}

/** Gives the focus of a field to what stands around it. */
export function focusAround(field: Element): void {
  focusOn(field.parentElement?.closest<HTMLElement>(GROUPS) ?? null);
}

function takesFocus(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled');
}

function focusOn(element: Focusable | null): void {
  if (element === null) return;
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
