/** Words of the inspector, in Chinese. */
import type { inspector as English } from '../en/inspector';

export const inspector: typeof English = {};
