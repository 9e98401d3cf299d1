// npm run dev: serves the sources and follows every change.
import './node-version.mjs';
import { ensurePackages } from './packages.mjs';
import { runProgram } from './processes.mjs';

await ensurePackages();
process.exitCode = await runProgram('vite', process.argv.slice(2));
