/**
 * A piece of the page as one SVG that stands alone: drawings keep their shapes, notes become
 * rectangles and lines of text, a canvas becomes an image. What is hidden stays out.
 */
import { printOf } from '../../drawing/marks/canvas-print';
import { isHidden, paintedAttributes } from './painted-style';
import { textLines } from './text-lines';

const SVG = 'http://www.w3.org/2000/svg';
/** Things to press, which are no part of the picture. */
const NO_PICTURE = '.unseen, [popover], input, select, [data-no-picture]';

interface Sheet {
  /** The corner everything is measured from. */
  readonly origin: { readonly x: number; readonly y: number };
}

export interface PictureWords {
  readonly title: string;
  readonly description: string;
}

export function svgOfElement(root: HTMLElement, { title, description }: PictureWords): string {
  const { left, top, width, height } = root.getBoundingClientRect();
  const sheet: Sheet = { origin: { x: left, y: top } };
  const svg = make('svg', {});
  const [w, h] = [Math.round(width), Math.round(height)];
  set(svg, { width: w, height: h, viewBox: `0 0 ${w} ${h}`, role: 'img', lang: pageLanguage() });
  svg.append(
    make('title', {}, title),
    make('desc', {}, description),
    make('rect', { width: w, height: h, fill: paperColour(root) }),
    ...htmlParts(root, sheet),
  );
  const definitions = make('defs', {});
  definitions.append(...missingDefinitions(svg, sheet));
  if (definitions.firstChild) svg.append(definitions);
  return new XMLSerializer().serializeToString(svg);
}

/** Patterns and gradients that a picture uses and the page keeps elsewhere. */
function missingDefinitions(svg: Element, sheet: Sheet): Element[] {
  const ids = new Set<string>();
  for (const element of svg.querySelectorAll('[fill], [stroke]')) {
    for (const name of ['fill', 'stroke']) {
      const id = /^url\(["']?#([^"')]+)/.exec(element.getAttribute(name) ?? '')?.[1];
      if (id !== undefined) ids.add(id);
    }
  }
  for (const element of svg.querySelectorAll('[id]')) ids.delete(element.id);
  return [...ids].flatMap((id) => {
    const definition = document.getElementById(id);
    return definition instanceof SVGElement ? shapeOf(definition, sheet) : [];
  });
}

function htmlParts(element: HTMLElement, sheet: Sheet): Element[] {
  const style = getComputedStyle(element);
  if (isHidden(style) || element.matches(NO_PICTURE)) return [];
  const parts = [...boxOf(element, style, sheet)];
  for (const child of element.childNodes) {
    if (child instanceof Text) parts.push(...textParts(child, style, sheet));
    else if (child instanceof SVGSVGElement) parts.push(...drawingOf(child, sheet));
    else if (child instanceof HTMLCanvasElement) parts.push(...imageOf(child, sheet));
    else if (child instanceof HTMLElement) parts.push(...htmlParts(child, sheet));
  }
  if (style.opacity === '1' || parts.length === 0) return parts;
  const group = make('g', { opacity: style.opacity });
  group.append(...parts);
  return [group];
}

/** What lies behind an element's text: its colour and its border. */
function boxOf(element: HTMLElement, style: CSSStyleDeclaration, sheet: Sheet): Element[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left - sheet.origin.x, top - sheet.origin.y];
  const parts: Element[] = [];
  const border = parseFloat(style.borderTopWidth) || 0;
  const isFramed = border > 0 && style.borderTopStyle !== 'none' && sameBorders(style);
  const isFilled = !/^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor);
  if (isFilled || isFramed) {
    const inset = isFramed ? border / 2 : 0;
    parts.push(
      make('rect', {
        ...{ x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset },
        rx: Math.min(parseFloat(style.borderTopLeftRadius) || 0, height / 2),
        fill: isFilled ? style.backgroundColor : 'none',
        ...(isFramed ? { stroke: style.borderTopColor, 'stroke-width': border } : {}),
      }),
    );
  }
  if (isFramed) return parts;
  for (const [side, line] of Object.entries(edges(x, y, width, height))) {
    const widthPx = parseFloat(style.getPropertyValue(`border-${side}-width`)) || 0;
    const stroke = style.getPropertyValue(`border-${side}-color`);
    if (widthPx > 0) parts.push(make('path', { d: line, stroke, 'stroke-width': widthPx }));
  }
  return parts;
}

