/** Words of the app, in Chinese. */
import type { app as English } from '../en/app';

export const app: typeof English = {};
