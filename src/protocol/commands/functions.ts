/**
 * FUNCTION: what redis-cli asks when a master joins, so that it gets the functions of the others.
 * Source: functionDumpCommand, functionListCommand, functionRestoreCommand, src/functions.c.
 * Simplified: no function is ever loaded, so there is none to list, dump or restore.
 */
import { emptyPayload, isIntactPayload } from '../slots/dump-payload';
import { OK, err, type Reply } from '../reply';
import type { Commands } from './command';
import { containerCommand } from './container';
import { array, bulk } from './subcommand';

const POLICIES = ['FLUSH', 'APPEND', 'REPLACE'];

export const FUNCTION_COMMANDS: Commands = {
  FUNCTION: containerCommand(
    'FUNCTION',
    {
      DUMP: { arity: 2, run: () => bulk(emptyPayload()) },
      LIST: { arity: -2, run: () => array([]) },
      RESTORE: { arity: -3, most: 4, run: (_, [payload, policy]) => restore(payload!, policy) },
    },
    [
      'LIST [LIBRARYNAME PATTERN] [WITHCODE]',
      '    Return general information on all the libraries:',
      'DUMP',
      '    Return a serialized payload representing the current libraries, ' +
        'can be restored using FUNCTION RESTORE command',
      'RESTORE <PAYLOAD> [FLUSH|APPEND|REPLACE]',
      '    Restore the libraries represented by the given payload, ' +
        'it is possible to give a restore policy to',
      '    control how to handle existing libraries (default APPEND):',
    ],
  ),
};

function restore(payload: string, policy: string | undefined): Reply {
  if (policy !== undefined && !POLICIES.includes(policy.toUpperCase())) {
    return err('Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.');
  }
  if (!isIntactPayload(payload)) return err('DUMP payload version or checksum are wrong');
  return payload === emptyPayload() ? OK : err('given type is not a function');
}
