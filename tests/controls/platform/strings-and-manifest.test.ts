import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readResx } from './resx';

const root = join(__dirname, '../../../controls');

const controls = [
  { folder: 'jira-project', name: 'JiraProject', property: 'projectKey', type: 'SingleLine.Text' },
  { folder: 'jira-issues', name: 'JiraIssues', property: 'record', type: 'SingleLine.Text' },
  { folder: 'issue-picker', name: 'IssuePicker', property: 'issueKey', type: 'SingleLine.Text' },
  { folder: 'time-records', name: 'TimeRecords', property: 'records', type: 'data-set' },
  { folder: 'worklog-sync', name: 'WorklogSync', property: 'worklogId', type: 'SingleLine.Text' },
  { folder: 'budget-burn', name: 'BudgetBurn', property: 'projectBudget', type: 'Currency' },
  { folder: 'budget-status', name: 'BudgetStatus', property: 'budgetStatus', type: 'OptionSet' },
  {
    folder: 'budget-approval',
    name: 'BudgetApproval',
    property: 'approvalStatus',
    type: 'OptionSet',
  },
  { folder: 'portfolio', name: 'Portfolio', property: 'mappings', type: 'data-set' },
] as const;

/** What the form hands over beside the bound column: what is typed there and not saved. */
const BESIDE: Readonly<Record<string, readonly (readonly [name: string, type: string, usage: 'input'])[]>> = {
  'budget-approval': [['budgetAmount', 'Currency', 'input']],
  'worklog-sync': [
    ['issueKey', 'SingleLine.Text', 'input'],
    ['timeIn', 'DateAndTime.DateAndTime', 'input'],
    ['timeOut', 'DateAndTime.DateAndTime', 'input'],
    ['notes', 'Multiple', 'input'],
  ],
};

function sources(folder: string): { file: string; text: string }[] {
  return readdirSync(folder).flatMap((entry) => {
    const file = join(folder, entry);
    if (statSync(file).isDirectory()) return entry === 'generated' ? [] : sources(file);
    return /\.tsx?$/.test(entry) ? [{ file, text: readFileSync(file, 'utf8') }] : [];
  });
}

