/** Words of the stage, in Chinese. */
import type { stage as English } from '../en/stage';

export const stage: typeof English = {};
