/** Words of the stage, in English. */
export const stage = {};
