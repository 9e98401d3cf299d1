/** What a page may ask of the address bar. */
export interface PageHooks {
  /** This is where the page has come to; no new entry in the history. */
  readonly onplace: (hash: string) => void;
  /** Asked to go elsewhere. */
  readonly ongo: (hash: string) => void;
}
