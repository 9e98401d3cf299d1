/** What a menu on the stage offers, given how things stand. */
import type {
  ClusterFrame,
  FrameFault,
  FrameMessage,
  FrameNode,
} from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { ClusterSource } from '../../timeline/cluster-source';
import { deedWords } from '../../words/deeds.svelte';
import { words } from '../../words/words.svelte';
import type { IconName } from '../marks/icons';
import { durationText } from './duration-text';

/** Anything that can be done to a running world. */
export type Act = Parameters<ClusterSource['act']>[0];

/** What a menu is about. */
export type MenuSubject =
  | { readonly type: 'node' | 'links' | 'messages' | 'timeout'; readonly name: NodeName }
  | { readonly type: 'link'; readonly from: NodeName; readonly to: NodeName }
  | { readonly type: 'message'; readonly message: number };

/** Of what a menu is open, and where on the stage. */
export type OpenMenu = { readonly x: number; readonly y: number } & MenuSubject;

export interface MenuItem {
  readonly id: string;
  readonly icon: IconName;
  readonly text: string;
  readonly run: () => void;
}

export interface MenuOptions {
  readonly frame: ClusterFrame;
  readonly viewpoint: NodeName | null;
  readonly selected: NodeName | null;
  readonly onact: ((act: Act) => void) | undefined;
  readonly onviewpoint: (name: NodeName | null) => void;
  /** Opens a message to read it. */
  readonly onmessage?: ((id: number) => void) | undefined;
  /** The verbs that may be used; null or absent for all. */
  readonly allow?: readonly string[] | null;
  /** Opens another menu in place of this one. */
  readonly onopen: (subject: MenuSubject) => void;
}

/** How many messages a list of them names. */
const LISTED = 10;
const ADDED_MS = 500;
const TIMEOUTS_MS = [1_000, 2_000, 5_000, 15_000];

/** Of which verbs one is needed, where it is not the item's own name; views need none. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  ...{ freeze: ['freeze'], wake: ['wake'], kill: ['kill'], restart: ['restart'] },
  ...{ cut: ['cut'], 'cut-to': ['cut'], heal: ['heal'], mend: ['heal'], hold: ['hold'] },
  ...{ release: ['release'], delay: ['delay'], drop: ['drop'], duplicate: ['duplicate'] },
  ...{ 'cut-off': ['partition'], failover: ['cli'], timeout: ['cli'] },
  links: ['cut', 'heal', 'hold', 'release', 'delay', 'drop'],
  messages: ['drop', 'hold', 'release', 'delay', 'duplicate'],
};

/** The choices of any menu, as far as they are allowed here. */
export function menuItems(subject: MenuSubject, options: MenuOptions): MenuItem[] {
  const { allow = null } = options;
  const items = allItems(subject, options);
  if (allow === null) return items;
  return items.filter(({ id }) => NEEDS[id]?.some((verb) => allow.includes(verb)) ?? true);
}

function allItems(subject: MenuSubject, options: MenuOptions): MenuItem[] {
  switch (subject.type) {
    case 'node':
      return nodeMenu(subject.name, options);
    case 'links':
      return linksMenu(subject.name, options);
    case 'messages':
      return messagesMenu(subject.name, options);
    case 'timeout':
      return timeoutMenu(subject.name, options);
    case 'link':
      return linkMenu(subject, options);
    case 'message':
      return messageMenu(subject.message, options);
  }
}

/** What a menu is about, in words. */
export function menuLabel(subject: MenuSubject, { messages }: ClusterFrame): string {
  const { stageNotes: stage } = words;
  if (subject.type === 'link') return stage.menuOfLink(subject.from, subject.to);
  if (subject.type !== 'message') return stage.menuOf(subject.name);
  const message = messages.find(({ id }) => id === subject.message);
  return deedWords.deeds.menuOfMessage(message ? messageName(message) : String(subject.message));
}

const messageName = ({ type, from, to }: FrameMessage): string => `${type} ${from} → ${to}`;

