/** Words of the caption, in Chinese. */
import type { caption as English } from '../en/caption';

export const caption: typeof English = {};
