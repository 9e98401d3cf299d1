/**
 * What is open on the workbench and what was picked there; the verbs that keys and buttons
 * share.
 */
import type { Input } from '../kernel/inputs';
import { TYPED_VERBS, verbOf, type Verb } from '../lesson/verbs';
import { talkNeedle } from '../drawing/layout/talk';
import { words } from '../words/words.svelte';
import type { ComparedPair } from './time/compared-pair';
import { KeyPlace } from './key-place.svelte';
import { LOG_TABS, NODE_TABS, OPERATOR_TABS, type InspectorTab } from './panels/inspector-tab';
import { preferences } from './preferences.svelte';
import type { Session } from './session.svelte';
import type { Selection } from './selection';
import { TerminalMemory } from './doing/terminal-memory.svelte';
import type { RealBench } from './live/real-bench';
import type { TimeVerbs } from './time/time-verbs';

const NOTICE_MS = 5_000;

export type PhoneTab = 'pane' | 'inspect' | 'beats' | 'terminal';

export class Bench {
  #noticeTimer = 0;
  readonly #session: () => Session;
  /** What the learner may do here; null for everything. */
  readonly #allow: () => readonly Verb[] | null;

  /** Below the widest layout the inspector is a drawer. */
  inspectorIsOpen = $state(false);
  tab = $state<InspectorTab>('table');
  paneIsFolded = $state(false);
  phoneTab = $state<PhoneTab>('pane');
  helpIsOpen = $state(false);
  /** One ring a node, in place of the one stage. */
  compares = $state(false);
  /** Two futures, in place of the one stage. */
  compared = $state.raw<ComparedPair | null>(null);
  /** What time does while they are shown; null before it is set up, and without. */
  comparison: TimeVerbs | null = null;
  /** The run on the stage is one of real processes; null: it is simulated. */
  real = $state.raw<RealBench | null>(null);
  /** A line for the reader after an action: “the link is copied”. */
  #told = $state.raw({ text: '', locale: words.locale });
  /** The projector view: 0.8 to 1.4 of its own size, and whether the screen is blank. */
  projectorSize = $state(1);
  isBlank = $state(false);
  /** Where the terminal is connected, and what was typed there. */
  readonly terminal = new TerminalMemory();
  /** The key in the slot tool. */
  readonly key = new KeyPlace();
  /** The lesson keeps the needle at the key, whatever tab is open. */
  keyIsPinned = $state(false);
  /** A question about the key is open: neither needle nor tool gives the answer away. */
  keyIsSealed = $state(false);
  /** Where the slot tool stands among the tabs. */
  keyToolPlace = $state<'first' | 'last' | 'none'>('last');

  tabs = $derived.by(() => {
    if (this.#session().isOperators) return OPERATOR_TABS;
    return this.isLog ? LOG_TABS : tabsWith(this.keyToolPlace);
  });
  needle = $derived.by(() => {
    if (this.keyIsSealed) return null;
    if (this.keyIsPinned || this.tab === 'crc16') return this.key.needle;
    const { frame, atMs } = this.#session();
    return talkNeedle(frame.clients, atMs);
  });
  /** The key is followed through CRC16, and nothing of that is a secret. */
  keyIsFollowed = $derived(
    this.tab === 'crc16' && !this.keyIsSealed && this.key.walk.bytes.length > 0,
  );
  tapeIsInDock = $derived(this.keyIsFollowed && this.key.tapeIsInDock);

  constructor(session: () => Session, allow: () => readonly Verb[] | null = () => null) {
    this.#session = session;
    this.#allow = allow;
  }

  /** What is on the stage is a log: it can be read, and nothing can be done in it. */
  get isLog(): boolean {
    return this.#session().scene.log !== undefined;
  }

  /** The left panel is on the page: neither a picture of its own nor a projector has its place. */
  get hasPane(): boolean {
    return !this.compares && this.compared === null && !preferences.projector;
  }

  selectNode = (node: string): void => {
    const session = this.#session();
    session.selected = { type: 'node', node };
    if (session.isOperators) this.terminal.connect(node, session.cursor.step);
    this.inspectorIsOpen = true;
    this.phoneTab = 'inspect';
    if (this.tab === 'message' || this.tab === 'crc16') this.tab = 'table';
  };

  /** Opens what is picked where it is looked at closely. */
  select = (selected: Selection): void => {
    if (selected.type === 'node') return this.selectNode(selected.node);
    this.#session().selected = selected;
    this.inspectorIsOpen = true;
    this.phoneTab = 'inspect';
    const hasMessage = selected.type === 'message' || selected.type === 'report';
    if (hasMessage && selected.message !== null) this.tab = 'message';
    else if (selected.type === 'client') this.openTerminal();
    else this.tab = 'table';
  };

  selectMessage = (message: number): void => this.select({ type: 'message', message });

  /** Does something by the learner's hand; undefined where the stage has nothing to offer. */
  get act(): ((input: Input) => void) | undefined {
    const allow = this.#allow();
    if (this.isLog || allow?.every((verb) => TYPED_VERBS.includes(verb))) return undefined;
    return this.typed;
  }

  /** The same for what is typed; undefined where nothing may be done at all. */
  get typed(): ((input: Input) => void) | undefined {
    const allow = this.#allow();
    if (this.isLog || this.real?.canAct === false || allow?.length === 0) return undefined;
    return (input) => {
      const verb = verbOf(input);
      if (allow !== null && !allow.includes(verb)) return this.tell(words.app.lesson.notHere(verb));
      this.#session().act(input);
      void import('./doing/tell-deed').then(({ tellDeed }) =>
        tellDeed(this.#session(), this, input),
      );
    };
  }

  /** What was told; in another language it is gone with that. */
  get notice(): string {
    return this.#told.locale === words.locale ? this.#told.text : '';
  }

  /** Shows a line for a few seconds. */
  tell(text: string): void {
    const told = { text, locale: words.locale };
    this.#told = told;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = window.setTimeout(() => (this.#told = { ...told, text: '' }), NOTICE_MS);
  }

  changeProjectorSize = (by: number): void => {
    this.projectorSize = Math.min(1.4, Math.max(0.8, this.projectorSize + by));
  };

  /** Where commands are typed: a tab of the inspector. */
  openTerminal = (): void => {
    if (!this.tabs.some((tab) => tab === 'terminal')) return;
    this.inspectorIsOpen = true;
    this.phoneTab = 'terminal';
    this.tab = 'terminal';
  };

  toggleInspector = (): void => {
    this.inspectorIsOpen = !this.inspectorIsOpen;
  };
}

function tabsWith(keyTool: 'first' | 'last' | 'none'): readonly InspectorTab[] {
  if (keyTool === 'none') return NODE_TABS;
  return keyTool === 'first' ? ['crc16', ...NODE_TABS] : [...NODE_TABS, 'crc16'];
}
