/** What a drawn element looks like, as attributes: a file has no style sheet and no tokens. */
const SHAPE_PROPERTIES = [
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'vector-effect',
  'mix-blend-mode',
] as const;
const TEXT_PROPERTIES = [
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'letter-spacing',
  'text-anchor',
  'dominant-baseline',
] as const;
/** Geometry that a style sheet may set. */
const PLACE_PROPERTIES = ['transform', 'cx', 'cy', 'r', 'x', 'y', 'rx', 'ry'] as const;

/** What an SVG has unless told: not worth writing. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'fill-opacity': '1',
  'fill-rule': 'nonzero',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-dashoffset': '0px',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'paint-order': 'normal',
  'vector-effect': 'none',
  'mix-blend-mode': 'normal',
  'letter-spacing': 'normal',
  'font-style': 'normal',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
  transform: 'none',
};
/** Written even where an attribute says something: the style sheet has the last word. */
const KEPT_ATTRIBUTES = new Set(
  `
  id d points x1 x2 y1 y2 dx dy width height viewBox offset href xlink:href startOffset
  transform cx cy r x y rx ry preserveAspectRatio clip-path mask marker-end overflow
  text-anchor refX refY orient markerWidth markerHeight clipPathUnits maskUnits
  textLength lengthAdjust gradientUnits gradientTransform patternUnits patternTransform
  patternContentUnits
  `.split(/\s+/),
);

/** Whether nobody sees it: not shown, or there for screen readers alone. */
export function isHidden(style: CSSStyleDeclaration): boolean {
  const isForEars = style.overflow === 'hidden' && style.width === '1px';
  const isOff = style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0';
  return isOff || isForEars || style.clipPath === 'inset(50%)';
}

function propertiesOf(name: string): readonly string[] {
  if (name === 'stop') return ['stop-color', 'stop-opacity'];
  return /^(g|svg|defs|.*Gradient|pattern)$/.test(name) ? ['opacity'] : SHAPE_PROPERTIES;
}

/** The attributes that make `element` look in a file as it does here. */
export function paintedAttributes(
  element: Element,
  style: CSSStyleDeclaration,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, value } of element.attributes) {
    if (KEPT_ATTRIBUTES.has(name)) found.set(name, value);
  }
  const isText = ['text', 'tspan', 'textPath'].includes(element.localName);
  const names = propertiesOf(element.localName);
  for (const name of [...names, ...(isText ? TEXT_PROPERTIES : [])]) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== DEFAULTS[name]) found.set(name, value);
  }
  for (const name of PLACE_PROPERTIES) {
    const value = style.getPropertyValue(name);
    const isSaid = value !== '' && value !== 'auto' && value !== DEFAULTS[name];
    if (element.localName === 'pattern' || element.localName.endsWith('Gradient')) break;
    if (isSaid && !element.hasAttribute(name) && value !== '0px') found.set(name, plainPx(value));
  }
  return found;
}

const plainPx = (value: string) => (/^-?[\d.]+px$/.test(value) ? value.slice(0, -2) : value);
