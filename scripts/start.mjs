// npm start: builds the page and serves it on this machine only.
import './node-version.mjs';
import { ensurePackages } from './packages.mjs';
import { fail, runProgram } from './processes.mjs';

await ensurePackages();
if ((await runProgram('vite', ['build', '--logLevel', 'warn'])) !== 0) {
  fail('The page could not be built: the reason is above.');
}
const { preview } = await import('vite');
const server = await preview({
  preview: { host: '127.0.0.1', port: Number(process.env.PORT ?? 4173), strictPort: false },
});
console.log(`Slotscope is at ${server.resolvedUrls?.local[0]} (Ctrl+C stops it)`);
