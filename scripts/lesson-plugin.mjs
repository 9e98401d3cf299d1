// Compiles lessons while Vite bundles: `import course from '…/lessons/course.yaml'` gives a Course
// whose lessons load when they are opened. An error in a lesson stops the build with its line.
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const LESSONS = fileURLToPath(new URL('../lessons', import.meta.url));
const COMPILER = fileURLToPath(new URL('lesson-modules.ts', import.meta.url));
const LESSON_ID =
  /[\\/]lessons[\\/](?:course\.yaml|(?:cases[\\/])?[\w-]+[\\/]lesson\.yaml)(?:\?(?:opening|notes|cases|summaries))?$/;

/** @returns {import('vite').Plugin} */
export function lessons() {
  // The compiler is TypeScript; it is loaded when the first lesson is, and once.
  let compiler;
  return {
    name: 'lessons',
    enforce: 'pre',
    load: {
      filter: { id: LESSON_ID },
      async handler(id) {
        if (!resolve(id).startsWith(LESSONS + sep)) return null;
        compiler ??= runnerImport(COMPILER, { configFile: false, logLevel: 'error' });
        const { lessonModule } = (await compiler).module;
        const { code, watched } = lessonModule(LESSONS, id);
        for (const file of watched) this.addWatchFile(file);
        return { code, moduleType: 'js', map: null };
      },
    },
  };
}
