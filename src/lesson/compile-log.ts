/** The log of a node as a lesson keeps it: a YAML file beside lesson.yaml. */
import * as v from 'valibot';
import { readLogLine } from '../node-log/log-line';
import type { Conclusion, NodeLog } from '../node-log/node-log';
import { nodeId, type NodeName } from '../protocol/ids';
import { problem, type Problem } from './problem';
import { shape, YamlFile } from './yaml-file';

const name = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const line = v.pipe(v.number(), v.integer(), v.minValue(1));

const LOG_SCHEMA = shape({
  node: name,
  members: v.record(
    v.string(),
    shape({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/, 'a node ID')), ip: v.string() }),
  ),
  conclusions: v.array(
    shape({
      line,
      'knows-all': v.optional(v.literal(true)),
      suspects: v.optional(v.array(name)),
      trusts: v.optional(v.array(name)),
      reporter: v.optional(name),
      owner: v.optional(name),
      former: v.optional(name),
      epoch: v.optional(v.pipe(v.number(), v.integer())),
    }),
  ),
  log: v.string(),
});

type ConclusionSource = v.InferOutput<typeof LOG_SCHEMA>['conclusions'][number];

/** The log in `text`; every line must be one of redis-server's, and every node a member. */
export function compileLog(
  file: string,
  text: string,
): { readonly log: NodeLog | null; readonly problems: readonly Problem[] } {
  const yaml = new YamlFile(file, text);
  const read = yaml.read(LOG_SCHEMA);
  if ('problems' in read) return { log: null, problems: read.problems };
  const { node, members, conclusions, log } = read.value;
  const lines = log.trimEnd().split('\n');
  const strange = lines.flatMap((each, i) => (readLogLine(each) ? [] : [i + 1]));
  const strangers = conclusions
    .flatMap(({ suspects = [], trusts = [], reporter, owner, former }) => [
      ...[...suspects, ...trusts],
      ...[reporter, owner, former].filter((one) => one !== undefined),
    ])
    .concat(node)
    .filter((one) => !(one in members));
  const problems = [
    ...strange.map((number) => {
      const en = `Line ${number} of the log is not a line of redis-server.`;
      return problem(
        'E01',
        yaml.at(['log']),
        en,
        `日志第 ${number} 行不是 redis-server 的日志行。`,
      );
    }),
    ...strangers.map((stranger) => {
      const en = `${stranger} is not among the members of the log.`;
      return problem('E02', yaml.at(['conclusions']), en, `日志的成员里没有 ${stranger}。`);
    }),
  ];
  if (problems.length > 0) return { log: null, problems };
  const known = Object.entries(members).map(([port, { id, ip }]) => [port, { id: nodeId(id), ip }]);
  return {
    log: {
      node,
      members: Object.fromEntries(known) as Record<NodeName, NodeLog['members'][string]>,
      lines,
      conclusions: conclusions.flatMap(conclusionsOf),
    },
    problems: [],
  };
}

function conclusionsOf(source: ConclusionSource): Conclusion[] {
  const { line: number, suspects, trusts, reporter, owner, former, epoch } = source;
  return [
    ...(source['knows-all'] ? [{ line: number, type: 'knows-all' as const }] : []),
    ...(suspects ? [{ line: number, type: 'suspects' as const, nodes: suspects }] : []),
    ...(trusts ? [{ line: number, type: 'trusts' as const, nodes: trusts }] : []),
    ...(reporter !== undefined ? [{ line: number, type: 'reporter' as const, by: reporter }] : []),
    ...(owner !== undefined && former !== undefined && epoch !== undefined
      ? [{ line: number, type: 'owner' as const, owner, former, epoch }]
      : []),
  ];
}
