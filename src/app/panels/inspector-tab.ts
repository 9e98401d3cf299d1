/** The tabs of the inspector. */
export type InspectorTab = 'crc16' | 'table' | 'message' | 'terminal' | 'log' | 'events';

/** Those about a node, which are always there; the slot tool comes before or after them. */
export const NODE_TABS: readonly InspectorTab[] = ['table', 'message', 'log', 'events'];
