/**
 * CONFIG: reading and changing the settings of a running node.
 * Source: configGetCommand, configSetCommand, configRewriteCommand, configResetStatCommand,
 * src/config.c.
 */
import { matchesGlob } from '../glob';
import { OK, err, type Reply } from '../reply';
import type { Turn } from '../turn';
import type { CommandSpec } from './command';
import { SETTINGS, type Setting } from './config-settings';
import { containerCommand } from './container';
import { bulk, flatMap } from './subcommand';

const HELP = [
  'GET <pattern>',
  '    Return parameters matching the glob-like <pattern> and their values.',
  'SET <directive> <value>',
  '    Set the configuration <directive> to <value>.',
  'RESETSTAT',
  '    Reset statistics reported by the INFO command.',
  'REWRITE',
  '    Rewrite the configuration file.',
];

export const CONFIG_COMMAND: CommandSpec = containerCommand(
  'CONFIG',
  {
    GET: { arity: -3, run: getSettings },
    SET: { arity: -4, run: setSettings },
    // Simplified: INFO counts nothing that could be reset.
    RESETSTAT: { arity: 2, run: () => OK },
    REWRITE: { arity: 2, run: rewrite },
  },
  HELP,
);

/** Each setting once, under the name it was asked for by. */
function getSettings(turn: Turn, patterns: readonly string[]): Reply {
  const found = new Map<string, Setting>();
  for (const pattern of patterns) {
    if (/[[*?]/.test(pattern)) {
      for (const [name, setting] of Object.entries(SETTINGS)) {
        if (matchesGlob(pattern, name, true)) found.set(name, setting);
      }
    } else {
      const setting = settingOf(pattern);
      const isKnown = [...found.keys()].some((one) => one.toLowerCase() === pattern.toLowerCase());
      if (setting && !isKnown) found.set(pattern, setting);
    }
  }
  const { config } = turn.state;
  return flatMap([...found].map(([name, setting]) => [name, bulk(setting.print(config))] as const));
}

function settingOf(word: string): Setting | null {
  const name = word.toLowerCase();
  return Object.hasOwn(SETTINGS, name) ? SETTINGS[name]! : null;
}

/** All or nothing. */
function setSettings(turn: Turn, words: readonly string[]): Reply {
  if (words.length % 2 === 1) return err('syntax error');
  const names = words.filter((_, i) => i % 2 === 0);
  const problem = namesProblem(names);
  if (problem) return problem;
  const before = turn.state.config;
  let config = before;
  const applied = new Set<(turn: Turn) => void>();
  for (const [i, name] of names.entries()) {
    const { field, parse, apply } = settingOf(name)!;
    const parsed = parse!(words[2 * i + 1]!);
    if ('problem' in parsed) return refusal(name.toLowerCase(), parsed.problem);
    if (config[field!] === parsed.value) continue;
    config = { ...config, [field!]: parsed.value };
    if (apply) applied.add(apply);
  }
  turn.state.config = config;
  for (const apply of applied) apply(turn);
  return OK;
}

/** What is wrong with the names, before any value is looked at. The first unknown one counts. */
function namesProblem(names: readonly string[]): Reply | null {
  let refused: Reply | null = null;
  const seen = new Set<string>();
  for (const name of names) {
    const setting = settingOf(name);
    if (!setting) {
      if (refused) return refused;
      return err(`Unknown option or number of arguments for CONFIG SET - '${name}'`);
    }
    if (!setting.parse) refused ??= refusal(name, "can't set immutable config");
    if (seen.has(name.toLowerCase())) refused ??= refusal(name, 'duplicate parameter');
    seen.add(name.toLowerCase());
  }
  return refused;
}

const refusal = (name: string, why: string): Reply =>
  err(`CONFIG SET failed (possibly related to argument '${name}') - ${why}`);

/** What was set survives a restart only from now on. */
function rewrite(turn: Turn): Reply {
  turn.state.configFile = turn.state.config;
  turn.log('warning', 'CONFIG REWRITE executed with success.');
  return OK;
}
