/** Words about a link that leads nowhere, in English. */

export const wrong = {
  title: 'This link leads nowhere',
  page: (found: string) => `There is no page “${found}”.`,
  lesson: (found: string) => `There is no lesson “${found}”.`,
  nearest: (name: string) => `The nearest name is “${name}”.`,
  goThere: (name: string) => `Open “${name}”`,
  number: (name: string, found: string, least: number, most: number) =>
    `“${name}=${found}” is not a whole number from ${least} to ${most}.`,
  // The words of redis-cli itself, whatever the language of the page.
  tooMany: (nodes: number, most: number) =>
    `${nodes} nodes are more than this page can run; it takes ${most}.`,
  sentence: (found: string) => `The link asks for “${found}”, which cannot be done here.`,
  enough: (masters: number, replicas: number) =>
    `Open ${masters} masters with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} each`,
  packed: 'The link is cut off or changed: its packed part cannot be read.',
  newerLink: (version: string) =>
    `The link was made by a newer page (version ${version}); this one cannot read it.`,
  withoutIt: 'Open the rest without it',
  toHome: 'Go to the lessons',
  toSandbox: 'Open the sandbox',
};
