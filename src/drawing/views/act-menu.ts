/** What a menu on the stage offers, given how things stand. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { ClusterSource } from '../../timeline/cluster-source';
import { words } from '../../words/words.svelte';
import type { IconName } from '../marks/icons';

/** Anything that can be done to a running world. */
export type Act = Parameters<ClusterSource['act']>[0];

/** Of what a menu is open, and where on the stage. */
export type OpenMenu = { readonly x: number; readonly y: number } & (
  | { readonly type: 'node'; readonly name: NodeName }
  | { readonly type: 'link'; readonly from: NodeName; readonly to: NodeName }
);

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
}

/** A node's choices: its view, its process, and its link with the selected node. */
export function nodeMenu(name: NodeName, options: MenuOptions): MenuItem[] {
  const { frame, viewpoint, selected, onact, onviewpoint } = options;
  const { stage } = words;
  const isViewpoint = viewpoint === name;
  const view: MenuItem = {
    id: 'view',
    icon: isViewpoint ? 'bird' : 'eye',
    text: isViewpoint ? stage.leaveView : stage.takeView,
    run: () => onviewpoint(isViewpoint ? null : name),
  };
  if (!onact) return [view];
  const process = frame.nodes.find((node) => node.name === name)?.process ?? 'running';
  const items = [view, ...processItems(name, process, onact)];
  if (selected === null || selected === name) return items;
  const isCut = hasFault(frame, 'cut', name, selected);
  const type = isCut ? ('heal' as const) : ('cut' as const);
  return [
    ...items,
    {
      id: type,
      icon: isCut ? 'link' : 'cut',
      text: isCut ? stage.healWith(selected) : stage.cutWith(selected),
      run: () => onact({ type, from: name, to: selected, oneWay: false }),
    },
  ];
}

function processItems(
  node: NodeName,
  process: 'running' | 'frozen' | 'killed',
  onact: (act: Act) => void,
): MenuItem[] {
  const { stage } = words;
  const freeze = item('freeze', 'frost', stage.freeze, () => onact({ type: 'freeze', node }));
  const wake = item('wake', 'wake', stage.wake, () => onact({ type: 'wake', node }));
  const kill = item('kill', 'x', stage.kill, () => onact({ type: 'kill', node }));
  const restart = item('restart', 'restart', stage.restart, () => onact({ type: 'restart', node }));
  if (process === 'killed') return [restart];
  return process === 'frozen' ? [wake, kill] : [freeze, kill];
}

/** A link's choices: cut or heal, hold or release. */
export function linkMenu(
  { from, to }: { from: NodeName; to: NodeName },
  { frame, onact }: Pick<MenuOptions, 'frame' | 'onact'>,
): MenuItem[] {
  if (!onact) return [];
  const { stage } = words;
  const act = (type: 'cut' | 'heal' | 'hold' | 'release') => () =>
    onact({ type, from, to, oneWay: false });
  const cut = hasFault(frame, 'cut', from, to);
  const held = hasFault(frame, 'hold', from, to);
  return [
    cut
      ? item('heal', 'link', stage.healLink, act('heal'))
      : item('cut', 'cut', stage.cutLink, act('cut')),
    held
      ? item('release', 'play', stage.releaseLink, act('release'))
      : item('hold', 'pause', stage.holdLink, act('hold')),
  ];
}

function hasFault(frame: ClusterFrame, type: 'cut' | 'hold', a: NodeName, b: NodeName): boolean {
  return frame.faults.some(
    (fault) =>
      fault.type === type &&
      ((fault.from === a && fault.to === b) || (fault.from === b && fault.to === a)),
  );
}

function item(id: string, icon: IconName, text: string, run: () => void): MenuItem {
  return { id, icon, text, run };
}
