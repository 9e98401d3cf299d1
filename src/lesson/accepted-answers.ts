import type { Answer, Ask } from './lesson';

/** Whether `answer` is one of the right ones. */
export function accepts(ask: Ask, answer: Answer): boolean {
  switch (ask.type) {
    case 'choice':
      return ask.options.some(({ id, right }) => right && id === answer);
    case 'number':
    case 'time':
      return typeof answer === 'number' && answer >= ask.accept.min && answer <= ask.accept.max;
    case 'node':
      return ask.accept.some((node) => node === String(answer));
    case 'order':
      return ask.accept.some((order) => order.join('\n') === orderOf(answer).join('\n'));
    case 'lines': {
      const lines = orderOf(answer);
      const isProof = (proof: readonly string[]) => proof.every((line) => lines.includes(line));
      return lines.length <= ask.most && ask.proofs.some(isProof);
    }
    case 'free':
      return String(answer).trim() !== '';
  }
}

function orderOf(answer: Answer): readonly string[] {
  return typeof answer === 'string' || typeof answer === 'number' ? [String(answer)] : answer;
}
