/** Lines of a log: of redis-server's own file, or of a simulated node. */
import type { NodeName } from './cluster';
import type { LogLevel } from '../protocol/notes';

export interface LogLine {
  /** Milliseconds: Unix time of a real process, virtual time of a simulated one. */
  readonly atMs: number;
  readonly node: NodeName;
  readonly level: LogLevel;
  readonly text: string;
}

/** Notice and warning: what an administrator reads. */
export const isSaidAloud = ({ level }: Pick<LogLine, 'level'>): boolean =>
  level === 'notice' || level === 'warning';
