/**
 * All that makes a cluster move. The page draws its first picture from a recording and loads this
 * right after, as one piece; nothing else may import it but `load-engine.ts`.
 */
export { sourceOfScene } from '../../timeline/source-of-scene';
export { LessonPlayer } from '../lesson/lesson-player.svelte';
export { openScene } from '../lesson/lesson-visit';
export { newClock } from './live-session';
export { sandboxSource } from './sandbox-source';
