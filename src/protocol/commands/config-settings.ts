/**
 * The settings of a node by their names in redis.conf: how each is read, written and checked.
 * Source: static_configs, numericConfigSet, boolConfigSet, enumConfigSet, stringConfigSet,
 * isValidAnnouncedHostname, src/config.c; memtoull, src/util.c.
 * Simplified: settings that change nothing in this simulation are unknown here.
 */
import { refreshGoodReplicas } from '../failover/good-replicas';
import { resizeBacklog } from '../replication/replication-stream';
import { updateMyFlags, updateMyHostname, updateMyIp, updateMyPorts } from '../messages/announce';
import type { NodeConfig } from '../config';
import type { Turn } from '../turn';
import { parseInteger } from './command';

type Value = string | number | boolean;
type Parsed = { readonly value: Value } | { readonly problem: string };

export interface Setting {
  /** Null: it can be read only. */
  readonly parse: ((text: string) => Parsed) | null;
  readonly field: keyof NodeConfig | null;
  readonly print: (config: NodeConfig) => string;
  /** What follows when its value has changed. */
  readonly apply?: (turn: Turn) => void;
}

const INT_MAX = 2_147_483_647n;
const LONG_MAX = 9_223_372_036_854_775_807n;
const PORT_MAX = 65_535n;
const MAX_HOSTNAME_LENGTH = 255;

type FieldOf<T> = {
  [K in keyof NodeConfig]-?: NodeConfig[K] extends T ? K : never;
}[keyof NodeConfig];

function yesNo(field: FieldOf<boolean>, apply?: (turn: Turn) => void): Setting {
  return {
    field,
    print: (config) => (config[field] ? 'yes' : 'no'),
    parse: (text) => {
      const word = text.toLowerCase();
      if (word === 'yes' || word === 'no') return { value: word === 'yes' };
      return { problem: "argument must be 'yes' or 'no'" };
    },
    ...(apply && { apply }),
  };
}

interface Range {
  readonly min: bigint;
  readonly max: bigint;
  /** Milliseconds in one unit of the setting, if it is a time in seconds. */
  readonly unitMs?: number;
  readonly apply?: (turn: Turn) => void;
}

function number(field: FieldOf<number>, { min, max, unitMs = 1, apply }: Range): Setting {
  return {
    field,
    print: (config) => String(config[field] / unitMs),
    parse: (text) => {
      const value = parseInteger(text);
      if (value === null) return { problem: "argument couldn't be parsed into an integer" };
      return outside(value, { min, max }) ?? { value: Number(value) * unitMs };
    },
    ...(apply && { apply }),
  };
}

function outside(value: bigint, { min, max }: Range): { readonly problem: string } | null {
  if (value >= min && value <= max) return null;
  return { problem: `argument must be between ${min} and ${max} inclusive` };
}

/** Bytes, or so many kb, mb, gb (1024 each) or k, m, g (1000 each). */
function memory(field: FieldOf<number>, { min, max }: Range): Setting {
  return {
    field,
    print: (config) => String(config[field]),
    parse: (text) => {
      const [, digits, unit] = /^(\d*)([a-z]*)$/i.exec(text) ?? [];
      const factor = unit === undefined ? undefined : BYTES_IN[unit.toLowerCase()];
      if (digits === undefined || factor === undefined) {
        return { problem: 'argument must be a memory value' };
      }
      const value = BigInt(digits || '0') * factor;
      return outside(value, { min, max }) ?? { value: Number(value) };
    },
  };
}

const BYTES_IN: Readonly<Record<string, bigint>> = {
  '': 1n,
  b: 1n,
  k: 1_000n,
  kb: 1_024n,
  m: 1_000_000n,
  mb: 1_048_576n,
  g: 1_000_000_000n,
  gb: 1_073_741_824n,
};

function oneOf(field: FieldOf<string>, words: readonly string[]): Setting {
  return {
    field,
    print: (config) => config[field],
    parse: (text) => {
      const word = text.toLowerCase();
      if (words.includes(word)) return { value: word };
      return { problem: `argument(s) must be one of the following: ${words.join(', ')}` };
    },
  };
}

