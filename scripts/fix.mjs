// npm run fix: formats every file and applies the corrections that lint knows by itself.
import './node-version.mjs';
import { ensurePackages } from './packages.mjs';
import { runProgram } from './processes.mjs';

await ensurePackages();
process.exitCode = await runProgram('eslint', ['.', '--fix']);
process.exitCode ||= await runProgram('prettier', ['--write', '--log-level', 'warn', '.']);
