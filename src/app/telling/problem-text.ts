import { nearestWord } from '../../lesson/nearest-word';
import type { wrong } from '../../words/en/wrong';
import { inOneLine } from '../../words/sentences';
import type { Problem } from '../links/place';

type Words = typeof wrong;

/** What is wrong with an address, in words. */
export function problemText(problem: Problem, words: Words): string {
  const nearest = nearestTo(problem);
  switch (problem.kind) {
    case 'page':
    case 'lesson':
      return inOneLine([
        words[problem.kind](problem.found),
        nearest === null ? '' : words.nearest(nearest),
      ]);
    case 'number':
      return words.number(problem.name, problem.found, problem.least, problem.most);
    case 'few-masters':
      return refusalOfRedisCli(problem.nodes, problem.replicas);
    case 'many-nodes':
      return words.tooMany(problem.nodes, problem.most);
    case 'packed':
      return problem.version === null ? words.packed : words.newerLink(problem.version);
    case 'sentence':
      return inOneLine([words.sentence(problem.found), problem.why]);
  }
}

/** What may have been meant by a word nobody knows; null if that is not what is wrong. */
export function nearestTo(problem: Problem): string | null {
  return 'known' in problem ? nearestWord(problem.word, problem.known) : null;
}

/**
 * The words of redis-cli itself, in any language.
 * Source: clusterManagerCommandCreate, src/redis-cli.c.
 */
function refusalOfRedisCli(nodes: number, replicas: number): string {
  return [
    '*** ERROR: Invalid configuration for cluster creation.',
    '*** Redis Cluster requires at least 3 master nodes.',
    `*** This is not possible with ${nodes} nodes and ${replicas} replicas per node.`,
    `*** At least ${3 * (replicas + 1)} nodes are required.`,
  ].join('\n');
}
