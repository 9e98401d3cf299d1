// npm run lesson: checks, plays and starts lessons, without a browser.
import './node-version.mjs';
import { runTypeScript } from './typescript.mjs';

await runTypeScript('src/lesson/lesson-cli.ts');
