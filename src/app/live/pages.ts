/** The pages of real processes, as one piece to load. */
export { default as LivePage } from './LivePage.svelte';
export { default as RecordingPage } from './RecordingPage.svelte';
