/** Lines of a log that were chosen, as HTML: when, and what they say. */
import { clockLabel } from '../../drawing/layout/space-time-ticks';
import { askedLines, type ReadLog } from '../../lesson/asked-lines';

export function linesText(numbers: readonly string[], log: ReadLog | undefined): string {
  const lines = log ? askedLines(log).filter(({ number }) => numbers.includes(number)) : [];
  return lines
    .map(({ atUnixMs, text }) => `<code>${clockLabel(atUnixMs)} ${escaped(text)}</code>`)
    .join('; ');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
