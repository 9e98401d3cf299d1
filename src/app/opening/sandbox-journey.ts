/** From a sandbox's address to a cluster at its beginning, and the way to the moment asked for. */
import { MOST_TIGHT } from '../../drawing/layout/scale';
import type { LessonLocale } from '../../lesson/lesson';
import { createdNames } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { Journey } from './journey';
import { FORMED_BY_MS, isWhole, sandboxSource } from './sandbox-source';
import type { Problem, SandboxPlace } from '../links/place';

/** So large a cluster takes more than a moment to compute. */
export function isLongWay({ masters, replicas }: SandboxPlace): boolean {
  return masters * (1 + replicas) > MOST_TIGHT;
}

/** The way to where `place` stands; its source is at 0 s. */
export function sandboxJourney(place: SandboxPlace, locale: LessonLocale): Journey | Problem {
  const { step: _, ...beginning } = { ...place, atMs: 0 };
  const source = sandboxSource(beginning, locale);
  if (!(source instanceof SimulatedSource)) return source;
  const names = createdNames(source.scene);
  return new Journey(source, {
    atMs: place.atMs,
    isThere: () => isWhole(source.frame, names),
    latestMs: FORMED_BY_MS,
  });
}
