/**
 * Every word the page says, in both languages. A missing or misspelt key is a type error,
 * because each Chinese section is typed after its English one.
 */
import { app as enApp } from './en/app';
import { caption as enCaption } from './en/caption';
import { dock as enDock } from './en/dock';
import { futures as enFutures } from './en/futures';
import { inspector as enInspector } from './en/inspector';
import { keyTool as enKeyTool } from './en/key-tool';
import { stage as enStage } from './en/stage';
import { views as enViews } from './en/views';
import { app as zhApp } from './zh-CN/app';
import { caption as zhCaption } from './zh-CN/caption';
import { dock as zhDock } from './zh-CN/dock';
import { futures as zhFutures } from './zh-CN/futures';
import { inspector as zhInspector } from './zh-CN/inspector';
import { keyTool as zhKeyTool } from './zh-CN/key-tool';
import { stage as zhStage } from './zh-CN/stage';
import { views as zhViews } from './zh-CN/views';

export type Locale = 'en' | 'zh-CN';
export const LOCALES: readonly Locale[] = ['en', 'zh-CN'];

const TEXTS = {
  en: {
    app: enApp,
    caption: enCaption,
    dock: enDock,
    futures: enFutures,
    inspector: enInspector,
    keyTool: enKeyTool,
    stage: enStage,
    views: enViews,
  },
  'zh-CN': {
    app: zhApp,
    caption: zhCaption,
    dock: zhDock,
    futures: zhFutures,
    inspector: zhInspector,
    keyTool: zhKeyTool,
    stage: zhStage,
    views: zhViews,
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
  get futures() {
    return TEXTS[this.locale].futures;
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
  get views() {
    return TEXTS[this.locale].views;
  }
}

/** The words of the language at hand; reading them in a template follows the language. */
export const words = new Words();
