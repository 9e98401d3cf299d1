/** What the bridge passes on, as far as it helps whoever typed something else. */

/**
 * Of a command with subcommands that is known, its subcommands; else all first words, each once.
 * `commands` are as `GET` or `CLUSTER NODES`.
 */
export function whatIsAllowed(
  argv: readonly string[],
  commands: readonly string[],
): { readonly said: string; readonly allowed: readonly string[] } {
  const [word = '', sub = ''] = argv.map((one) => one.toUpperCase());
  const own = commands.filter((one) => one.startsWith(`${word} `));
  if (own.length > 0) return { said: `${word} ${sub}`.trim(), allowed: own };
  return { said: word, allowed: [...new Set(commands.map((one) => one.split(' ')[0]!))] };
}
