/** The lines a text is broken into on the page, and where each stands. */
export interface TextLine {
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
}

/** `origin` is the corner everything is measured from. */
export function textLines(node: Text, origin: { x: number; y: number }, font: string): TextLine[] {
  const range = document.createRange();
  const lines: { text: string; rect: DOMRect }[] = [];
  for (const { index, 0: word } of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    for (const [i, rect] of [...range.getClientRects()].entries()) {
      const last = lines.at(-1);
      if (last !== undefined && Math.abs(last.rect.top - rect.top) < 2) last.text += i ? '' : word;
      else lines.push({ text: word, rect });
    }
  }
  const share = ascentShare(font);
  return lines.map(({ text, rect }) => ({
    text: text.trimEnd(),
    x: rect.left - origin.x,
    y: rect.top + rect.height * share - origin.y,
  }));
}

const shares = new Map<string, number>();

/** How much of a line's height lies above its baseline. */
function ascentShare(font: string): number {
  const known = shares.get(font);
  if (known !== undefined) return known;
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 0.8;
  context.font = font;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText('x');
  const share = up / (up + down);
  shares.set(font, share);
  return share;
}
