/**
 * Every word the page says, in both languages. A missing or misspelt key is a type error,
 * because each Chinese section is typed after its English one.
 */
import { app as enApp } from './en/app';
import { caption as enCaption } from './en/caption';
import { dock as enDock } from './en/dock';
import { inspector as enInspector } from './en/inspector';
import { keyTool as enKeyTool } from './en/key-tool';
import { stage as enStage } from './en/stage';
import { app as zhApp } from './zh-CN/app';
import { caption as zhCaption } from './zh-CN/caption';
import { dock as zhDock } from './zh-CN/dock';
import { inspector as zhInspector } from './zh-CN/inspector';
import { keyTool as zhKeyTool } from './zh-CN/key-tool';
import { stage as zhStage } from './zh-CN/stage';

export type Locale = 'en' | 'zh-CN';
export const LOCALES: readonly Locale[] = ['en', 'zh-CN'];

const TEXTS = {
  en: {
    app: enApp,
    caption: enCaption,
    dock: enDock,
    inspector: enInspector,
    keyTool: enKeyTool,
    stage: enStage,
  },
  'zh-CN': {
    app: zhApp,
    caption: zhCaption,
    dock: zhDock,
    inspector: zhInspector,
    keyTool: zhKeyTool,
    stage: zhStage,
  },
};

class Words {
  locale = $state<Locale>('en');
  get app() {
    return TEXTS[this.locale].app;
  }
  get caption() {
    return TEXTS[this.locale].caption;
  }
  get dock() {
    return TEXTS[this.locale].dock;
  }
  get inspector() {
    return TEXTS[this.locale].inspector;
  }
  get keyTool() {
    return TEXTS[this.locale].keyTool;
  }
  get stage() {
    return TEXTS[this.locale].stage;
  }
}

/** The words of the language at hand; reading them in a template follows the language. */
export const words = new Words();
