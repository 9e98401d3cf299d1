/** What the keys do on a page with a stage. */
import type { Bench } from './bench.svelte';
import type { KeyMap } from './keyboard';
import type { LessonPlayer } from './lesson-player.svelte';
import { preferences } from './preferences.svelte';
import type { Session } from './session.svelte';

/** `session` and `player` are asked anew at each key, since a lesson's steps may change them. */
export function benchKeys(
  session: () => Session,
  bench: Bench,
  player: (() => LessonPlayer) | null,
): KeyMap {
  return {
    play: () => session().togglePlay(),
    eventOn: () => session().stepEvent(1),
    eventBack: () => session().stepEvent(-1),
    beatOn: () => session().stepBeat(1),
    beatBack: () => session().stepBeat(-1),
    first: () => session().seekEnd('first'),
    last: () => session().seekEnd('last'),
    viewpoint: (index) => lookThrough(session(), index),
    viewpointOn: () => lookThrough(session(), indexOfView(session()) + 1),
    viewpointBack: () => lookThrough(session(), indexOfView(session()) - 1),
    faster: () => session().changeSpeed(1),
    slower: () => session().changeSpeed(-1),
    filter: () => {
      session().filter = session().filter === 'key' ? 'all' : 'key';
    },
    inspector: bench.toggleInspector,
    command: () => document.querySelector<HTMLElement>('[name=command]')?.focus(),
    projector: () => preferences.setProjector(!preferences.projector),
    ...(player === null ? {} : lessonKeys(player)),
    ...projectorKeys(bench),
  };
}

function lessonKeys(player: () => LessonPlayer): KeyMap {
  return {
    lessonOn: () => {
      if (player().phase !== 'asking') player().next();
    },
    lessonBack: () => player().back(),
  };
}

function projectorKeys(bench: Bench): KeyMap {
  const whenProjecting = (act: () => void) => () => {
    if (preferences.projector) act();
  };
  return {
    blank: whenProjecting(() => (bench.isBlank = !bench.isBlank)),
    bigger: whenProjecting(() => bench.changeProjectorSize(0.1)),
    smaller: whenProjecting(() => bench.changeProjectorSize(-0.1)),
    leave: () => {
      if (preferences.projector) preferences.setProjector(false);
      else bench.inspectorIsOpen = false;
    },
  };
}

/** 0 is the bird's eye; beyond the last node comes the bird's eye again. */
function lookThrough(session: Session, index: number): void {
  const names = portOrder(session);
  const around = (index + names.length + 1) % (names.length + 1);
  session.viewpoint = around === 0 ? null : (names[around - 1] ?? null);
}

function indexOfView(session: Session): number {
  return session.viewpoint === null ? 0 : portOrder(session).indexOf(session.viewpoint) + 1;
}

function portOrder(session: Session): string[] {
  return session.frame.nodes.toSorted((a, b) => a.port - b.port).map(({ name }) => name);
}
