/** Links to the moment at hand. */
import { printAction } from '../../lesson/actions';
import type { Scene } from '../../kernel/scene';
import type { Lesson } from '../../lesson/lesson';
import type { Bench } from '../bench.svelte';
import type { LinkView } from './link-view';
import { preferences } from '../preferences.svelte';
import type { Session } from '../session.svelte';
import { textsOfScene } from './scene-texts';
import type { SandboxPlace } from './place';
import { hashOf } from './url';

/** So much of a hash tells two runs apart. */
const HASH_LENGTH = 6;

/** The sandbox that shows the same cluster at the same moment. */
export function sandboxPlaceOf({ scene, source, cursor }: Session): SandboxPlace {
  const isLast = isLastOfItsInstant(source, cursor);
  return {
    ...placeOfScene(scene, source.inputs, cursor.atMs),
    ...(isLast ? {} : { step: cursor.step }),
  };
}

/** A scene in the sandbox, with what is done in it, at a moment. */
function placeOfScene(scene: Scene, inputs: Scene['inputs'], atMs: number): SandboxPlace {
  return {
    masters: scene.masters,
    replicas: scene.replicasPerMaster,
    ...(scene.spareNodes ? { spare: scene.spareNodes } : {}),
    timeoutMs: scene.nodeTimeoutMs,
    seed: scene.seed,
    ...(scene.switches ? { switches: scene.switches } : {}),
    ...textsOfScene(scene),
    deeds: inputs.map(({ atMs, input }) => printAction({ atMs, action: { type: 'input', input } })),
    atMs,
  };
}

/** Whether nothing is computed there: a log is read, or a recording is played. */
const isPlayed = ({ log, recording }: Scene): boolean =>
  log !== undefined || recording !== undefined;

/**
 * Where one can go on from a lesson: with the cluster on the stage, or from the last scene of the
 * lesson that is computed; null where there is none.
 */
export function onwardHashOf(session: Session, lesson: Pick<Lesson, 'scenes'>): string | null {
  if (!isPlayed(session.scene)) return sandboxHashOf(session);
  const computed = Object.values(lesson.scenes).findLast(({ scene }) => !isPlayed(scene));
  if (!computed) return null;
  const { scene, opens } = computed;
  const place = placeOfScene(scene, scene.inputs, opens.type === 'at' ? opens.atMs : 0);
  return hashOf({ page: 'sandbox', ...place });
}

/** The same with how it is looked at, and by what it can be known again. */
export function lookedAtPlaceOf(session: Session, bench: Bench): SandboxPlace {
  const view = viewOf(session, bench);
  return {
    ...sandboxPlaceOf(session),
    ...(Object.keys(view).length === 0 ? {} : { view }),
    hash: session.source.hash().slice(0, HASH_LENGTH),
  };
}

/** Several steps may share an instant; a time alone means the last of them. */
function isLastOfItsInstant(source: Session['source'], cursor: Session['cursor']): boolean {
  if (!source.capabilities.rewind) return true;
  const sight = source.playheadOn(cursor.branch);
  sight.seekTime(Math.round(cursor.atMs));
  return sight.cursor.step === cursor.step;
}

/** How a moment is looked at, without what is usual. */
export function viewOf(session: Session, bench: Bench): LinkView {
  const { viewpoint, selected, speed, byBeat, filter } = session;
  const look = preferences.projector ? 'projector' : bench.compares ? 'compare' : null;
  const pace = byBeat ? 'beat' : speed;
  return {
    ...(viewpoint === null ? {} : { as: viewpoint }),
    ...(selected === null || selected.type === 'report' ? {} : { open: selected }),
    ...(bench.tab === 'table' ? {} : { tab: bench.tab }),
    ...(pace === 1 ? {} : { speed: pace }),
    ...(filter === 'all' ? { show: filter } : {}),
    ...(look === null ? {} : { view: look }),
  };
}

/** The link's hash for the moment a session shows. */
export function sandboxHashOf(session: Session): string {
  return hashOf({ page: 'sandbox', ...sandboxPlaceOf(session) });
}

/** What the address bar says: readable however long, and with the view, to reload into. */
export function addressOf(session: Session, bench: Bench): string {
  const view = viewOf(session, bench);
  const place = sandboxPlaceOf(session);
  return hashOf({
    page: 'sandbox',
    ...place,
    ...(Object.keys(view).length === 0 ? {} : { view }),
  });
}

/** Puts a link to this moment on the clipboard; false where the browser forbids it. */
export async function share(session: Session, bench: Bench): Promise<boolean> {
  const { linkOf } = await import('./packed-link');
  const hash = linkOf(lookedAtPlaceOf(session, bench));
  try {
    await navigator.clipboard.writeText(`${location.href.split('#')[0] ?? ''}${hash}`);
    return true;
  } catch {
    history.replaceState(history.state, '', hash);
    return false;
  }
}
