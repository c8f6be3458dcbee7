// Packages from npm that jest must turn into plain CommonJS before it can load them.
const esModules = [
  'jose',
  'cookie',
  '@atlaskit',
  '@noble',
  'pixelmatch',
  'chevrotain',
  '@chevrotain',
  'lodash-es',
  'dynamics-web-api',
  'jira\\.js',
  'fast-xml-parser',
  // CommonJS with a dynamic import in it.
  '@opentelemetry',
];

const swc = {
  '^.+\\.(t|j|mj)sx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'classic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
};

const resx = { '\\.resx$': '<rootDir>/tests/resx-transform.cjs' };

const shared = {
  rootDir: __dirname,
  transform: { ...swc, ...resx },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  restoreMocks: true,
};

// The product and its packages stay loaded from one file of a worker to the next.
const loadedOnce = {
  testEnvironment: '<rootDir>/tests/run/worker-environment.cjs',
  runtime: '<rootDir>/tests/run/worker-runtime.cjs',
};

/** Those of the browser's side that need a page, which the name of a `.tsx` says otherwise. */
const withPage = [
  'form-data/form-store',
  'form-data/host-facts',
  'platform/own-names',
  'platform/strings-and-manifest',
].map((name) => `tests/controls/${name}.test.ts`);

// What the proxies of a run log is kept for its length and searched for secrets at its end.
const scannedForSecrets = {
  globalSetup: '<rootDir>/tests/log-scan/set-up.ts',
  globalTeardown: '<rootDir>/tests/log-scan/tear-down.ts',
};

module.exports = {
  // Milliseconds. Two cores may be shared with ten other programs: a slow test is not a failed one, a hanging one still is.
  testTimeout: 300_000,
  testSequencer: '<rootDir>/tests/dearest-first.cjs',
  // `npm run coverage`: what tests in this process reach of the product; what bundled processes and browsers run does not count.
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'html'],
  collectCoverageFrom: [
    '{domain,plugins-proxy,webresources}/src/**/*.ts',
    'controls/*/src/**/*.{ts,tsx}',
    '!**/generated/**',
    '!**/*.d.ts',
  ],
  // R-2205
  coverageThreshold: { global: { statements: 80, branches: 80, functions: 80, lines: 80 } },
  projects: [
    {
      ...shared,
      ...scannedForSecrets,
      ...loadedOnce,
      displayName: 'node',
      testMatch: [
        '<rootDir>/tests/{deployment,domain,fuzz,plugins-proxy,sandbox,solution,sync-model,workspace,client-libraries,flows}/**/*.test.ts',
        // Of the browser's side what needs no page.
        '<rootDir>/tests/{controls,webresources}/**/*.test.ts',
        ...withPage.map((file) => `!**/${file}`),
      ],
    },
    {
      ...shared,
      displayName: 'browser',
      testEnvironment: 'jsdom',
      testMatch: [
        '<rootDir>/tests/{controls,webresources}/**/*.test.tsx',
        ...withPage.map((file) => `<rootDir>/${file}`),
      ],
    },
    {
      // The manifests name React 16.14; the model-driven runtime is said to load 17.0.2: whatever is rendered stands on both.
      ...shared,
      displayName: 'browser-react-17',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/tests/controls/**/*.test.tsx'],
      globals: { reactOfThisProject: '17.0.2' },
      moduleNameMapper: {
        '^react$': '<rootDir>/tests/react-17/node_modules/react',
        '^react-dom$': '<rootDir>/tests/react-17/node_modules/react-dom',
        '^react-dom/(.*)$': '<rootDir>/tests/react-17/node_modules/react-dom/$1',
      },
    },
    {
      ...shared,
      ...scannedForSecrets,
      ...loadedOnce,
      displayName: 'end-to-end',
      testMatch: ['<rootDir>/tests/end-to-end/**/*.test.ts'],
    },
    {
      ...shared,
      ...loadedOnce,
      displayName: 'visual',
      // One sandbox for all looks, and the same scan.
      globalSetup: '<rootDir>/tests/visual/set-up.ts',
      globalTeardown: '<rootDir>/tests/visual/tear-down.ts',
      testMatch: ['<rootDir>/tests/visual/**/*.test.ts'],
    },
  ],
};
