/**
 * An image of an SVG may load nothing, not even typefaces. This finds the faces its letters need
 * among those of the page and writes them out as a style.
 */
export async function embeddedFonts(svg: string): Promise<string> {
  const characters = new Set([...svg.replace(/<[^>]*>/g, '')].map((c) => c.codePointAt(0)!));
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .filter(({ style }) => svg.includes(style.getPropertyValue('font-family').replaceAll('"', '')))
    .filter(({ style }) => covers(style.getPropertyValue('unicode-range'), characters));
  const faces = await Promise.all(rules.map(embedded));
  return `<style>${faces.join('')}</style>`;
}

/** Whether a unicode-range as `U+0-FF, U+131` holds one of the characters; none holds all. */
export function covers(ranges: string, characters: ReadonlySet<number>): boolean {
  if (ranges === '') return true;
  return ranges.split(',').some((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
    const [low, high] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    return [...characters].some((character) => character >= low && character <= high);
  });
}

async function embedded({ cssText, parentStyleSheet }: CSSFontFaceRule): Promise<string> {
  const [whole, url] = /url\("?([^")]+)"?\)/.exec(cssText) ?? [];
  if (whole === undefined || url === undefined) return '';
  const file = await fetch(new URL(url, parentStyleSheet?.href ?? location.href));
  return cssText.replace(whole, `url(${await dataUrl(await file.blob())})`);
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('a typeface cannot be read'));
    reader.readAsDataURL(blob);
  });
}
