/** A deed in a few words. */
import type { Input } from '../../kernel/inputs';
import type { beside } from '../../words/en/beside';

/** Empty for what real nodes are never told. */
export function deedName(input: Input, text: (typeof beside)['deed']): string {
  switch (input.type) {
    case 'freeze':
    case 'wake':
    case 'kill':
    case 'restart':
      return text[input.type](input.node);
    case 'cut':
    case 'heal':
    case 'hold':
    case 'release':
      return text[input.type](input.from, input.to);
    case 'command':
      return text.command(input.node ?? '', input.argv.join(' '));
    default:
      return '';
  }
}
