/** Waits for the end of the bridge that started it, and puts back what that could not. */
import { mendDetours } from './bus-detour';

process.stdin.resume();
process.stdin.on('end', () => void mendDetours(Number(process.argv[2])));
