/** Words of the projector's page, in Chinese. */
import type { projector as English } from '../en/projector';

export const projector: typeof English = {
  play: '播放',
  next: '下一个事件',
  beat: '下一个节拍',
  back: '后退',
  view: '谁的视角',
  size: '大小',
  blank: '黑屏',
  leave: '退出',
  step: '揭晓，下一步',
  presenter: '讲者视图',
  blanked: '黑屏。按 B 返回。',
};
