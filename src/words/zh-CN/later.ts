/** Words of what comes after the first picture. */
export { caption } from './caption';
export { cases } from './cases';
export { find } from './find';
export { futures } from './futures';
export { help } from './help';
export { inspector } from './inspector';
export { keyTool } from './key-tool';
export { lesson } from './lesson';
export { own } from './own';
export { papers } from './papers';
export { picture } from './picture';
export { progress } from './progress';
export { projector } from './projector';
export { readyScenes } from './ready-scenes';
export { switches } from './switches';
