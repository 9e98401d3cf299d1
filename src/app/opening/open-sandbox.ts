/** From a sandbox's address to a running session, or to what is wrong with it. */
import type { LessonLocale } from '../../lesson/lesson';
import { SimulatedSource } from '../../timeline/simulated-source';
import { liveSession } from './live-session';
import { sandboxSource } from './sandbox-source';
import type { Session } from '../session.svelte';
import type { Problem, SandboxPlace } from '../links/place';

export function openSandbox(place: SandboxPlace, locale: LessonLocale): Session | Problem {
  const opened = sandboxSource(place, locale);
  return opened instanceof SimulatedSource ? liveSession(opened) : opened;
}