function sameBorders(style: CSSStyleDeclaration): boolean {
  const sides = ['top', 'right', 'bottom', 'left'];
  return new Set(sides.map((side) => style.getPropertyValue(`border-${side}-width`))).size === 1;
}

function edges(x: number, y: number, width: number, height: number) {
  return {
    top: `M${x},${y}h${width}`,
    right: `M${x + width},${y}v${height}`,
    bottom: `M${x},${y + height}h${width}`,
    left: `M${x},${y}v${height}`,
  };
}

function textParts(node: Text, style: CSSStyleDeclaration, sheet: Sheet): Element[] {
  if (node.data.trim() === '') return [];
  const scale = scaleOf(node.parentElement!);
  return textLines(node, sheet.origin, style.font).map(({ text, x, y }) =>
    make(
      'text',
      {
        ...{ x, y, fill: style.color, 'font-family': style.fontFamily },
        'font-size': parseFloat(style.fontSize) * scale,
        ...{ 'font-weight': style.fontWeight, 'font-style': style.fontStyle },
      },
      text,
    ),
  );
}

/** An SVG of the page, at its place and with its size. */
function drawingOf(svg: SVGSVGElement, sheet: Sheet): Element[] {
  const { left, top, width, height } = svg.getBoundingClientRect();
  if (width === 0 || height === 0) return [];
  const own = svg.hasAttribute('viewBox')
    ? svg.getAttribute('viewBox')!
    : `0 0 ${svg.clientWidth} ${svg.clientHeight}`;
  const copy = shapeOf(svg, sheet)[0];
  if (copy === undefined) return [];
  const [x, y] = [left - sheet.origin.x, top - sheet.origin.y];
  set(copy, { x, y, width, height, viewBox: own, overflow: 'visible' });
  return [copy];
}

function shapeOf(element: Element, sheet: Sheet): Element[] {
  const style = getComputedStyle(element);
  const isDefinition = element.closest('defs, pattern, clipPath, mask, marker') !== null;
  if ((isHidden(style) && !isDefinition) || element.matches(NO_PICTURE)) return [];
  const copy = make(element.localName, {});
  for (const [name, value] of paintedAttributes(element, style)) copy.setAttribute(name, value);
  for (const child of element.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof SVGElement) copy.append(...shapeOf(child, sheet));
  }
  return [copy];
}

/** An image in a file is looked at larger than it was on the page. */
const FINER = 3;

function imageOf(canvas: HTMLCanvasElement, sheet: Sheet): Element[] {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  if (width === 0 || height === 0) return [];
  const [x, y] = [left - sheet.origin.x, top - sheet.origin.y];
  return [make('image', { x, y, width, height, href: printOf(canvas, FINER) })];
}

/** How much larger an element is on screen than in its own pixels. */
function scaleOf(element: HTMLElement): number {
  const { offsetWidth } = element;
  return offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / offsetWidth;
}

function paperColour(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/^(transparent|rgba\(.*, 0\)|)$/.test(backgroundColor)) return backgroundColor;
  }
  return 'Canvas';
}

const pageLanguage = () => document.documentElement.lang;

type Values = Readonly<Record<string, string | number>>;

function make(name: string, values: Values, text = ''): Element {
  const element = document.createElementNS(SVG, name);
  set(element, values);
  if (text !== '') element.textContent = text;
  return element;
}

function set(element: Element, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    element.setAttribute(name, typeof value === 'number' ? String(round(value)) : value);
  }
}

const round = (value: number) => Math.round(value * 100) / 100;
