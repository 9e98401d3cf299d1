/** The keys of the page, and what the key sheet says of them. */
import { tinykeys } from 'tinykeys';
import type { help } from '../words/en/help';

/** What a key does; the page binds each to a function, or to nothing where it has no meaning. */
export type KeyAction =
  | 'play'
  | 'eventOn'
  | 'eventBack'
  | 'beatOn'
  | 'beatBack'
  | 'deliveryOn'
  | 'deliveryBack'
  | 'until'
  | 'whatIf'
  | 'first'
  | 'last'
  | 'viewpointOn'
  | 'viewpointBack'
  | 'slower'
  | 'openNode'
  | 'inspector'
  | 'matrix'
  | 'compare'
  | 'terminal'
  | 'subject'
  | 'filter'
  | 'find'
  | 'picture'
  | 'undo'
  | 'command'
  | 'lessonOn'
  | 'clickerOn'
  | 'clickerBack'
  | 'dot'
  | 'language'
  | 'theme'
  | 'projector'
  | 'blank'
  | 'bigger'
  | 'smaller'
  | 'help'
  | 'leave';

export type KeyMap = Partial<Record<KeyAction, () => void>> & {
  /** 0 is the bird's eye, 1 the first node. */
  viewpoint?: (index: number) => void;
};

const KEYS: Readonly<Record<KeyAction, readonly string[]>> = {
  play: ['Space'],
  eventOn: ['ArrowRight'],
  eventBack: ['ArrowLeft'],
  beatOn: ['Shift+ArrowRight'],
  beatBack: ['Shift+ArrowLeft'],
  deliveryOn: ['r'],
  deliveryBack: ['Shift+r'],
  until: ['u'],
  whatIf: ['w'],
  first: ['Home'],
  last: ['End'],
  viewpointOn: ['BracketRight'],
  viewpointBack: ['BracketLeft'],
  slower: ['Comma'],
  openNode: ['Enter'],
  inspector: ['i'],
  matrix: ['m'],
  compare: ['c'],
  terminal: ['t'],
  subject: ['f'],
  filter: ['k'],
  find: ['/'],
  picture: ['e'],
  undo: ['$mod+z'],
  command: [':', 'Shift+:'],
  lessonOn: ['n'],
  clickerOn: ['PageDown'],
  clickerBack: ['PageUp'],
  dot: ['Period'],
  language: ['l'],
  theme: ['d'],
  projector: ['p'],
  blank: ['b'],
  bigger: ['+', 'Shift++', '='],
  smaller: ['-'],
  help: ['?', 'Shift+?'],
  leave: ['Escape'],
};

/** The rows of the key sheet: the caps, and which sentence explains them. */
export const KEY_SHEET: readonly (readonly [caps: readonly string[], text: keyof typeof help])[] = [
  [['space'], 'play'],
  [['←', '→'], 'event'],
  [['⇧ ←', '⇧ →'], 'beat'],
  [['⇧ R', 'R'], 'delivery'],
  [['U'], 'until'],
  [['W'], 'whatIf'],
  [['home', 'end'], 'ends'],
  [['0', '…', '9'], 'viewpoint'],
  [['[', ']'], 'neighbour'],
  [[',', '.'], 'speed'],
  [['↵'], 'openNode'],
  [['I'], 'inspector'],
  [['M'], 'matrix'],
  [['C'], 'compare'],
  [['T'], 'terminal'],
  [['F'], 'subject'],
  [['K'], 'filter'],
  [['/'], 'find'],
  [['E'], 'picture'],
  [['ctrl Z'], 'undo'],
  [[':'], 'command'],
  [['N'], 'next'],
  [['L'], 'language'],
  [['D'], 'theme'],
  [['P'], 'projector'],
  [['B', '.'], 'blank'],
  [['page up', 'page down'], 'clicker'],
  [['+', '−'], 'size'],
  [['?'], 'help'],
  [['esc'], 'leave'],
];

/** Binds the keys to the window; returns how to let go of them. */
export function bindKeys(map: KeyMap): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const [action, keys] of Object.entries(KEYS) as [KeyAction, readonly string[]][]) {
    const act = map[action];
    if (act === undefined) continue;
    for (const key of keys) bindings[key] = whenFree(key, act);
  }
  for (let digit = 0; digit <= 9 && map.viewpoint !== undefined; digit += 1) {
    const { viewpoint } = map;
    bindings[`${digit}`] = whenFree(`${digit}`, () => viewpoint(digit));
  }
  return tinykeys(window, bindings);
}

function whenFree(key: string, act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTaken(key, event.target)) return;
    event.preventDefault();
    act();
  };
}

/**
 * Keys that a focused part of the page wants for itself: letters while typing, arrows in a list.
 */
function isTaken(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (document.querySelector('dialog[open]') !== null) return true;
  // What lies over the page closes by itself.
  if (key === 'Escape') return document.querySelector('[popover][data-open=true]') !== null;
  if (target.closest('textarea, select, [contenteditable], input:not([type=radio])') !== null) {
    return true;
  }
  if (key === 'Space' || key === 'Enter')
    return target.closest('button, a, summary, [role=button]') !== null;
  const isArrow = /Arrow|Home|End/.test(key);
  return isArrow && target.closest('input, [role=tab], [role=slider], [data-keys=own]') !== null;
}
