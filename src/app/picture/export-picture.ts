/** The picture on screen as a file: an SVG that stands alone, or a PNG of twice its size. */
import { saveFile } from '../links/save-file';
import { embeddedFonts } from './embedded-fonts';
import { svgOfElement, type PictureWords } from './svg-of-element';

export type PictureKind = 'svg' | 'png';
/** What can be taken: the stage, the lanes below it, or a ring a node in their place. */
export type Picture = 'stage' | 'lanes' | 'views';

const PLACES: Readonly<Record<Picture, string>> = {
  stage: '[data-picture=stage]',
  lanes: '[data-picture=lanes]',
  views: '[data-picture=views]',
};
const PNG_SCALE = 2;

/** Whether the picture is on the page now. */
export function hasPicture(picture: Picture): boolean {
  return document.querySelector(PLACES[picture]) !== null;
}

/** Saves the picture; false where it is not on the page. */
export async function exportPicture(
  picture: Picture,
  kind: PictureKind,
  words: PictureWords & { readonly fileName: string },
): Promise<boolean> {
  const element = document.querySelector<HTMLElement>(PLACES[picture]);
  if (element === null) return false;
  const svg = svgOfElement(element, words);
  const blob =
    kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg, element);
  saveFile(blob, `${words.fileName}.${kind}`);
  return true;
}

async function pngOf(svg: string, element: HTMLElement): Promise<Blob> {
  const { width, height } = element.getBoundingClientRect();
  const image = new Image();
  const withFonts = svg.replace('</title>', `</title>${await embeddedFonts(svg)}`);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(withFonts)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * PNG_SCALE);
  canvas.height = Math.round(height * PNG_SCALE);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the browser cannot draw this picture'));
      else resolve(blob);
    }, 'image/png');
  });
}
