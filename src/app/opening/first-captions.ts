/** What the page says of a first picture, in each language; written when the page is built. */
import type { ClusterSource } from '../../timeline/cluster-source';
import { latestBeat } from '../../timeline/playback';
import * as en from '../../words/en';
import { caption as enCaption } from '../../words/en/caption';
import type { Locale } from '../../words/words.svelte';
import * as zh from '../../words/zh-CN';
import { caption as zhCaption } from '../../words/zh-CN/caption';
import { captionOf } from '../telling/caption';

/** The sentence of the moment the source is at. */
export function firstCaptions(source: ClusterSource): Record<Locale, string> {
  const { frame, cursor } = source;
  const beats = source.beats();
  const beat = latestBeat(cursor.step, beats);
  const at = { beat, beats, notes: source.notes(), frame, untilStep: cursor.step };
  return {
    en: captionOf({ ...at, printSeconds: en.app.seconds }, enCaption),
    'zh-CN': captionOf({ ...at, printSeconds: zh.app.seconds }, zhCaption),
  };
}
