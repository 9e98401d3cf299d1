/** The tabs of the inspector. */
export type InspectorTab = 'crc16' | 'table' | 'message' | 'terminal' | 'log' | 'machine';

/** Those that are always there; the slot tool comes before or after them. */
export const NODE_TABS: readonly InspectorTab[] = [
  'table',
  'message',
  'terminal',
  'log',
  'machine',
];

/** What a log can fill: it holds no message, no statechart, and nobody to type to. */
export const LOG_TABS: readonly InspectorTab[] = ['table', 'log'];

/** What an operator has of a node. */
export const OPERATOR_TABS: readonly InspectorTab[] = ['terminal', 'log'];
