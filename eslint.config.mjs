import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Names of options → their values: those that `npm run generate` writes, and those of Microsoft's own tables. */
const options = new Map();
for (const file of ['generated/options.ts', 'platform-choices.ts'])
  for (const [, name, value] of readFileSync(join(import.meta.dirname, 'domain/src/schema', file), 'utf8').matchAll(
    /\b([A-Z]\w+): (\d+)\b/g,
  ))
    options.set(name.toUpperCase(), [...(options.get(name.toUpperCase()) ?? []), Number(value)]);

/** Values of a choice, by what they are called or by the column that they are compared with. */
const OF_CHOICE = /(status|statu_?code|state|state_?code|provisioning|outcome|decision|severity|level)$/i;
const IN_QUERY =
  /\b(?:statecode|statuscode|crmjira_\w*(?:status|state|type|decision|level|severity)) (?:eq|ne|gt|ge|lt|le) \d/;

/** The value of an option goes by its generated name; a bare number says nothing, and stays when the choice changes. */
const noBareOption = {
  meta: { type: 'problem', messages: { bare: 'Name the option: the domain exports each choice of the schema.' } },
  create({ report }) {
    const isNumber = (node) => node?.type === 'Literal' && typeof node.value === 'number';
    const nameOf = (node) => {
      if (node.type === 'ChainExpression') return nameOf(node.expression);
      if (node.type === 'LogicalExpression') return nameOf(node.left);
      if (node.type === 'MemberExpression') return String(node.property.name ?? node.property.value);
      return String(node.name ?? '');
    };
    const isOption = (name, value) => options.get(String(name).replaceAll('_', '').toUpperCase())?.includes(value);
    const say = (node) => report({ node, messageId: 'bare' });
    return {
      BinaryExpression(node) {
        const { left, right, operator } = node;
        if (!/^([<>]=?|[=!]==?)$/.test(operator)) return;
        if (isNumber(right) && OF_CHOICE.test(nameOf(left))) say(node);
        if (isNumber(left) && OF_CHOICE.test(nameOf(right))) say(node);
      },
      VariableDeclarator({ id, init }) {
        if (init?.type === 'ArrayExpression' && id.type === 'ArrayPattern')
          id.elements.forEach(
            (one, at) => isNumber(init.elements[at]) && isOption(one?.name, init.elements[at].value) && say(one),
          );
        else if (isNumber(init) && isOption(id.name, init.value)) say(id);
      },
      Property({ key, value }) {
        if (isNumber(value) && /^(statecode|statuscode|crmjira_\w+)$/.test(nameOf(key)) && OF_CHOICE.test(nameOf(key)))
          say(key);
      },
      Literal(node) {
        if (typeof node.value === 'string' && IN_QUERY.test(node.value)) say(node);
      },
      TemplateElement(node) {
        if (IN_QUERY.test(node.value.raw)) say(node);
      },
    };
  },
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
    files: ['{domain,plugins-proxy,webresources}/src/**/*.{ts,tsx}', 'controls/*/src/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'BinaryExpression[operator=/^[<>]=?$/]:matches([left.name=/(^l|[aA]lertL)evel$/], [right.name=/(^l|[aA]lertL)evel$/], [left.property.name=/(^l|[aA]lertL)evel$/], [right.property.name=/(^l|[aA]lertL)evel$/])',
          message: 'Values of a choice have no order: compare levels by isAtLeast of the domain.',
        },
        {
          selector: ":matches(BinaryExpression, ArrayExpression) > Literal[value='dataverse-precondition']",
          message: 'Ask hasChangedMeanwhile (platform/errors/has-code), or write by writeOnce (clients/dataverse).',
        },
      ],
    },
  },
  {
    files: ['{controls,webresources}/**/src/**/*.{ts,tsx}'],
    plugins: { 'crmjira-choices': { rules: { 'no-bare-option': noBareOption } } },
    rules: { 'crmjira-choices/no-bare-option': 'error' },
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
