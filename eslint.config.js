import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const TESTS = ['**/*.test.ts', '**/*.spec.ts'];
/** Files of src that run in Node, whatever folder they stand in. */
const NODE_FILES = [
  ...TESTS,
  'src/**/*-cli.ts',
  'src/bridge/node/**',
  'src/fidelity/**',
  'src/real-redis/**',
  'src/bench/**',
];
/** No page, no clock, no process, no randomness but keyed draws. */
const PURE = [
  ...['protocol', 'kernel', 'lesson', 'redis-cli', 'shadow', 'beside', 'drawing/layout'],
].map((folder) => `src/${folder}/**/*.ts`);

export default ts.config(
  { ignores: ['dist/', 'test-results/', 'playwright-report/', '**/*.d.ts'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': ['error', { allow: ['error'] }],
      eqeqeq: 'error',
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // With noUncheckedIndexedAccess `!` is how an invariant on an index is said.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Tables keyed by names are plain records, so that a world survives JSON.
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Slow, and without an object here: no enums, and few classes.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/naming-convention': ['error', ...unitsLast()],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, svelteConfig },
    },
    rules: {
      'no-undef': 'off', // the compiler knows better
      ...offInTemplates(), // svelte-check knows better
      'prefer-const': 'off', // the rule below knows $props and $derived
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      'svelte/no-navigation-without-resolve': 'off', // a rule for SvelteKit
      '@typescript-eslint/no-meaningless-void-operator': 'off', // `void x` in an effect: watch x
      'svelte/require-store-reactive-access': 'off', // there are no stores
      'svelte/no-unused-svelte-ignore': 'off', // svelte-check fails on a warning
      'svelte/prefer-svelte-reactivity': 'off', // a Map in a function need not be watched
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
    rules: { '@typescript-eslint/naming-convention': 'off', 'no-console': 'off' },
  },
  {
    files: ['src/**'],
    ignores: NODE_FILES,
    rules: { 'no-restricted-globals': ['error', ...forbidden(['Buffer', 'process', 'global'])] },
  },
  {
    files: PURE,
    ignores: NODE_FILES,
    rules: {
      'no-restricted-globals': ['error', ...forbidden(IMPURE_GLOBALS())],
      'no-restricted-properties': ['error', ...keyedDrawsOnly()],
    },
  },
  {
    files: ['src/drawing/**'],
    ignores: NODE_FILES,
    rules: { 'no-restricted-properties': ['error', ...keyedDrawsOnly(), ...virtualTimeOnly()] },
  },
  ...layers(),
  {
    // The stage's own motion (discs that change places, a fade between two viewpoints) happens in
    // the time of the page, not of the cluster: here, and nowhere else in drawing.
    files: ['src/drawing/views/stage-motion.svelte.ts', 'src/drawing/marks/belief-entrance.ts'],
    rules: {
      'no-restricted-properties': ['error', ...keyedDrawsOnly()],
      '@typescript-eslint/no-restricted-imports': 'off',
    },
  },
  { files: ['src/**/*-cli.ts', 'src/bridge/node/**'], rules: { 'no-console': 'off' } },
);

/** Who may import whom. A folder sees itself, and of the others only what stands here. */
function layers() {
  const frameAndNames = 'protocol/(?:cluster-frame|ids|flags|notes|slot-ranges|key-slot|config)';
  return [
    ...layer('protocol', { libraries: ['xstate', 'immutable', 'crc/calculators/crc16xmodem'] }),
    ...layer('node-log', { folders: ['protocol', 'redis-cli/slot-allocation'] }),
    ...layer('kernel', {
      folders: ['protocol', 'redis-cli'],
      typesOnly: ['node-log'],
      libraries: ['xstate', 'immutable', '@noble/hashes'],
    }),
    ...layer('redis-cli', { folders: ['protocol'], libraries: ['xstate'] }),
    ...layer('shadow', { folders: ['protocol', 'node-log'], libraries: ['valibot', 'fflate'] }),
    ...layer('beside', { folders: ['protocol', 'kernel'], libraries: ['d3'] }),
    ...layer('timeline', {
      folders: ['protocol', 'kernel', 'node-log', 'shadow'],
      libraries: ['xstate', 'svelte'],
    }),
    ...layer('lesson', {
      folders: ['protocol', 'kernel', 'redis-cli', 'node-log'],
      libraries: ['@marcbachmann/cel-js', 'fastest-levenshtein', 'marked', 'valibot', 'yaml'],
    }),
    ...layer('words', {
      folders: ['protocol'],
      typesOnly: ['timeline', 'kernel', 'lesson', 'beside'],
    }),
    ...layer('drawing', {
      folders: [frameAndNames, 'words'],
      typesOnly: ['protocol', 'timeline/cluster-source'],
      libraries: ['d3', 'svelte', 'crc/calculators/crc16xmodem'],
    }),
    // Gestures are the one place where d3-selection knows better than we do.
    ...layer('drawing/behaviours', {
      folders: [frameAndNames, 'drawing', 'words'],
      typesOnly: ['protocol', 'timeline/cluster-source'],
      libraries: ['d3', 'svelte'],
      selectionAllowed: true,
    }),
    ...layer('bridge/browser', {
      folders: ['protocol', 'timeline/cluster-source', 'bridge/wire', 'shadow/live-events'],
      libraries: ['xstate', 'svelte', 'valibot'],
    }),
    ...layer('app', {
      folders: [
        ...[
          'protocol',
          'timeline',
          'beside',
          'lesson',
          'redis-cli',
          'drawing',
          'words',
          'bridge/(?:browser|wire)',
        ],
        'kernel/(?:scene|inputs)', // what a share link says; the kernel itself is the timeline's
      ],
      typesOnly: ['kernel'],
      libraries: [
        'd3',
        'fflate',
        'svelte',
        'tinykeys',
        'valibot',
        'xstate',
        '@fontsource-variable',
      ],
    }),
  ];
}

function layer(folder, { folders = [], typesOnly = [], libraries = [], selectionAllowed = false }) {
  const own = folder.split('/')[0];
  const open = [...folders, own].join('|');
  const seen = [...folders, ...typesOnly, own].join('|');
  const up = '^(?:\\.\\./)+';
  const top =
    'protocol|kernel|timeline|lesson|words|drawing|bridge|app|fidelity|bench|redis-cli|node-log|shadow|beside';
  const patterns = [
    {
      regex: `${up}(?=(?:${top})/)(?!(?:${seen})(?:[/.]|$))`,
      message: `src/${folder} may not import this folder: see layers() in eslint.config.js.`,
    },
    {
      regex: `^(?![./$])(?!(?:${['\\0', ...libraries].join('|')})(?:/|$))`,
      message: `src/${folder} does without this library: see eslint.config.js.`,
    },
  ];
  if (typesOnly.length > 0) {
    patterns.push({
      regex: `${up}(?=(?:${typesOnly.join('|')})(?:[/.]|$))(?!(?:${open})(?:[/.]|$))`,
      allowTypeImports: true,
      message: `src/${folder} may import types from here, nothing else.`,
    });
  }
  const paths = restrictedNames({ folder, selectionAllowed });
  return [
    {
      files: [`src/${folder}/**`],
      ignores: NODE_FILES,
      rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns, paths }] },
    },
  ];
}

