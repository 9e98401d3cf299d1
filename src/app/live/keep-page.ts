/**
 * The bridge serves the page, and may end before it: whatever the page would fetch later for real
 * processes and their recording is fetched while it can be.
 */
import { LOCALES, loadWords } from '../../words/words.svelte';

let kept: Promise<unknown> | null = null;

/** Fetches it all, once; what cannot be fetched is asked for again when it is needed. */
export function keepPage(): Promise<unknown> {
  kept ??= Promise.allSettled([
    import('../inspector/MachineTab.svelte'),
    import('../inspector/MessageDetails.svelte'),
    import('../links/file-io'),
    import('../links/packed-link'),
    import('../links/share'),
    import('../pages/CompareBench.svelte'),
    import('../pages/PhoneBench.svelte'),
    import('../pages/ProjectorBench.svelte'),
    import('../panels/ShareItems.svelte'),
    import('../panels/UntilPanel.svelte'),
    import('../picture/save-picture'),
    import('./LiveTerminal.svelte'),
    import('./PartingNote.svelte'),
    import('./open-recordings.svelte'),
    ...LOCALES.map(loadWords),
  ]);
  return kept;
}
