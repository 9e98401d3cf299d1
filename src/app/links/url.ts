/**
 * Place <-> address.
 * #/ · #/cases · #/reference?q=TEXT · #/lesson/SLUG?step=ID&at=MS&as=NODE · #/lesson/SLUG/handout
 * #/own?z=1.DATA&step=ID · #/sandbox?…, which sandbox-url.ts reads
 */
import { printView, readView } from './link-view';
import { MOMENTS, PAPERS, PRESENTER, type Place } from './place';
import { sandboxPlace, sandboxQuery } from './sandbox-url';
import { decode, readable, wholeNumber, wrong } from './url-words';

/** The pages one can ask for by name. */
const PAGES = ['lesson', 'sandbox', 'live', 'reference', 'cases'];

/** The place an address names. Never throws: what cannot be read is a place of its own. */
export function placeOf(hash: string, slugs: readonly string[]): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const words = path.split('/').filter((word) => word !== '');
  const params = new URLSearchParams(query);
  if (words.length === 0) return { page: 'home' };
  if (words[0] === 'cases') return { page: 'home', at: 'cases' };
  if (words[0] === 'lesson' && words.length <= 3) return lessonPlace(words, params, slugs);
  if (words[0] === 'own' && params.has('z')) {
    return { page: 'own', packed: params.get('z')!, step: params.get('step') };
  }
  if (words[0] === 'sandbox' && words.length === 1) return sandboxPlace(params);
  if (words[0] === 'live') return { page: 'live', token: params.get('token') };
  if (words[0] === 'reference') return { page: 'reference', query: params.get('q') ?? '' };
  if (words[0] === 'recording') return { page: 'recording' };
  return wrong({ kind: 'page', found: path, word: words[0]!, known: PAGES });
}

function lessonPlace(
  [, slug, paper]: readonly string[],
  params: URLSearchParams,
  slugs: readonly string[],
): Place {
  if (slug === undefined) return { page: 'home' };
  const found = ([...PAPERS, PRESENTER] as const).find((name) => name === paper);
  if (slugs.includes(slug)) {
    return found ? { page: 'paper', slug, paper: found } : lessonAt(slug, params);
  }
  const name = decode(slug);
  return wrong({ kind: 'lesson', found: name, word: name, known: slugs });
}

function lessonAt(slug: string, params: URLSearchParams): Place {
  const place = { page: 'lesson', slug, step: params.get('step') } as const;
  const at = params.get('at');
  if (at === null) return place;
  const atMs = wholeNumber(at, MOMENTS);
  if (Number.isNaN(atMs)) return { ...place, lostAt: at };
  return { ...place, atMs, view: readView(params).view };
}

/** The address of a place; reading it back gives the same place. */
export function hashOf(place: Place): string {
  if (place.page === 'lesson') {
    const { slug, step, atMs, view = {} } = place;
    const look = atMs === undefined ? [] : [`at=${atMs}`, ...printView(view)];
    return `#/lesson/${slug}${step === null ? '' : `?${[`step=${step}`, ...look].join('&')}`}`;
  }
  if (place.page === 'reference') {
    return `#/reference${place.query === '' ? '' : `?q=${readable(place.query)}`}`;
  }
  if (place.page === 'paper') return `#/lesson/${place.slug}/${place.paper}`;
  if (place.page === 'own') {
    return `#/own?z=${place.packed}${place.step === null ? '' : `&step=${place.step}`}`;
  }
  if (place.page === 'sandbox') return `#/sandbox?${sandboxQuery(place)}`;
  if (place.page === 'packed') return `#/sandbox?z=${place.packed}`;
  return place.page === 'home' && place.at ? `#/${place.at}` : '#/';
}