function restrictedNames({ folder, selectionAllowed }) {
  const stepped = folder === 'protocol' || folder === 'kernel';
  const xstate = {
    name: 'xstate',
    importNames: stepped ? ['createActor', 'createMachine'] : ['createMachine'],
    message: stepped
      ? 'Stepped machines are called, never started: setup() and transition().'
      : 'Write setup({ types, guards, actions }).createMachine(…).',
  };
  const d3 = {
    name: 'd3',
    importNames: `select selectAll selection zoom drag brush brushX brushY transition timer
      axisTop axisRight axisBottom axisLeft randomUniform randomNormal`.split(/\s+/),
    message: 'd3 computes, Svelte draws; gestures live in src/drawing/behaviours.',
  };
  const motion = ['svelte/transition', 'svelte/animate', 'svelte/motion'].map((name) => ({
    name,
    message: 'A position is a function of virtual time; panels may move with CSS.',
  }));
  return [xstate, ...(selectionAllowed ? [] : [d3]), ...motion];
}

/** Seen by the linter, events and props of components have no types; svelte-check does see them. */
function offInTemplates() {
  const rules = ['argument', 'assignment', 'call', 'member-access', 'return'];
  return Object.fromEntries(rules.map((rule) => [`@typescript-eslint/no-unsafe-${rule}`, 'off']));
}

function forbidden(names) {
  return names.map((name) => ({ name, message: 'Not here: the outside world is an argument.' }));
}

function IMPURE_GLOBALS() {
  const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
  const page = ['window', 'document', 'navigator', 'location', 'localStorage', 'fetch'];
  return ['Buffer', 'process', 'global', 'Date', 'performance', 'console', ...timers, ...page];
}

function keyedDrawsOnly() {
  const message = 'Randomness is keyed: draw(seed, key) from src/protocol/draw.ts.';
  return [
    { object: 'Math', property: 'random', message },
    { object: 'crypto', property: 'getRandomValues', message },
    { object: 'crypto', property: 'randomUUID', message },
  ];
}

function virtualTimeOnly() {
  const message = 'A picture is a function of a frame and of virtual time.';
  return [
    { object: 'Date', property: 'now', message },
    { object: 'performance', property: 'now', message },
  ];
}

/** A number with a unit says so at the end of its name: nodeTimeoutMs, not nodeTimeout. */
function unitsLast() {
  return ['variable', 'parameter', 'classProperty', 'typeProperty'].map((selector) => ({
    selector,
    types: ['number'],
    filter: {
      regex: '([tT]imeout|[dD]elay|[dD]uration|[eE]lapsed|[iI]nterval|[lL]atency|[aA]ngle)$',
      match: true,
    },
    format: null,
    custom: { regex: '(Ms|Px|Rad)$', match: true },
  }));
}