describe.each(controls)('$folder', ({ folder, name, property, type }) => {
  const english = readResx(folder, 1033);
  const french = readResx(folder, 3084);
  const xml = readFileSync(join(root, folder, `src/${name}/ControlManifest.Input.xml`), 'utf8');
  const manifest = new DOMParser().parseFromString(xml, 'application/xml');
  const own = sources(join(root, folder, 'src'));

  it('has the same texts in both languages, none empty, with the same places for values', () => {
    expect([...french.keys()]).toEqual([...english.keys()]);
    // What a record is called stands in every text, in the forms that its language has.
    const places = (text: string) =>
      [...text.matchAll(/\{(?!(?:this|the|The|of)\})\w+\}/g)].map(([place]) => place).sort();
    for (const [key, text] of english) {
      const other = french.get(key) ?? '';
      expect([key, other.trim() === '']).toEqual([key, false]);
      // A French text may do without a value that its wording already says.
      expect(places(text)).toEqual(expect.arrayContaining(places(other)));
    }
  });

  it('R-2308 leaves a time in French without an article, for it may be a day: « Chiffres : 13 mai 14:02 »', () => {
    const alone = /(^|\s)(de|à|depuis|dès|jusqu’à) \{(time|since)\}/;
    // How long ago is no moment; an answer that came first came at a time of day only.
    const never = /il y a \{time\}|avant votre décision/;
    expect([...french.values()].filter((text) => alone.test(text) && !never.test(text))).toEqual([]);
  });

  it('has no text that nothing uses', () => {
    const code = [...own, ...sources(join(root, 'form-data/src'))].map(({ text }) => text).join('\n');
    // `unit.${unit}`, `chip.${state}` and `${outcome}.by`: the compiler checks that each of them has a key.
    const composed =
      /^(unit|count|show|standing)\.|^(approved|rejected|changes)\.|^error\.|^effect\.(below|above|over)$|^chip\.(over|overAtEnd|under|onBudget|requested|planned|warning|atRisk|onTrack|hidden|unsaved|unread|cut)$|^whatIf\.(rate|scope)$|^provisioning\.[1-4]$|^take\.(crm|jira)$|^(this|the|The|of)\.\w+$|^asked\.|^priority\.|^field\.|^group\.|^sync\.\d|^conflict\.(crm|jira)$|^w\.\w+\.2$|^create\.(project|type|priority|sync|summary|note|labels)$|\.(one|many)$/;
    const keys = [...english.keys()].filter((key) => !composed.test(key) && !xml.includes(`"${key}"`));
    expect(keys.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
  });

  it('French texts keep a space that does not break before : % and $', () => {
    for (const [key, text] of french) expect([key, / [:%$»]|« /.test(text)]).toEqual([key, false]);
  });

  it('is a virtual control with one bound column, and beside it what the form hands over; platform libraries and the features it uses', () => {
    const control = manifest.querySelector('control');
    expect([control?.getAttribute('namespace'), control?.getAttribute('constructor')]).toEqual(['CrmJira', name]);
    expect(control?.getAttribute('control-type')).toBe('virtual');
    const properties = [...manifest.querySelectorAll('property, data-set')].map((node) => [
      node.getAttribute('name'),
      node.getAttribute('of-type') ?? node.tagName,
      node.getAttribute('usage') ?? 'bound',
    ]);
    expect(properties).toEqual([[property, type, 'bound'], ...(BESIDE[folder] ?? [])]);
    const libraries = [...manifest.querySelectorAll('platform-library')].map((node) => [
      node.getAttribute('name'),
      node.getAttribute('version'),
    ]);
    expect(libraries).toEqual([
      ['React', '16.14.0'],
      ['Fluent', '8.121.1'],
    ]);
    const features = [...manifest.querySelectorAll('uses-feature')].map((node) => node.getAttribute('name'));
    expect(features).toEqual(['WebAPI', 'Utility']);
    const types = readFileSync(join(root, folder, 'src/manifest-types.ts'), 'utf8');
    const inputs = /interface IInputs \{([^}]*)\}/.exec(types)?.[1] ?? '';
    expect([...inputs.matchAll(/^\s*(\w+)\??:/gm)].map(([, found]) => found)).toEqual(properties.map(([name]) => name));
  });

  it('names only files that exist', () => {
    const paths = [...manifest.querySelectorAll('resources > :not(platform-library)')].map(
      (node) => node.getAttribute('path') ?? '',
    );
    for (const path of paths) expect(statSync(join(root, folder, 'src', name, path)).isFile()).toBe(true);
  });

  it('leaves React DOM, storage, host form and network alone', () => {
    const all = [...own, ...sources(join(root, 'form-data/src'))];
    for (const { file, text } of all) {
      const forbidden =
        /from 'react-dom|localStorage|sessionStorage|\bXrm\b|formContext|\bfetch\(|XMLHttpRequest|innerHTML/.exec(text);
      expect([file, forbidden?.[0]]).toEqual([file, undefined]);
    }
  });
});

it('every icon that is drawn has its drawing', () => {
  const css = readFileSync(join(root, 'form-data/src/look/icons.css'), 'utf8');
  const type = readFileSync(join(root, 'form-data/src/look/icons.tsx'), 'utf8');
  const names = [...(type.split('/** Decorative')[0] ?? '').matchAll(/'(\w+)'/g)].map(([, found]) => found ?? '');
  expect(names.filter((found) => found !== 'react').length).toBeGreaterThan(10);
  for (const found of names.filter((candidate) => candidate !== 'react'))
    expect(css).toContain(`data-fluent-icon='${found}'`);
});