/** A node's choices: its view, its process, its links, its messages. */
export function nodeMenu(name: NodeName, options: MenuOptions): MenuItem[] {
  const { frame, viewpoint, selected, onact, onviewpoint } = options;
  const { stageNotes: stage } = words;
  const isViewpoint = viewpoint === name;
  const view = item(
    'view',
    isViewpoint ? 'bird' : 'eye',
    isViewpoint ? stage.leaveView : stage.takeView,
    () => onviewpoint(isViewpoint ? null : name),
  );
  const node = frame.nodes.find((one) => one.name === name);
  if (!onact || !node) return [view];
  const items = [view, ...processItems(node, onact), ...memberItems(node, options)];
  if (selected === null || selected === name) return items;
  const isCut = hasFault(frame, 'cut', name, selected);
  const type = isCut ? ('heal' as const) : ('cut' as const);
  const text = isCut ? stage.healWith(selected) : stage.cutWith(selected);
  const run = (): void => onact({ type, from: name, to: selected, oneWay: false });
  return [...items, item(type, isCut ? 'link' : 'cut', text, run)];
}

function processItems({ name: node, process }: FrameNode, onact: (act: Act) => void): MenuItem[] {
  const { stageNotes: stage } = words;
  const freeze = item('freeze', 'frost', stage.freeze, () => onact({ type: 'freeze', node }));
  const wake = item('wake', 'wake', stage.wake, () => onact({ type: 'wake', node }));
  const kill = item('kill', 'x', stage.kill, () => onact({ type: 'kill', node }));
  const restart = item('restart', 'restart', stage.restart, () => onact({ type: 'restart', node }));
  if (process === 'killed') return [restart];
  return process === 'frozen' ? [wake, kill] : [freeze, kill];
}

/** What concerns a node's place among the others. */
function memberItems(node: FrameNode, { frame, onact, onopen }: MenuOptions): MenuItem[] {
  const { deeds } = deedWords;
  const { name, process, view } = node;
  const off = isCutOff(frame, name)
    ? item('heal-off', 'link', deeds.healOff, () => healAllOf(frame, name, onact))
    : item('cut-off', 'cut', deeds.cutOff, () =>
        onact?.({ type: 'partition', sides: [[name]], rest: true }),
      );
  const failover = item('failover', 'flag', deeds.failover, () =>
    onact?.(commandAt(name, ['CLUSTER', 'FAILOVER'])),
  );
  const time = wholeText(view.nodeTimeoutMs);
  const timeout = item('timeout', 'slow', `${deeds.timeout} ${time} …`, () =>
    onopen({ type: 'timeout', name }),
  );
  const links = item('links', 'link', deeds.linksOf, () => onopen({ type: 'links', name }));
  const flying = item('messages', 'branch', deeds.messagesOf, () =>
    onopen({ type: 'messages', name }),
  );
  const runs = process === 'running';
  return [
    ...(frame.nodes.length > 1 ? [off] : []),
    ...(runs && view.role === 'replica' ? [failover] : []),
    ...(runs ? [timeout] : []),
    ...(frame.nodes.length > 1 ? [links] : []),
    ...(messagesAt(name, frame).length > 0 ? [flying] : []),
  ];
}

const isCutOff = (frame: ClusterFrame, name: NodeName): boolean =>
  frame.nodes.every((other) => other.name === name || hasFault(frame, 'cut', name, other.name));

/** One deed if nothing else is cut, or else one for each of its links. */
function healAllOf(frame: ClusterFrame, name: NodeName, onact: MenuOptions['onact']): void {
  if (frame.faults.every(({ from, to }) => from === name || to === name)) {
    return onact?.({ type: 'heal-all' });
  }
  for (const { name: to } of frame.nodes) {
    if (to !== name) onact?.({ type: 'heal', from: name, to, oneWay: false });
  }
}

const commandAt = (node: NodeName, argv: readonly string[]): Act => ({
  ...{ type: 'command', client: 'c1', node, argv, follow: false },
});

/** A node timeout as people set it: `5 s`, not `5.0 s`. */
const wholeText = (ms: number): string =>
  ms < 1_000 ? durationText(ms) : words.stage.seconds(String(ms / 1_000));

function linksMenu(name: NodeName, { frame, onopen }: MenuOptions): MenuItem[] {
  return frame.nodes
    .filter((other) => other.name !== name)
    .map((other) => {
      const isCut = hasFault(frame, 'cut', name, other.name);
      return item(other.name, isCut ? 'cut' : 'link', `${name} – ${other.name}`, () =>
        onopen({ type: 'link', from: name, to: other.name }),
      );
    });
}

