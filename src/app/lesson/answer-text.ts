/** The right answer to a question that has no options to tick, as HTML. */
import type { Ask, StepText } from '../../lesson/lesson';

type Open = Exclude<Ask, { type: 'choice' | 'free' }>;

export function answerText(ask: Exclude<Ask, { type: 'free' }>, text: StepText): string {
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
  return `${from === to ? from : `${from}–${to}`}${unit === null ? '' : `\u00a0${unit}`}`;
}
