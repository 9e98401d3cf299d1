/** The place the address bar names, as state; links are plain `#/…` links. */
import type { Place } from './links/place';
import { placeOf } from './links/url';

export class Router {
  place = $state.raw<Place>({ page: 'home' });
  readonly #slugs: readonly string[];
  /** The hash this page wrote itself, which is where it already is. */
  #written: string | null = null;

  constructor(slugs: readonly string[]) {
    this.#slugs = slugs;
    this.#read();
  }

  /** Follows the address bar; returns how to stop. */
  listen(): () => void {
    const follow = () => {
      if (location.hash === this.#written) return;
      this.#read();
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }

  go(hash: string): void {
    this.#written = null;
    if (location.hash === hash) this.#read();
    else location.hash = hash;
  }

  /** Lets the address say where the page has come to, without a new entry in the history. */
  write(hash: string): void {
    if (location.hash === hash) return;
    this.#written = hash;
    history.replaceState(history.state, '', hash);
  }

  #read(): void {
    this.#written = null;
    this.place = placeOf(location.hash, this.#slugs);
    if (this.place.page === 'packed') void this.#unpack(this.place.packed);
  }

  async #unpack(packed: string): Promise<void> {
    const { unpack } = await import('./links/packed-link');
    // The reader may have gone elsewhere meanwhile.
    if (this.place.page === 'packed' && this.place.packed === packed) this.place = unpack(packed);
  }
}
