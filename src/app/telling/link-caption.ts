/** The sentence about a link that was cut, held, slowed or healed: both ways, or one way only. */
import type { ClusterFrame, FrameFault } from '../../protocol/cluster-frame';
import type { RecordedNote } from '../../protocol/notes';
import type { caption as Templates } from '../../words/en/caption';

type LinkNote = Extract<RecordedNote, { event: 'link' }>;

const FAULT_OF = {
  cut: 'cut',
  held: 'hold',
  released: 'hold',
  slow: 'delay',
  healed: null,
} as const;

/** `atOnce`: the notes about links of the same instant, up to this one. */
export function linkCaption(
  note: LinkNote,
  atOnce: readonly LinkNote[],
  frame: ClusterFrame,
  words: typeof Templates,
): string {
  const { from, to, link } = note;
  const alike = atOnce.filter((n) => n.link === link);
  const links = new Set(alike.map((n) => [n.from, n.to].sort().join()));
  if (link === 'cut' && links.size > 1) return words.cuts(links.size);
  if (link === 'healed' && links.size > 1) return words.healedAll;
  const isBoth =
    alike.some((n) => n.from === to && n.to === from) || isAlikeBack(note, frame.faults);
  return isBoth ? words[link](from, to) : words.oneWay[link](from, to);
}

/** The other direction has been in the same state before. */
function isAlikeBack({ from, to, link }: LinkNote, faults: readonly FrameFault[]): boolean {
  const type = FAULT_OF[link];
  const back = faults.some(
    (f) => f.from === to && f.to === from && (type === null ? f.type !== 'drop' : f.type === type),
  );
  return link === 'healed' || link === 'released' ? !back : back;
}
