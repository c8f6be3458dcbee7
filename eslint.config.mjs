import js from '@eslint/js';
import powerApps from '@microsoft/eslint-plugin-power-apps';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

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
