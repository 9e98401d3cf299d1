/** A place: a page with all it needs to be the same picture again. */
import { DEFAULT_SCENE } from '../../kernel/scene';
import type { TeachingSwitch } from '../../protocol/teaching-switches';
import type { LinkView } from './link-view';

export type Place =
  | { readonly page: 'home'; readonly at?: 'cases' }
  | ({ readonly page: 'lesson'; readonly slug: string; readonly step: string | null } & LessonLook)
  | { readonly page: 'reference'; readonly query: string }
  | { readonly page: 'paper'; readonly slug: string; readonly paper: Paper | typeof PRESENTER }
  /** A lesson from the reader's own files, packed into the link. */
  | { readonly page: 'own'; readonly packed: string; readonly step: string | null }
  | ({ readonly page: 'sandbox' } & SandboxPlace)
  /** Real processes; the key to their bridge, if the address has it. */
  | { readonly page: 'live'; readonly token: string | null }
  | { readonly page: 'recording' }
  /** A long link, still to be unpacked. */
  | { readonly page: 'packed'; readonly packed: string }
  | { readonly page: 'wrong'; readonly problem: Problem };

/** A moment of the step, for a link that shows something in it. */
export interface LessonLook {
  readonly atMs?: number;
  readonly view?: LinkView;
  /** What the link has for a moment and is none. */
  readonly lostAt?: string;
}

/** What of a lesson can be printed. */
export const PAPERS = ['reference', 'handout', 'key', 'notes'] as const;
export type Paper = (typeof PAPERS)[number];
/** The page beside a projector: what comes next and what to say. */
export const PRESENTER = 'presenter';

/** What else a scene may have, as it stands in the address; scene-texts.ts reads it. */
export const SCENE_TEXTS = [
  'start',
  'latency',
  'ports',
  'copies',
  'host',
  'published',
  'outside',
] as const;
export type SceneTexts = Readonly<Partial<Record<(typeof SCENE_TEXTS)[number], string>>>;

export interface SandboxPlace {
  readonly masters: number;
  readonly replicas: number;
  /** Processes more, which know nobody; none unless given. */
  readonly spare?: number;
  readonly timeoutMs: number;
  readonly seed: number;
  /** Rules of Redis this cluster does without; none unless given. */
  readonly switches?: readonly TeachingSwitch[];
  /** Ports, network and the like; none unless given. */
  readonly scene?: SceneTexts;
  /** What was done, as sentences with their times: `at 4200ms freeze 8901`. */
  readonly deeds: readonly string[];
  /** Where to stand; null for the beginning. */
  readonly atMs: number | null;
  /** After which kernel step, where several share that instant and the last is not meant. */
  readonly step?: number;
  /** The first characters of the hash of the world there: whether it is still the same run. */
  readonly hash?: string;
  readonly view?: LinkView;
  /** Parts of the address that say nothing this page knows. */
  readonly unknown?: readonly string[];
}

/** What is wrong with an address, in facts; the words are made where it is shown. */
export type Problem =
  | ({ readonly kind: 'page'; readonly found: string } & Misspelt)
  | ({ readonly kind: 'lesson'; readonly found: string } & Misspelt)
  | ({ readonly kind: 'number'; readonly name: string; readonly found: string } & Range)
  | { readonly kind: 'few-masters'; readonly nodes: number; readonly replicas: number }
  | { readonly kind: 'many-nodes'; readonly nodes: number; readonly most: number }
  /** `rest` is the same place without the sentences that cannot be read. */
  | {
      readonly kind: 'sentence';
      readonly found: string;
      readonly why: string;
      readonly rest?: SandboxPlace;
    }
  /** A packed link; `version` is one that this page does not know, else it is damaged. */
  | { readonly kind: 'packed'; readonly version: string | null };

/** A word nobody knows, and those that would be known. */
interface Misspelt {
  readonly word: string;
  readonly known: readonly string[];
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

export const MOST_NODES = 300;
/** The moments a link may name, in milliseconds. */
export const MOMENTS: Range = { least: 0, most: 3_600_000 };
export const BARE_SANDBOX: SandboxPlace = {
  masters: DEFAULT_SCENE.masters,
  replicas: DEFAULT_SCENE.replicasPerMaster,
  timeoutMs: DEFAULT_SCENE.nodeTimeoutMs,
  seed: 42,
  deeds: [],
  atMs: null,
};

/** What redis-cli --cluster create would refuse, or this page could not draw; else null. */
export function topologyProblem(masters: number, replicas: number): Problem | null {
  const nodes = masters * (1 + replicas);
  if (masters < 3) return { kind: 'few-masters', nodes, replicas };
  if (nodes > MOST_NODES) return { kind: 'many-nodes', nodes, most: MOST_NODES };
  return null;
}
