/** A lesson of the reader's own has no name in the course; this stands for it. */
export const OWN_SLUG = 'own';
