// npm run bus: bytes of the cluster bus, decoded and encoded.
import './node-version.mjs';
import { runTypeScript } from './typescript.mjs';

await runTypeScript('src/bus/bus-cli.ts');
