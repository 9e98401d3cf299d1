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
