/** The right answer to a question that has no options to tick, as HTML. */
import type { Ask, StepText } from '../../lesson/lesson';
import type { ReadLog } from '../../lesson/asked-lines';
import { linesText } from './lines-text';

type Open = Exclude<Ask, { type: 'choice' | 'lines' | 'free' }>;

export function answerText(
  ask: Exclude<Ask, { type: 'free' }>,
  text: StepText,
  log?: ReadLog,
): string {
  if (ask.type === 'lines') return linesText(ask.proofs[0] ?? [], log);
  return ask.type === 'choice' ? '' : openAnswer(ask, text);
}

function openAnswer(ask: Open, { options, unit }: StepText): string {
  switch (ask.type) {
    case 'number':
      return rangeText(ask.accept, 1, unit);
    case 'time':
      return rangeText(ask.accept, 1000, 's');
    case 'node':
      return ask.accept.map((node) => `<span class="nref">${node}</span>`).join(', ');
    case 'order':
      return (ask.accept[0] ?? []).map((item) => options[item] ?? item).join(' → ');
  }
}

/** What is counted, after its number: 1 slot, 2 slots. A unit such as ms has no other form. */
export function unitText(unit: string | null, count: string): string {
  if (unit === null) return '';
  return `\u00a0${count === '1' ? unit.replace(/([A-Za-z]{2})s\b/, '$1') : unit}`;
}

/** A number that was measured, or else the range that is right. */
export function numberText(
  { min, max }: { readonly min: number; readonly max: number },
  truth: number | null,
  print: (n: number) => string,
): string {
  if (truth !== null) return print(truth);
  return min === max ? print(min) : `${print(min)}–${print(max)}`;
}

function rangeText(
  { min, max }: { readonly min: number; readonly max: number },
  scale: number,
  unit: string | null,
): string {
  const [from, to] = [min / scale, max / scale].map((n) => String(Number(n.toFixed(3))));
  const count = from === to ? from! : `${from}–${to}`;
  return count + unitText(unit, count);
}
