/** What happens to nodes that run, in the order of time, whatever order it was told in. */
import type { NodeId } from '../protocol/ids';
import type { NodeNumber } from './capture';
import type { KnownLink } from './live-connections';
import type { LiveFault, LiveLog, LiveView } from './live-events';
import type { ProcessNews } from './live-replication';

export type LiveInput = { readonly atMs: number } & (
  | { readonly type: 'process'; readonly node: NodeNumber; readonly news: ProcessNews }
  | {
      readonly type: 'command';
      readonly node: NodeNumber;
      readonly argv: readonly string[];
      readonly reply: string | undefined;
      readonly for: 'shown' | 'obeyed' | undefined;
      /** Why we believe that it was sent, if nobody told. */
      readonly inferredFrom: string | null;
    }
  | { readonly type: 'link'; readonly node: NodeNumber; readonly link: KnownLink }
  | { readonly type: 'heard'; readonly node: NodeNumber; readonly frame: number }
  | { readonly type: 'said'; readonly node: NodeNumber; readonly frame: number }
  | { readonly type: 'lost'; readonly node: NodeNumber; readonly frame: number }
  | { readonly type: 'log'; readonly node: NodeNumber; readonly line: LiveLog }
  | { readonly type: 'renamed'; readonly node: NodeNumber; readonly id: NodeId }
  | { readonly type: 'fault'; readonly node: null; readonly fault: LiveFault }
  | { readonly type: 'heal'; readonly node: null; readonly fault: number }
  | { readonly type: 'gap'; readonly node: null }
  /** Something that was said before may be judged now. */
  | { readonly type: 'infer' | 'judge'; readonly node: NodeNumber; readonly frame: number }
  | { readonly type: 'view'; readonly node: NodeNumber; readonly view: LiveView }
);

/** At one moment: what was done comes first. */
const ORDER: readonly LiveInput['type'][] = [
  ...(['gap', 'fault', 'heal', 'renamed', 'process', 'infer', 'command', 'link'] as const),
  ...(['heard', 'said', 'lost', 'log', 'judge', 'view'] as const),
];
/** The beginning of the list is cut off when so many are done. */
const MANY_DONE = 1_024;

/** What is still to happen, the earliest first. */
export class InputQueue {
  private readonly inputs: LiveInput[] = [];
  private done = 0;

  get first(): LiveInput | null {
    return this.inputs[this.done] ?? null;
  }

  shift(): void {
    this.done++;
    if (this.done < MANY_DONE) return;
    this.inputs.splice(0, this.done);
    this.done = 0;
  }

  add(input: LiveInput): void {
    const { inputs } = this;
    let place = inputs.length;
    while (place > this.done && isBefore(input, inputs[place - 1]!)) place--;
    inputs.splice(place, 0, input);
  }
}

function isBefore(a: LiveInput, b: LiveInput): boolean {
  if (a.atMs !== b.atMs) return a.atMs < b.atMs;
  return ORDER.indexOf(a.type) < ORDER.indexOf(b.type);
}
