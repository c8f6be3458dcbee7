import js from '@eslint/js';
import powerApps from '@microsoft/eslint-plugin-power-apps';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * A table that any text may index must be asked by `entryOf` of the domain (or be a Map): `table['constructor']` is what every object
 * inherits (F-311). A table whose keys are a union says so in its type, `Record<Union, …>`, and is left alone.
 */
const noOpenTableIndex = {
  meta: { type: 'problem', messages: { open: 'Ask a table that any text may index by entryOf, or make it a Map.' } },
  create: ({ sourceCode, report }) => ({
    'MemberExpression[computed=true][object.type="Identifier"][property.type!="Literal"]'(node) {
      let scope = sourceCode.getScope(node);
      while (scope !== null && !scope.set.has(node.object.name)) scope = scope.upper;
      const declared = scope?.set.get(node.object.name)?.defs[0]?.node;
      if (declared?.type !== 'VariableDeclarator' || declared.init?.type !== 'ObjectExpression') return;
      const type = declared.id.typeAnnotation;
      if (type && /^:\s*Readonly<Record<string,/.test(sourceCode.getText(type))) report({ node, messageId: 'open' });
    },
  }),
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/out/**',
      '**/dist/**',
      '**/generated/**',
      '**/generated-types/**',
      '**/coverage/**',
      '.sandbox/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['{domain,plugins-proxy,sandbox}/src/**/*.ts'],
    // The page of the form host reads its own tables by names of its own.
    ignores: ['sandbox/src/form-host/client/**'],
    plugins: { crmjira: { rules: { 'no-open-table-index': noOpenTableIndex } } },
    rules: { 'crmjira/no-open-table-index': 'error' },
  },
  {
    // domain runs in browser and Node alike: nothing of either may be reached from it.
    files: ['domain/src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', '@crmjira/*'] }],
      'no-restricted-globals': ['error', 'process', 'window', 'document', 'fetch', 'Buffer', 'console', 'setTimeout'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'now is passed in' }],
    },
  },
  {
    files: ['controls/**/*.{ts,tsx}'],
    // JSX calls `h` there: see form-data/src/look/h.ts.
    languageOptions: { parserOptions: { jsxPragma: 'h' } },
    plugins: { '@microsoft/power-apps': powerApps, 'react-hooks': reactHooks },
    rules: {
      ...(powerApps.configs?.paCheckerHosted?.rules ?? {}),
      ...reactHooks.configs.recommended.rules,
    },
  },
  {
    files: ['**/*.cjs', '**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        setInterval: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
