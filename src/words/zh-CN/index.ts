/** The words of the first picture. */
export { app } from './app';
export { caption } from './caption';
export { dock } from './dock';
export { find } from './find';
export { journey } from './journey';
export { stage } from './stage';
