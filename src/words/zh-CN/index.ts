/** The words of the page; those of a panel that opens later come with the panel. */
export { app } from './app';
export { caption } from './caption';
export { dock } from './dock';
export { find } from './find';
export { futures } from './futures';
export { inspector } from './inspector';
export { keyTool } from './key-tool';
export { stage } from './stage';
export { views } from './views';
