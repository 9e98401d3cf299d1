/** What Tab offers in the line one writes deeds in: verbs, nodes, links, and Redis's commands. */
import { VERBS, type Verb } from '../../lesson/verbs';
import { complete, type Completion } from '../inspector/completion';

interface Context {
  readonly nodes: readonly string[];
  /** The verbs that may be used; null for all. */
  readonly allow: readonly Verb[] | null;
}

const OF_NODE: readonly string[] = ['freeze', 'wake', 'kill', 'restart'];
const OF_LINK: readonly string[] = ['cut', 'heal', 'hold', 'release', 'delay'];

/** The words that may stand where the sentence ends, those that fit what is there of it. */
export function completeSentence(text: string, { nodes, allow }: Context): Completion {
  const at = text.search(/\S*$/);
  const before = text.slice(0, at).split(/\s+/).filter(Boolean);
  const [verb = '', ...others] = before[0] === 'at' ? before.slice(2) : before;
  const command = commandOf(text, nodes);
  if (command !== null) {
    const { at: from, options } = complete(command, { nodes, keys: [] });
    return { at: text.length - command.length + from, options };
  }
  const begun = text.slice(at).toLowerCase();
  const fits = (option: string) => option.startsWith(begun) && option !== begun;
  return { at, options: candidates(verb.toLowerCase(), others, begun).filter(fits) };

  function candidates(first: string, rest: readonly string[], word: string): readonly string[] {
    if (first === '') return [...VERBS.filter((each) => allow?.includes(each) ?? true), ...nodes];
    if (OF_NODE.includes(first)) return rest.length === 0 ? nodes : [];
    if (first === 'ping') return rest.length < 2 ? nodes : [];
    if (first === 'partition' || first === 'cli') return nodes;
    if (first === 'drop') return rest.length === 0 ? links(word, ['>']) : [];
    return OF_LINK.includes(first) && rest.length === 0 ? links(word, ['-', '>']) : [];
  }

  /** First one end of a link, then the other. */
  function links(word: string, signs: readonly string[]): readonly string[] {
    const from = nodes.find((node) => word.startsWith(node));
    if (from === undefined) return nodes;
    const others = nodes.filter((node) => node !== from);
    return signs.flatMap((sign) => others.map((to) => `${from}${sign}${to}`));
  }
}

/** What is typed to a node or to redis-cli, from its first word on; null for other sentences. */
function commandOf(text: string, nodes: readonly string[]): string | null {
  const [, address, rest] = /^\s*(?:cli\s+)?(?:-c\s+)?(\S+)\s+(.*)$/.exec(text) ?? [];
  if (address === 'redis-cli') return `redis-cli ${rest ?? ''}`;
  return address !== undefined && nodes.includes(address) ? (rest ?? '') : null;
}
