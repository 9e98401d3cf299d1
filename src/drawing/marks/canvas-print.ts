/** A canvas as sharp as a file needs it: who paints it leaves here how to paint it finer. */
type Printer = (times: number) => HTMLCanvasElement;

const printers = new WeakMap<HTMLCanvasElement, Printer>();

/** Leaves how `canvas` is painted `times` as finely; returns how to take that back. */
export function finelyPrinted(canvas: HTMLCanvasElement, print: Printer): () => void {
  printers.set(canvas, print);
  return () => printers.delete(canvas);
}

/** What is on `canvas`, `times` as fine where its painter can do that. */
export function printOf(canvas: HTMLCanvasElement, times: number): string {
  return (printers.get(canvas)?.(times) ?? canvas).toDataURL();
}
