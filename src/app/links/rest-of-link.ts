/** What a link that cannot be opened still asks for. */
import type { Problem, SandboxPlace } from './place';
import { sandboxPlace } from './sandbox-url';

/** The sandbox of the link without what is wrong with it; undefined if that is none, either. */
export function restOfLink(hash: string, problem: Problem): SandboxPlace | undefined {
  if (problem.kind === 'sentence') return problem.rest;
  if (problem.kind !== 'number') return undefined;
  const params = new URLSearchParams(hash.split('?')[1]);
  // Of a packed link the part cannot be taken out.
  if (!params.has(problem.name)) return undefined;
  params.delete(problem.name);
  const { page, ...rest } = sandboxPlace(params) as { page: string } & SandboxPlace;
  return page === 'sandbox' ? rest : undefined;
}
