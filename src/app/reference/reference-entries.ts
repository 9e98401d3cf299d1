/** What can be looked up: what the course shows, as `sightings.json` tells, and the glossary. */
import type { Locale } from '../../words/words.svelte';
import { REFERENCE_TEXTS } from '../../words/reference.svelte';
import { glossOf } from '../panels/log-glosses';
import { GLOSSARY_TERMS } from './glossary-terms';
import { SEEN_THINGS, seenAt, seenIn, type Seen } from './seen';
import type { Sighting } from './sighting';
import type { ThingKind } from './thing-of-note';

export type EntryKind = Exclude<ThingKind, 'event'> | 'word';
/** In the order of the page. */
export const ENTRY_KINDS: readonly EntryKind[] = ['log', 'error', 'command', 'message', 'word'];

export interface Entry {
  readonly kind: EntryKind;
  readonly id: string;
  /** As it stands in a log or on a terminal; of a word, the word. */
  readonly title: Readonly<Record<Locale, string>>;
  /** What it means; empty where there is nothing to say. */
  readonly gloss: Readonly<Record<Locale, string>>;
  readonly inRedis: string | null;
  readonly seen: Seen;
}

export const ENTRIES: readonly Entry[] = [
  ...SEEN_THINGS.flatMap(({ kind, ...rest }) =>
    kind === 'event' ? [] : [entryOf({ kind, ...rest })],
  ),
  ...Object.keys(GLOSSARY_TERMS).map((id) => wordEntry(id as keyof typeof GLOSSARY_TERMS)),
];

function entryOf(sighting: Sighting & { readonly kind: EntryKind }): Entry {
  const { kind, name, text } = sighting;
  const title = kind === 'command' || kind === 'message' ? name : text;
  return {
    kind,
    id: `${kind} ${name}`,
    title: { en: title, 'zh-CN': title },
    gloss: { en: glossIn('en', sighting), 'zh-CN': glossIn('zh-CN', sighting) },
    inRedis: null,
    seen: seenIn(sighting),
  };
}

function glossIn(locale: Locale, { kind, name, text, names = {} }: Sighting): string {
  const { gloss, reference } = REFERENCE_TEXTS[locale];
  const nameOf = (id: string) => names[id] ?? (id.length === 40 ? `${id.slice(0, 8)}…` : id);
  const of = (texts: Readonly<Record<string, string>>) => texts[name];
  switch (kind) {
    case 'log':
      return glossOf(text, gloss, nameOf) ?? '';
    case 'command':
      return of(reference.commands) ?? '';
    case 'error':
      return of(reference.errors) ?? reference.errors.other;
    case 'message':
      return of(reference.messages) ?? '';
    case 'event':
      return '';
  }
}

function wordEntry(id: keyof typeof GLOSSARY_TERMS): Entry {
  const { inRedis = null, seen } = GLOSSARY_TERMS[id];
  const [title, gloss] = [0, 1].map((part) => ({
    en: REFERENCE_TEXTS.en.glossary[id][part]!,
    'zh-CN': REFERENCE_TEXTS['zh-CN'].glossary[id][part]!,
  })) as [Entry['title'], Entry['gloss']];
  return { kind: 'word', id: `word ${id}`, title, gloss, inRedis, seen: seenAt(seen) };
}
