/** Whether a line of a log speaks of what is picked: the lines name nodes by their ids. */
import type { Selection } from '../selection';
import { piecesOf } from '../panels/log-glosses';

/** The picked node is another than the log's own, which every line is about. */
export function isLineAbout(
  text: string,
  selected: Selection | null,
  nameOf: (id: string) => string,
): boolean {
  if (selected === null || selected.type === 'message' || selected.type === 'client') return false;
  const named = piecesOf(text).flatMap(({ id }) => (id === null ? [] : [nameOf(id)]));
  if (selected.type === 'node') return named.includes(selected.node);
  if (selected.type === 'link') return named.includes(selected.to) || named.includes(selected.from);
  return named.includes(selected.about) && (named.length === 1 || named.includes(selected.by));
}
