/** What the keys do on a page with a stage. */
import { tick } from 'svelte';
import { words } from '../words/words.svelte';
import type { Bench } from './bench.svelte';
import type { tellCannot } from './doing/tell-cannot';
import { eyesOf } from './eyes';
import type { KeyMap } from './keyboard';
import { focusAround } from './near-focus';
import type { Player } from './player';
import { preferences } from './preferences.svelte';
import type { Session } from './session.svelte';
import type { TimeVerbs } from './time/time-verbs';

/** For how long one waits for a part of the page that is being loaded. */
const MOST_FRAMES = 120;

/** `session` and `player` are asked anew at each key, since a lesson's steps may change them. */
export function benchKeys(
  session: () => Session,
  bench: Bench,
  player: (() => Player) | null,
): KeyMap {
  /** Of one future on the stage, or of two. */
  const time = (): TimeVerbs => bench.comparison ?? session();
  return {
    play: () => time().togglePlay(),
    eventOn: () => time().stepEvent(1),
    eventBack: () => time().stepEvent(-1),
    deliveryOn: () => time().stepDelivery(1),
    deliveryBack: () => time().stepDelivery(-1),
    beatOn: () => time().stepBeat(1),
    beatBack: () => time().stepBeat(-1),
    first: () => time().seekEnd('first'),
    last: () => time().seekEnd('last'),
    viewpoint: (index) => lookThrough(session(), index),
    viewpointOn: () => lookThrough(session(), indexOfView(session()) + 1),
    viewpointBack: () => lookThrough(session(), indexOfView(session()) - 1),
    slower: () => time().changeSpeed(-1),
    filter: () => {
      session().filter = session().filter === 'key' ? 'all' : 'key';
    },
    inspector: bench.toggleInspector,
    openNode: () => {
      const name = session().viewpoint ?? session().subject;
      if (name !== null) bench.selectNode(name);
    },
    matrix: () => void focusFirst('[data-observer][tabindex="0"]'),
    compare: () => compare(session(), bench),
    terminal: () => void openTerminal(bench),
    subject: () => chooseSubject(session(), bench),
    find: () => {
      if (!focusFirst('[name=find]')) lookUp(player !== null);
    },
    picture: () => void savePicture(session(), bench),
    command: () => void focusFirst('[name=command]'),
    projector: () => preferences.setProjector(!preferences.projector),
    ...(player === null ? {} : { lessonOn: () => void goOn(player()) }),
    // From its button the next Tab is in what it opens, and Escape comes back to it.
    until: () => {
      if (focusFirst('[data-popup=until]')) (document.activeElement as HTMLElement).click();
    },
    whatIf: () => void dropPicked(session(), bench),
    ...projectorKeys(session, bench, player),
  };
}

async function savePicture(session: Session, bench: Bench): Promise<void> {
  const { savePicture: save } = await import('./picture/save-picture');
  await save(session, bench, bench.compares ? 'views' : 'stage', 'png');
}

/** Before a room a question is answered by the next click; at a desk it waits for its reader. */
function click(player: Player, direction: 1 | -1): void {
  if (direction === -1) player.back();
  else if (player.phase !== 'asking') player.next();
  else if (preferences.projector) player.skip();
}

/** The next Tab is in the new step, if it was nowhere. */
async function goOn(player: Player): Promise<void> {
  click(player, 1);
  await tick();
  if (document.activeElement === document.body) focusFirst('.lesson .step');
}

/** In a lesson one looks things up; in the sandbox a node is found by writing what to do to it. */
function lookUp(isLesson: boolean): void {
  if (isLesson) location.hash = '#/reference';
  else focusFirst('[name=command]');
}

/** The first of these that the page has; false where it has none. */
function focusFirst(...selectors: string[]): boolean {
  const found = selectors
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .find((each) => each !== null);
  found?.focus();
  return found !== undefined;
}

async function cannot(bench: Bench, why: Parameters<typeof tellCannot>[1]): Promise<void> {
  await (await import('./doing/tell-cannot')).tellCannot(bench, why);
}

function compare(session: Session, bench: Bench): void {
  if (bench.isLog) void cannot(bench, 'compareLog');
  else if (session.isOperators) void cannot(bench, 'compareDesk');
  else bench.compares = !bench.compares;
}

async function openTerminal(bench: Bench): Promise<void> {
  if (bench.isLog) return cannot(bench, 'typeLog');
  bench.openTerminal();
  await tick();
  // The first time its line comes over the network; what is typed meanwhile must go nowhere else.
  for (let i = 0; i < MOST_FRAMES && bench.tab === 'terminal'; i += 1) {
    if (focusFirst('[name=terminal]')) return;
    await new Promise(requestAnimationFrame);
  }
  focusFirst('[name=command]');
}

/** The selected node becomes what the picture is about, or gives that up again. */
function chooseSubject(session: Session, bench: Bench): void {
  const selected = session.selected?.type === 'node' ? session.selected.node : session.viewpoint;
  const isGivenUp = selected === null || session.chosenSubject === selected;
  session.chosenSubject = isGivenUp ? null : selected;
  bench.tell(isGivenUp ? words.app.subjectFree : words.app.subjectIs(selected));
}

async function dropPicked(session: Session, bench: Bench): Promise<void> {
  const { dropPicked: drop } = await import('./time/drop-picked');
  drop(session, bench);
}

/** A clicker has two keys: steps of the lesson, or beats where there is none. */
function projectorKeys(
  session: () => Session,
  bench: Bench,
  player: (() => Player) | null,
): KeyMap {
  const whenProjecting = (act: () => void) => () => {
    if (preferences.projector) act();
  };
  const clicker = (direction: 1 | -1) => {
    if (bench.comparison !== null) bench.comparison.stepBeat(direction);
    else if (player === null) session().stepBeat(direction);
    else click(player(), direction);
  };
  return {
    clickerOn: () => clicker(1),
    clickerBack: () => clicker(-1),
    dot: () => {
      if (preferences.projector) bench.isBlank = !bench.isBlank;
      else (bench.comparison ?? session()).changeSpeed(1);
    },
    blank: whenProjecting(() => (bench.isBlank = !bench.isBlank)),
    bigger: whenProjecting(() => bench.changeProjectorSize(0.1)),
    smaller: whenProjecting(() => bench.changeProjectorSize(-0.1)),
    leave: () => {
      if (leaveField()) return;
      if (bench.compared !== null) bench.compared = null;
      else if (bench.compares) bench.compares = false;
      else if (preferences.projector) preferences.setProjector(false);
      else bench.inspectorIsOpen = false;
    },
  };
}

/** Out of the line one types in: the letters are keys again. False where nobody types. */
function leaveField(): boolean {
  const field = document.activeElement;
  if (!field?.matches('input:not([type=radio], [type=checkbox]), textarea')) return false;
  (field as HTMLElement).blur();
  focusAround(field);
  return true;
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
  return eyesOf(session)
    .toSorted((a, b) => a.port - b.port)
    .map(({ name }) => name);
}
