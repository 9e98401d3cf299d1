/** The tabs of the inspector. */
export type InspectorTab = 'table' | 'message' | 'log' | 'events';
