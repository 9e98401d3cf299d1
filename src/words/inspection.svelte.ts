/**
 * Words of what one opens to look closely: they come with the panel that shows them, not with the
 * page.
 */
import { belief as enBelief } from './en/belief';
import { machine as enMachine } from './en/machine';
import { message as enMessage } from './en/message';
import { terminal as enTerminal } from './en/terminal';
import { words } from './words.svelte';
import { belief as zhBelief } from './zh-CN/belief';
import { machine as zhMachine } from './zh-CN/machine';
import { message as zhMessage } from './zh-CN/message';
import { terminal as zhTerminal } from './zh-CN/terminal';

const TEXTS = {
  en: { belief: enBelief, machine: enMachine, message: enMessage, terminal: enTerminal },
  'zh-CN': { belief: zhBelief, machine: zhMachine, message: zhMessage, terminal: zhTerminal },
};

/** The words of the language at hand, as `words`. */
export const inspection = {
  get belief() {
    return TEXTS[words.locale].belief;
  },
  get machine() {
    return TEXTS[words.locale].machine;
  },
  get message() {
    return TEXTS[words.locale].message;
  },
  get terminal() {
    return TEXTS[words.locale].terminal;
  },
};
