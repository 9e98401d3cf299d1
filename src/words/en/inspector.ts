/** Words of the inspector, in English. */
export const inspector = {};
