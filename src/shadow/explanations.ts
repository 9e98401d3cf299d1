/**
 * Why our machine and a real node may differ without either being wrong. Each is narrow: it names
 * what cannot be seen from outside, and by how much that can matter.
 */
export const EXPLANATIONS = {
  'on-its-way':
    'The real node had not yet read, or had not yet written: ours believed the same within ' +
    '60 ms. What the recorder sees is later than what was written and earlier than what is read; ' +
    'a node that writes nodes.conf to disk is silent for some 40 ms.',
  'edge-of-a-tick':
    'A timeout ended within 12 ms of a tick (40 ms if the tick left no trace and its time is an ' +
    'estimate); one of them saw it in this tick, the other in the next.',
  'tick-count':
    'How many ticks lie between two that left a trace is an estimate, one more or less; so is ' +
    'which of them is the tenth.',
  'one-turn':
    'The real node reads what several sockets bring in one turn of its event loop and then looks at ' +
    'the state of the cluster once; ours looks after every message, and changes its mind within 5 ms.',
  'end-of-recording': 'Sent so late that the recording ended before it could be seen.',
  'link-lost': 'Written to a connection that was about to close, or never opened.',
} as const;

export type Explanation = keyof typeof EXPLANATIONS;

/** Within this time a belief of ours may be ahead of what the real node still says. */
export const ON_ITS_WAY_MS = 60;
/** Ours may also be this much behind: the recorder's clock, and the order of two sockets. */
export const BEHIND_MS = 5;
/** How near to a tick a timeout must end for the edge to explain anything. */
export const EDGE_MS = 12;
/** The same, where nothing shows when the tick was. */
export const UNTRACED_EDGE_MS = 40;
/** What is sent within this time before the end may not have been recorded. */
export const END_MS = 60;
