import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_NAMES } from '../../../controls/budget-approval/src/own-names.json';
import { readResx } from './resx';

const root = join(__dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Shapes that another bundle of the form made, or will read: their names are the same in each of them. */
const SHARED = [
  'budget/mapping',
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
].map((file) => read(`controls/form-data/src/${file}.ts`));

const PLATFORM = read('node_modules/@types/powerapps-component-framework/componentframework.d.ts');
const FORMATS = read('controls/form-data/src/format/number-pattern.ts');
/** What the browser's own objects have: the minifier does not tell their members from ours. */
const BUILT_IN = [
  Array,
  BigInt,
  Date,
  Error,
  Intl.ListFormat,
  Map,
  Number,
  Object,
  Promise,
  RegExp,
  Set,
  String,
].flatMap((each) => [...Object.getOwnPropertyNames(each), ...Object.getOwnPropertyNames(each.prototype)]);
const texts = [...readResx('budget-approval', 1033).values()].join(' ');

describe('R-207 names of properties that the bundle of budget-approval has shorter are its own', () => {
  it.each(OWN_NAMES)('%s', (name) => {
    const isMember = new RegExp(`\\b${name}\\??\\s*[:(]`);
    expect(isMember.test(PLATFORM)).toBe(false);
    expect(BUILT_IN).not.toContain(name);
    const isShared = new RegExp(`readonly ${name}\\??:`);
    expect(SHARED.filter((shape) => isShared.test(shape))).toEqual([]);
    // Columns and settings that are read by name, and places of texts that are filled by name.
    expect(FORMATS).not.toContain(`'${name}'`);
    expect(texts).not.toContain(`{${name}}`);
    expect(name).not.toMatch(
      /^(aria|data|on(Change|Click|Key|Pointer|Render)|class|style|key|ref$|children|props|state)/,
    );
  });
});
