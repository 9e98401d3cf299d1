/** Where in the course a thing is seen: the step, the moment, and what to open there. */
import type { LinkView } from '../links/link-view';
import { hashOf } from '../links/url';
import type { Thing } from './thing-of-note';

export interface Sighting extends Thing {
  readonly lesson: string;
  readonly step: string;
  /** Null where only a deed of the learner brings it about. */
  readonly atMs: number | null;
  /** Who wrote the line, read the command or the message, or came to the belief. */
  readonly node?: string;
  readonly message?: number;
  readonly client?: string;
  /** The nodes whose ids stand in the text. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The address at which it is to be seen. */
export function hrefOf(sighting: Sighting): string {
  const { lesson: slug, step, atMs } = sighting;
  const look = atMs === null ? {} : { atMs, view: viewOf(sighting) };
  return hashOf({ page: 'lesson', slug, step, ...look });
}

function viewOf({ kind, node, message, client }: Sighting): LinkView {
  switch (kind) {
    case 'log':
      return { ...open(node), tab: 'log' };
    case 'message':
      return message === undefined ? {} : { open: { type: 'message', message }, tab: 'message' };
    case 'command':
    case 'error':
      return client === undefined ? {} : { open: { type: 'client', client } };
    case 'event':
      return { ...(node === undefined ? {} : { as: node }), ...open(node), tab: 'table' };
  }
}

const open = (node: string | undefined): LinkView =>
  node === undefined ? {} : { open: { type: 'node', node } };
