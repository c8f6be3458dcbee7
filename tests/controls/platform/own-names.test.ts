import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_NAMES as approval } from '../../../controls/budget-approval/src/own-names.json';
import { OWN_NAMES as burn } from '../../../controls/budget-burn/src/own-names.json';
import { OWN_NAMES as issues } from '../../../controls/jira-issues/src/own-names.json';
import { OWN_NAMES as portfolio } from '../../../controls/portfolio/src/own-names.json';
import { readResx } from './resx';

const root = join(__dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Shapes that another bundle of the form made, or will read: their names are the same in each of them. */
const SHARED = [
  'budget/mapping',
  'budget/milestones',
  'budget/opportunity',
  'budget/snapshots',
  'commands/command',
  'commands/command-progress',
  'environment/currencies',
  'environment/settings',
  'store/desk',
  'store/form-state',
  'store/form-store',
  'store/part',
]
  .map((file) => read(`controls/form-data/src/${file}.ts`))
  .join('\n');

const PLATFORM = read('node_modules/@types/powerapps-component-framework/componentframework.d.ts');
const FORMATS = read('controls/form-data/src/format/number-pattern.ts');
/** What the browser's own objects have: the minifier does not tell their members from ours. */
const BUILT_IN = [
  Array,
  BigInt,
  Blob,
  Date,
  Error,
  HTMLCanvasElement,
  HTMLElement,
  Intl.ListFormat,
  Intl.NumberFormat,
  Intl.RelativeTimeFormat,
  Map,
  Number,
  Object,
  Promise,
  RegExp,
  Set,
  String,
  URL,
].flatMap((each) => [...Object.getOwnPropertyNames(each), ...Object.getOwnPropertyNames(each.prototype)]);
/** Read from values that nobody here has made: errors of a client, rows, JSON. */
const UNKNOWN = [...read('controls/form-data/src/store/read-failure.ts').matchAll(/const \{ (.+) \} = .*unknown>/g)]
  .flatMap(([, names = '']) => names.split(', '))
  .concat('contextInfo', 'entityId');

describe.each([
  // Their bundles share what they read with those of the other controls of the form; a view has no others.
  ['budget-approval', approval, true],
  ['budget-burn', burn, true],
  ['jira-issues', issues, true],
  ['portfolio', portfolio, false],
] as const)('R-207 names of properties that the bundle of %s has shorter are its own', (control, names, isOnForm) => {
  const texts = [...readResx(control, 1033).values()].join(' ');
  it.each(names)('%s', (name) => {
    const isMember = new RegExp(`\\b${name}\\??\\s*[:(]`);
    expect(isMember.test(PLATFORM)).toBe(false);
    expect(BUILT_IN.includes(name)).toBe(false);
    expect(UNKNOWN).not.toContain(name);
    const isShared = new RegExp(`readonly ${name}\\??:|^ +${name}: (text|number|date|flag)\\(`, 'm');
    expect(isOnForm && isShared.test(SHARED)).toBe(false);
    // Columns and settings that are read by name, and places of texts that are filled by name.
    expect(FORMATS).not.toContain(`'${name}'`);
    expect(texts.includes(`{${name}}`)).toBe(false);
    expect(name).not.toMatch(
      /^(aria|data|on(Change|Click|Key|Pointer|Render|Toggle)|class|style|key$|ref$|children|props|state)/,
    );
  });
});
