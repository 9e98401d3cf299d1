/** The words of the first picture. */
export { app } from './app';
export { dock } from './dock';
export { stage } from './stage';
