/** The engine's part of `npm run bench`: one scene in a process of its own, a round when asked. */
import { engineRounds } from './measure-engine';
import type { EngineScene } from './results';

const round = engineRounds(JSON.parse(process.argv[2]!) as EngineScene);
process.on('message', () => process.send!(round()));
process.send!('ready');
