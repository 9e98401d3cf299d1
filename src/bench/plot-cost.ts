/**
 * What an event costs as clusters grow, as a small SVG that is legible on light and on dark paper.
 * Both axes are logarithmic.
 */
import { line as lineOf, max, min, scaleLog } from 'd3';
import type { PlotColours } from '../fidelity/plot';
import type { EngineFigures } from './results';

const WIDTH_PX = 420;
const HEIGHT_PX = 240;
const LEFT_PX = 48;
const RIGHT_PX = 16;
const TOP_PX = 34;
const BOTTOM_PX = 36;

interface Curve {
  readonly name: string;
  readonly style: 'real' | 'simulated';
  readonly points: readonly (readonly [nodes: number, microseconds: number])[];
}

/** An SVG file: microseconds an event at each size, with statecharts and without. */
export function plotCost(
  figures: readonly EngineFigures[],
  colours: { readonly light: PlotColours; readonly dark: PlotColours },
): string {
  const curves: Curve[] = [
    {
      name: 'with XState',
      style: 'real',
      points: figures.map((one) => [one.nodes, one.microsecondsPerEvent]),
    },
    {
      name: 'the same rules without',
      style: 'simulated',
      points: figures.map((one) => [one.nodes, one.microsecondsPerEvent / one.ratio]),
    },
  ];
  const costs = curves.flatMap(({ points }) => points.map(([, cost]) => cost));
  const sizes = figures.map(({ nodes }) => nodes);
  const x = scaleLog([min(sizes)!, max(sizes)!], [LEFT_PX, WIDTH_PX - RIGHT_PX]);
  const y = scaleLog([min(costs)! / 1.3, max(costs)! * 1.3], [HEIGHT_PX - BOTTOM_PX, TOP_PX]);
  const draw = lineOf<readonly [number, number]>(
    ([nodes]) => x(nodes),
    ([, cost]) => y(cost),
  ).digits(1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH_PX} ${HEIGHT_PX}" role="img">`,
    '<title>Microseconds an event, by number of nodes</title>',
    `<style>${styleSheet(colours)}</style>`,
    `<rect class="paper" width="${WIDTH_PX}" height="${HEIGHT_PX}" rx="6"/>`,
    ...y
      .ticks(4)
      .filter(isRound)
      .map((cost) => rule(y(cost), String(cost))),
    ...sizes.map((nodes) => tick(x(nodes), String(nodes))),
    ...curves.map(({ style, points }) => `<path class="${style}" d="${draw(points) ?? ''}"/>`),
    ...curves.map(({ name, style }, i) => legend(name, style, LEFT_PX + i * 130)),
    `<text x="${WIDTH_PX - RIGHT_PX}" y="${HEIGHT_PX - 5}" class="end">nodes</text>`,
    `<text x="6" y="16">µs</text>`,
    '</svg>\n',
  ].join('\n');
}

/** 1, 2, 5, 10, 20, 50 …: more lines would be noise. */
const isRound = (value: number): boolean => /^[125]0*$/.test(String(value));

const rule = (yPx: number, text: string): string =>
  `<path class="rule" d="M${LEFT_PX} ${yPx.toFixed(1)}H${WIDTH_PX - RIGHT_PX}"/>` +
  `<text x="${LEFT_PX - 6}" y="${(yPx + 4).toFixed(1)}" class="end">${text}</text>`;

const tick = (xPx: number, text: string): string =>
  `<text x="${xPx.toFixed(1)}" y="${HEIGHT_PX - BOTTOM_PX + 14}" class="middle">${text}</text>`;

const legend = (name: string, style: string, xPx: number): string =>
  `<path class="${style}" d="M${xPx} 12h22"/><text x="${xPx + 28}" y="16">${name}</text>`;

function styleSheet({ light, dark }: { light: PlotColours; dark: PlotColours }): string {
  const rules = ({ paper, ink, rule: line, real, simulated }: PlotColours): string =>
    `.paper{fill:${paper}}text{fill:${ink}}.rule{stroke:${line}}.real{stroke:${real}}.simulated{stroke:${simulated}}`;
  return (
    'text{font:11px system-ui,sans-serif}.end{text-anchor:end}.middle{text-anchor:middle}' +
    'path{fill:none;stroke-width:2}.rule{stroke-width:1}.simulated{stroke-dasharray:5 3}' +
    rules(light) +
    `@media(prefers-color-scheme:dark){${rules(dark)}}`
  );
}
