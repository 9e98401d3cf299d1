/** Looks at a moment the way its link asks for. */
import type { Bench } from '../bench.svelte';
import { preferences } from '../preferences.svelte';
import type { Selection } from '../selection';
import type { Session } from '../session.svelte';
import { sceneOfTexts } from './scene-texts';
import type { SandboxPlace } from './place';

/** What of a link is not there: parts of it, or the very run. */
export interface LinkTrouble {
  /** Parts that say nothing here. */
  readonly unknown: readonly string[];
  /** The same scene, seed and deeds lead elsewhere: the link is of another version. */
  readonly isOtherRun: boolean;
}

/** Shows what the place asks for, as far as it is there; tells what is not. */
export function showView(place: SandboxPlace, session: Session, bench: Bench): LinkTrouble {
  const { view = {}, unknown = [], hash } = place;
  const missing = [...sceneOfTexts(place).unread];
  if (view.as !== undefined) {
    if (isNode(session, view.as)) session.viewpoint = view.as;
    else missing.push(`as=${view.as}`);
  }
  if (view.open !== undefined) {
    if (isThere(session, view.open)) bench.select(view.open);
    else missing.push('open');
  }
  if (view.tab !== undefined) {
    bench.tab = view.tab;
    bench.inspectorIsOpen = true;
  }
  if (view.speed !== undefined) session.setSpeed(view.speed);
  if (view.show !== undefined) session.filter = view.show;
  if (view.view === 'compare') bench.compares = true;
  if (view.view === 'projector') preferences.setProjector(true);
  const isOtherRun = hash !== undefined && !session.source.hash().startsWith(hash);
  return { unknown: [...unknown, ...missing], isOtherRun };
}

function isNode(session: Session, name: string): boolean {
  return session.frame.nodes.some((node) => node.name === name);
}

export function isThere(session: Session, selected: Selection): boolean {
  switch (selected.type) {
    case 'node':
      return isNode(session, selected.node);
    case 'link':
      return isNode(session, selected.from) && isNode(session, selected.to);
    case 'message':
      return session.messageOf(selected.message) !== null;
    case 'client':
      return session.frame.clients.some(({ name }) => name === selected.client);
    case 'report':
      return false;
  }
}
