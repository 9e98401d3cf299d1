import { describe, expect, test } from 'vitest';
import type { ClusterFrame, FrameFault } from '../../protocol/cluster-frame';
import { caption as words } from '../../words/en/caption';
import { caption as chineseWords } from '../../words/zh-CN/caption';
import { linkCaption } from './link-caption';

type LinkWord = Parameters<typeof linkCaption>[0]['link'];

const note = (link: LinkWord, from: string, to: string) =>
  ({ event: 'link', link, from, to, atMs: 10, step: 3 }) as const;
const fault = (type: FrameFault['type'], from: string, to: string): FrameFault => ({
  ...{ type, from, to },
  ...{ addMs: 0, sinceMs: 0 },
});

function said(link: LinkWord, faults: readonly FrameFault[], isBoth = false, templates = words) {
  const there = note(link, '8903', '8901');
  const atOnce = isBoth ? [note(link, '8901', '8903'), there] : [there];
  return linkCaption(there, atOnce, { faults } as unknown as ClusterFrame, templates);
}

describe('the caption of a link', () => {
  test('one way only is said as one way', () => {
    const only = [fault('cut', '8903', '8901')];
    expect(said('cut', only)).toBe('No message from 8903 reaches 8901. The other way they pass.');
    expect(said('cut', only, false, chineseWords)).toBe(
      '8903 发给 8901 的消息再也到不了，反方向仍然畅通。',
    );
    expect(said('held', [fault('hold', '8903', '8901')])).toMatch(/from 8903 to 8901/);
  });

  test('both ways, at once or one after the other, are the link between the two', () => {
    const both = [fault('cut', '8903', '8901'), fault('cut', '8901', '8903')];
    expect(said('cut', both, true)).toBe('The link between 8903 and 8901 is cut.');
    expect(said('cut', both)).toBe('The link between 8903 and 8901 is cut.');
    expect(said('held', [], true)).toBe('Messages between 8903 and 8901 are kept back.');
  });

  test('a direction healed while the other stays cut does not heal the link', () => {
    expect(said('healed', [fault('cut', '8901', '8903')])).toBe(
      'The way from 8903 to 8901 is whole again.',
    );
    expect(said('healed', [])).toBe('The link between 8903 and 8901 is whole again.');
  });
});
