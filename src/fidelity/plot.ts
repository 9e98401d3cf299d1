/**
 * Overlaid empirical distribution functions as a small SVG that is legible on light and on dark
 * paper. Colours come from the tokens of the page.
 */
import { line as lineOf, curveStepAfter, max, min, scaleLinear } from 'd3';
import { shareUpTo } from '../beside/kolmogorov-smirnov';

export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  readonly style: 'real' | 'simulated';
}

export interface PlotColours {
  readonly paper: string;
  readonly ink: string;
  readonly rule: string;
  readonly real: string;
  readonly simulated: string;
}

const WIDTH_PX = 420;
const HEIGHT_PX = 200;
const LEFT_PX = 40;
const RIGHT_PX = 12;
const TOP_PX = 30;
const BOTTOM_PX = 34;
const TICKS = 6;

/** An SVG file. Times in milliseconds; `title` says what was measured. */
export function plotDistributions(
  title: string,
  curves: readonly Curve[],
  colours: { readonly light: PlotColours; readonly dark: PlotColours },
): string {
  const all = curves.flatMap(({ values }) => values);
  const x = scaleLinear([min(all)!, max(all)!], [LEFT_PX, WIDTH_PX - RIGHT_PX]).nice(TICKS);
  const y = scaleLinear([0, 1], [HEIGHT_PX - BOTTOM_PX, TOP_PX]);
  const paths = curves.map(
    ({ values, style }) => `<path class="${style}" d="${steps(values, x, y)}"/>`,
  );
  const ticks = x.ticks(TICKS).map((value) => tick(x(value), String(value / 1_000)));
  const shares = [0, 0.5, 1].map((share) => shareLine(y(share), `${share * 100}%`));
  const names = curves.map(({ name, style }, i) => legend(name, style, LEFT_PX + i * 170));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH_PX} ${HEIGHT_PX}" role="img">`,
    `<title>${title}</title>`,
    `<style>${styleSheet(colours)}</style>`,
    `<rect class="paper" width="${WIDTH_PX}" height="${HEIGHT_PX}" rx="6"/>`,
    ...shares,
    ...ticks,
    ...paths,
    ...names,
    `<text x="${WIDTH_PX - RIGHT_PX}" y="${HEIGHT_PX - 4}" class="end">seconds</text>`,
    '</svg>\n',
  ].join('\n');
}

type Scale = (value: number) => number;

function steps(values: readonly number[], x: Scale, y: Scale): string {
  const sorted = [...values].sort((a, b) => a - b);
  const points = sorted.map((value): [number, number] => [x(value), y(shareUpTo(sorted, value))]);
  const first: [number, number] = [x(sorted[0]!), y(0)];
  const draw = lineOf().curve(curveStepAfter).digits(1);
  return draw([first, ...points]) ?? '';
}

const tick = (xPx: number, text: string): string =>
  `<text x="${xPx.toFixed(1)}" y="${HEIGHT_PX - BOTTOM_PX + 14}" class="middle">${text}</text>`;

const shareLine = (yPx: number, text: string): string =>
  `<path class="rule" d="M${LEFT_PX} ${yPx}H${WIDTH_PX - RIGHT_PX}"/>` +
  `<text x="${LEFT_PX - 6}" y="${yPx + 4}" class="end">${text}</text>`;

const legend = (name: string, style: string, xPx: number): string =>
  `<path class="${style}" d="M${xPx} 12h22"/><text x="${xPx + 28}" y="16">${name}</text>`;

function styleSheet({ light, dark }: { light: PlotColours; dark: PlotColours }): string {
  const rules = ({ paper, ink, rule, real, simulated }: PlotColours): string =>
    `.paper{fill:${paper}}text{fill:${ink}}.rule{stroke:${rule}}.real{stroke:${real}}.simulated{stroke:${simulated}}`;
  return (
    'text{font:11px system-ui,sans-serif}.end{text-anchor:end}.middle{text-anchor:middle}' +
    'path{fill:none;stroke-width:2}.rule{stroke-width:1}.simulated{stroke-dasharray:5 3}' +
    rules(light) +
    `@media(prefers-color-scheme:dark){${rules(dark)}}`
  );
}

/** The colours of the page's tokens, light and dark. Throws when a token is not there. */
export function coloursOf(tokensCss: string): { light: PlotColours; dark: PlotColours } {
  const theme = (name: 'light' | 'dark'): PlotColours => {
    const from = tokensCss.indexOf(`[data-theme='${name}']`);
    const block = tokensCss.slice(from, tokensCss.indexOf('}', from));
    const token = (what: string): string => {
      const value = new RegExp(`--${what}: ([^;]+);`).exec(block)?.[1];
      if (value === undefined) throw new Error(`no colour --${what} for ${name} in tokens.css`);
      return value;
    };
    return {
      paper: token('paper'),
      ink: token('ink2'),
      rule: token('rule'),
      real: token('shard-1'),
      simulated: token('fail'),
    };
  };
  return { light: theme('light'), dark: theme('dark') };
}
