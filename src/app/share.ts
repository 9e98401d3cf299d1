/** Links to the moment at hand. */
import { printAction } from '../lesson/actions';
import type { Session } from './session.svelte';
import { hashOf, type SandboxPlace } from './url';

/** The sandbox that shows the same cluster at the same moment. */
export function sandboxPlaceOf({ scene, source, cursor }: Session): SandboxPlace {
  return {
    masters: scene.masters,
    replicas: scene.replicasPerMaster,
    ...(scene.spareNodes ? { spare: scene.spareNodes } : {}),
    timeoutMs: scene.nodeTimeoutMs,
    seed: scene.seed,
    deeds: source.inputs.map(({ atMs, input }) =>
      printAction({ atMs, action: { type: 'input', input } }),
    ),
    atMs: cursor.atMs,
  };
}

/** The link's hash for the moment a session shows. */
export function sandboxHashOf(session: Session): string {
  return hashOf({ page: 'sandbox', ...sandboxPlaceOf(session) });
}

/** Puts a link to this moment on the clipboard; false where the browser forbids it. */
export async function share(session: Session): Promise<boolean> {
  const link = `${location.href.split('#')[0] ?? ''}${sandboxHashOf(session)}`;
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    history.replaceState(history.state, '', sandboxHashOf(session));
    return false;
  }
}
