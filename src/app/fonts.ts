/** The faces of the look, served with the page. Chinese ones are fetched only for Chinese. */
import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/source-serif-4/opsz-italic.css';
import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/jetbrains-mono/wght.css';

/** Starts fetching the two faces of the first screen before anything asks for them. */
export function preloadLatinFonts(): void {
  for (const family of ['Source Serif 4 Variable', 'Inter Variable']) {
    void document.fonts.load(`16px "${family}"`);
  }
}

export async function loadChineseFonts(): Promise<void> {
  await import('./fonts-chinese');
}
