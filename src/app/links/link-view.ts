/**
 * How a moment is looked at, as a part of its link: `as=8904&open=m1234&tab=log&speed=4&show=all`.
 * What is usual is left out.
 */
import { NODE_TABS, type InspectorTab } from '../panels/inspector-tab';
import type { Speed } from '../panels/speed';
import type { Selection } from '../selection';

export interface LinkView {
  /** The viewpoint; none from above. */
  readonly as?: string;
  /** What is picked. */
  readonly open?: Selection;
  readonly tab?: InspectorTab;
  readonly speed?: Speed;
  readonly show?: 'all';
  readonly view?: 'projector' | 'compare';
}

const TABS: readonly InspectorTab[] = [...NODE_TABS, 'crc16'];
const LOOKS = ['projector', 'compare'] as const;
const FASTEST = 64;

/** The view a link asks for, and the parts of it that say nothing this page knows. */
export function readView(params: URLSearchParams): {
  readonly view: LinkView;
  readonly unknown: readonly string[];
} {
  const unknown: string[] = [];
  const read = <T>(name: string, valueOf: (text: string) => T | null): T | undefined => {
    const text = params.get(name);
    if (text === null) return undefined;
    const value = valueOf(text);
    if (value === null) unknown.push(`${name}=${text}`);
    return value ?? undefined;
  };
  const view = {
    as: read('as', (text) => (/^\d+$/.test(text) ? text : null)),
    open: read('open', selectionOf),
    tab: read('tab', (text) => TABS.find((tab) => tab === text) ?? null),
    speed: read('speed', speedOf),
    show: read('show', (text) => (text === 'all' ? ('all' as const) : null)),
    view: read('view', (text) => LOOKS.find((look) => look === text) ?? null),
  };
  return { view: given(view), unknown };
}

/** The parts of a link that ask for a view, for `&` between them. */
export function printView({ open, ...rest }: LinkView): string[] {
  const parts = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  const picked = open === undefined ? null : selectionText(open);
  return picked === null ? parts : [...parts, `open=${picked}`];
}

/** `8901`, `m1234`, `8901-8902`, `client:c1`; a report is not kept in links. */
function selectionText(selected: Selection): string | null {
  switch (selected.type) {
    case 'node':
      return selected.node;
    case 'message':
      return `m${selected.message}`;
    case 'link':
      return `${selected.from}-${selected.to}`;
    case 'client':
      return `client:${encodeURIComponent(selected.client)}`;
    case 'report':
      return null;
  }
}

function selectionOf(text: string): Selection | null {
  const message = /^m(\d{1,9})$/.exec(text);
  if (message) return { type: 'message', message: Number(message[1]) };
  const link = /^(\d+)-(\d+)$/.exec(text);
  if (link) return { type: 'link', from: link[1]!, to: link[2]! };
  const client = /^client:(.+)$/.exec(text);
  if (client) return { type: 'client', client: client[1]! };
  return /^\d+$/.test(text) ? { type: 'node', node: text } : null;
}

function speedOf(text: string): Speed | null {
  if (text === 'beat') return text;
  const speed = Number(text);
  return speed > 0 && speed <= FASTEST ? speed : null;
}

/** Without what is not given. */
function given(view: { readonly [K in keyof LinkView]-?: LinkView[K] | undefined }): LinkView {
  const parts = Object.entries(view).filter(([, value]) => value !== undefined);
  return Object.fromEntries(parts);
}
