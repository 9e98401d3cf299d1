// npm run bridge: real redis-server processes, shown on the stage.
import './node-version.mjs';
import { runTypeScript } from './typescript.mjs';

await runTypeScript('src/bridge/node/main.ts');
