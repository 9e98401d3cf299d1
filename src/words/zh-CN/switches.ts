/** Rules of Redis taken out for teaching, in Chinese. */
import type { switches as english } from '../en/switches';

export const switches: typeof english = {
  title: '并非真实的 Redis',
  colon: '：',
  stop: '；',
  lines: {
    'no-fail-broadcast': '判定 FAIL 的节点不通知任何人',
    'no-automatic-pings': '已经认识的节点不会自己 ping，要手动触发',
    'ignore-epochs': '谁最后主张槽位就归谁，不看配置纪元',
  },
};
