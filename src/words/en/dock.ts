/** Words of the dock, in English. */
export const dock = {};