function text(
  field: FieldOf<string>,
  apply: (turn: Turn) => void,
  problemOf: (value: string) => string | null = () => null,
): Setting {
  return {
    field,
    print: (config) => config[field],
    parse: (value) => {
      const problem = problemOf(value);
      return problem ? { problem } : { value };
    },
    apply,
  };
}

function hostnameProblem(value: string): string | null {
  if (value.length > MAX_HOSTNAME_LENGTH) return 'Hostnames must be less than 256 characters';
  if (/^[A-Za-z0-9.-]*$/.test(value)) return null;
  return 'Hostnames may only contain alphanumeric characters, hyphens or dots';
}

const fixed = (value: string): Setting => ({ parse: null, field: null, print: () => value });

const port = (field: FieldOf<number>): Setting =>
  number(field, { min: 0n, max: PORT_MAX, apply: updateMyPorts });
const count: Range = { min: 0n, max: INT_MAX };
const seconds: Range = { min: 1n, max: INT_MAX, unitMs: 1_000 };

const validityFactor = number('replicaValidityFactor', count);
const noFailover = yesNo('replicaNoFailover', updateMyFlags);
const minReplicas = number('minReplicasToWrite', { ...count, apply: refreshGoodReplicas });
const minReplicasLag = number('minReplicasMaxLagMs', {
  ...count,
  unitMs: 1_000,
  apply: refreshGoodReplicas,
});
const pingPeriod = number('replPingPeriodMs', seconds);

/** By name, in lower case; a second name is an entry of its own. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  'cluster-enabled': fixed('yes'),
  'cluster-config-file': fixed('nodes.conf'),
  'cluster-port': fixed('0'),
  'cluster-node-timeout': number('nodeTimeoutMs', { min: 0n, max: LONG_MAX }),
  'cluster-replica-validity-factor': validityFactor,
  'cluster-slave-validity-factor': validityFactor,
  'cluster-require-full-coverage': yesNo('requireFullCoverage'),
  'cluster-allow-replica-migration': yesNo('allowReplicaMigration'),
  'cluster-migration-barrier': number('migrationBarrier', count),
  'cluster-replica-no-failover': noFailover,
  'cluster-slave-no-failover': noFailover,
  'cluster-allow-reads-when-down': yesNo('allowReadsWhenDown'),
  'cluster-allow-pubsubshard-when-down': yesNo('allowPubsubShardWhenDown'),
  'cluster-announce-ip': text('announceIp', updateMyIp),
  'cluster-announce-port': port('announcePort'),
  'cluster-announce-bus-port': port('announceBusPort'),
  'cluster-announce-hostname': text('announceHostname', updateMyHostname, hostnameProblem),
  'cluster-preferred-endpoint-type': oneOf('preferredEndpointType', [
    'ip',
    'hostname',
    'unknown-endpoint',
  ]),
  'cluster-link-sendbuf-limit': memory('linkSendbufLimitBytes', { min: 0n, max: 2n ** 64n - 1n }),
  loglevel: oneOf('logLevel', ['debug', 'verbose', 'notice', 'warning']),
  'min-replicas-to-write': minReplicas,
  'min-slaves-to-write': minReplicas,
  'min-replicas-max-lag': minReplicasLag,
  'min-slaves-max-lag': minReplicasLag,
  'repl-backlog-size': {
    ...memory('replBacklogBytes', { min: 1n, max: LONG_MAX }),
    apply: resizeBacklog,
  },
  'repl-backlog-ttl': number('replBacklogTtlMs', { min: 0n, max: LONG_MAX, unitMs: 1_000 }),
  'repl-diskless-sync-delay': number('replDisklessSyncDelayMs', { ...count, unitMs: 1_000 }),
  'repl-ping-replica-period': pingPeriod,
  'repl-ping-slave-period': pingPeriod,
  'repl-timeout': number('replTimeoutMs', seconds),
};
