/** Rules of Redis taken out for teaching, named on the stage for as long as they are. */
import type { TeachingSwitch } from '../../protocol/teaching-switches';

export const switches = {
  title: 'Not real Redis',
  /** Between the title and a line, and between lines. */
  colon: ': ',
  stop: '; ',
  lines: {
    'no-fail-broadcast': 'whoever marks FAIL tells nobody',
    'no-automatic-pings': 'nodes that know each other ping only when told to',
    'ignore-epochs': 'the last claim to a slot wins, whatever its config epoch',
  } satisfies Record<TeachingSwitch, string> as Readonly<Record<TeachingSwitch, string>>,
};
