/** Words of the caption, in English. */
export const caption = {};
