/** What was done, as the events of a recording say it. */
import type { WireDeed } from '../wire';

export interface RecordedEvent {
  readonly what: string;
  readonly node?: number;
  readonly argv?: readonly string[];
}

const OF_PROCESS = {
  kill: 'SIGKILL',
  stop: 'SIGSTOP',
  continue: 'SIGCONT',
  start: 'start',
} as const;

export function whatHappened(deed: WireDeed): RecordedEvent {
  switch (deed.type) {
    case 'command':
      return { what: deed.argv.join(' '), node: deed.node, argv: deed.argv };
    case 'kill':
    case 'stop':
    case 'continue':
    case 'start':
      return { what: `${OF_PROCESS[deed.type]} node ${deed.node}` };
    case 'fault': {
      const { mode, ways, types, ms } = deed.fault;
      const pairs = ways.map(([from, to]) => `${from} to ${to}`).join(', ');
      const which = types === null ? '' : ` ${types.join(' and ')}`;
      const much = ms === null ? '' : ` by ${ms} ms`;
      return { what: `${mode}${which}${much}: ${pairs}` };
    }
    case 'heal':
      return { what: `fault ${deed.fault} healed` };
    case 'release':
      return { what: `fault ${deed.fault}: what was held goes on` };
    case 'remark':
      return { what: deed.text };
  }
}
