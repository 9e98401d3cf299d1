// npm run docs: writes the pages that are made from the code.
import './node-version.mjs';
import { runTypeScript } from './typescript.mjs';

await runTypeScript('scripts/write-docs.ts');
