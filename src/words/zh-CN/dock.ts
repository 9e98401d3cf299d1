/** Words of the dock, in Chinese. */
import type { dock as English } from '../en/dock';

export const dock: typeof English = {};
