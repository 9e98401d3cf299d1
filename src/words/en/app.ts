/** Words of the app, in English. */
export const app = {};