const messagesAt = (name: NodeName, { messages }: ClusterFrame): FrameMessage[] =>
  messages.filter(({ from, to, fate }) => isOnTheWay(fate) && (from === name || to === name));

const isOnTheWay = (fate: FrameMessage['fate']): boolean => fate === 'flying' || fate === 'held';

function messagesMenu(name: NodeName, { frame, onopen }: MenuOptions): MenuItem[] {
  return messagesAt(name, frame)
    .slice(0, LISTED)
    .map((message) =>
      item(
        String(message.id),
        message.fate === 'held' ? 'pause' : 'next',
        messageName(message),
        () => onopen({ type: 'message', message: message.id }),
      ),
    );
}

function timeoutMenu(name: NodeName, { frame, onact }: MenuOptions): MenuItem[] {
  const now = frame.nodes.find((node) => node.name === name)?.view.nodeTimeoutMs;
  return TIMEOUTS_MS.map((ms) =>
    item(String(ms), ms === now ? 'check' : 'slow', wholeText(ms), () =>
      onact?.(commandAt(name, ['CONFIG', 'SET', 'cluster-node-timeout', String(ms)])),
    ),
  );
}

/** A link's choices: cut or heal, hold or release, one way, slow, drop the next. */
export function linkMenu(
  { from, to }: { from: NodeName; to: NodeName },
  { frame, onact }: Pick<MenuOptions, 'frame' | 'onact'>,
): MenuItem[] {
  if (!onact) return [];
  const { stageNotes: stage } = words;
  const { deeds } = deedWords;
  const act =
    (type: 'cut' | 'heal' | 'hold' | 'release', oneWay = false) =>
    () =>
      onact({ type, from, to, oneWay });
  const has = (type: FrameFault['type']): boolean => hasFault(frame, type, from, to);
  const time = durationText(ADDED_MS);
  return [
    has('cut')
      ? item('heal', 'link', stage.healLink, act('heal'))
      : item('cut', 'cut', stage.cutLink, act('cut')),
    ...(has('cut') ? [] : [item('cut-to', 'cut', deeds.cutTo(from, to), act('cut', true))]),
    has('hold')
      ? item('release', 'play', stage.releaseLink, act('release'))
      : item('hold', 'pause', stage.holdLink, act('hold')),
    has('delay')
      ? item('mend', 'link', deeds.healWhole, act('heal'))
      : item('delay', 'slow', deeds.slowBy(time), () =>
          onact({ type: 'delay', from, to, oneWay: false, addMs: ADDED_MS }),
        ),
    item('drop', 'x', deeds.dropNext(from, to), () =>
      onact({ type: 'drop', from, to, count: 1, messageType: null }),
    ),
  ];
}

/** What can be done to one message while it is on its way. */
export function messageMenu(
  message: number,
  { frame, onact, onmessage }: Pick<MenuOptions, 'frame' | 'onact' | 'onmessage'>,
): MenuItem[] {
  const { deeds } = deedWords;
  const open = onmessage && item('open', 'open', deeds.openMessage, () => onmessage(message));
  const fate = frame.messages.find(({ id }) => id === message)?.fate;
  const read = open ? [open] : [];
  if (!onact || fate === undefined || !isOnTheWay(fate)) return read;
  const act = (type: 'drop' | 'hold' | 'release' | 'duplicate') => () =>
    onact({ type: `${type}-message`, message });
  const delay = item('delay', 'slow', deeds.delayBy(durationText(ADDED_MS)), () =>
    onact({ type: 'delay-message', message, addMs: ADDED_MS }),
  );
  return [
    ...read,
    item('drop', 'x', deeds.drop, act('drop')),
    ...(fate === 'held'
      ? [item('release', 'play', deeds.letGo, act('release'))]
      : [item('hold', 'pause', deeds.holdBack, act('hold')), delay]),
    item('duplicate', 'plus', deeds.sendTwice, act('duplicate')),
  ];
}

function hasFault(
  frame: ClusterFrame,
  type: FrameFault['type'],
  a: NodeName,
  b: NodeName,
): boolean {
  return frame.faults.some(
    (fault) =>
      fault.type === type &&
      ((fault.from === a && fault.to === b) || (fault.from === b && fault.to === a)),
  );
}

function item(id: string, icon: IconName, text: string, run: () => void): MenuItem {
  return { id, icon, text, run };
}
