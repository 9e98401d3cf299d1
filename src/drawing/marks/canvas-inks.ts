/** The colours of tokens.css for a canvas, which cannot read them itself. */
import { messageColour } from '../palette';
import type { MessageType } from '../../protocol/notes';

/** A CSS variable's value by its name without the dashes. */
export type Inks = (token: string) => string;

/** The tokens as they hold for `element` now; ask again when the theme changes. */
export function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (token) => {
    const value = known.get(token) ?? resolved(style, token);
    known.set(token, value);
    return value;
  };
}

/** A token may name another one. */
function resolved(style: CSSStyleDeclaration, token: string): string {
  const value = style.getPropertyValue(`--${token}`).trim();
  const other = /^var\(--([\w-]+)\)$/.exec(value);
  return other ? resolved(style, other[1]!) : value;
}

/** The name of the colour of a kind of message. */
export function messageToken(type: MessageType): string {
  return messageColour(type).slice('var(--'.length, -1);
}

/** Calls back whenever tokens may have changed: another theme, forced colours. */
export function onInksChanged(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
  const forced = matchMedia('(forced-colors: active)');
  forced.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', changed);
  };
}
