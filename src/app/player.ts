/** A lesson being taken, as the page sees it. */
import type { LessonPlayer } from './lesson/lesson-player.svelte';

export type Player = Pick<LessonPlayer, keyof LessonPlayer>;
