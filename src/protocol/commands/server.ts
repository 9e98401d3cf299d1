/**
 * What a node says about itself and its clock, and the little that tools ask when they connect.
 * Source: echoCommand, timeCommand, commandCommand, src/server.c; clientCommand,
 * src/networking.c.
 * Simplified: COMMAND lists nothing; CLIENT knows SETNAME only, and keeps no name.
 */
import { CLOCK_ORIGIN_MS } from '../config';
import { OK, err, type Reply } from '../reply';
import type { Turn } from '../turn';
import { noKeys, type Commands } from './command';
import { CONFIG_COMMAND } from './config';
import { containerCommand } from './container';
import { INFO_COMMAND } from './info';
import { array, bulk } from './subcommand';

export const SERVER_COMMANDS: Commands = {
  ECHO: { arity: 2, isWrite: false, keys: noKeys, run: (_, { args }) => bulk(args[0]!) },
  TIME: { arity: 1, isWrite: false, keys: noKeys, run: time },
  COMMAND: { arity: -1, isWrite: false, keys: noKeys, run: () => array([]) },
  CLIENT: containerCommand('CLIENT', { SETNAME: { arity: 3, run: () => OK } }, [
    'SETNAME <name>',
    '    Assign the name <name> to the current connection.',
  ]),
  CONFIG: CONFIG_COMMAND,
  INFO: INFO_COMMAND,
  DEBUG: { arity: -2, isWrite: false, keys: noKeys, check: refuseDebug, run: refuseDebug },
};

/** As redis-server starts: enable-debug-command is `no`. Source: processCommand, src/server.c. */
function refuseDebug(): Reply {
  return err(
    'DEBUG command not allowed. If the enable-debug-command option is set to "local", you can ' +
      'run it from a local connection, otherwise you need to set this option in the ' +
      'configuration file, and then restart the server.',
  );
}

/** Unix seconds, then microseconds. */
function time({ nowMs }: Turn): Reply {
  const unixMs = CLOCK_ORIGIN_MS + nowMs;
  return array([bulk(String(Math.floor(unixMs / 1_000))), bulk(String((unixMs % 1_000) * 1_000))]);
}
