/** The faces of the look, served with the page. Chinese ones are fetched only for Chinese. */
import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/source-serif-4/opsz-italic.css';
import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/jetbrains-mono/wght.css';

const FIRST_FACES = [
  '16px "Source Serif 4 Variable"',
  '16px "Inter Variable"',
  'italic 16px "Source Serif 4 Variable"',
  '16px "JetBrains Mono Variable"',
];

/**
 * Starts fetching the faces of the first screen before anything asks for them: to set a page
 * in other faces first costs more than to set it in these, and is done twice.
 */
export function preloadLatinFonts(): void {
  for (const face of FIRST_FACES) void document.fonts.load(face);
}

export async function loadChineseFonts(): Promise<void> {
  await import('./fonts-chinese');
}
