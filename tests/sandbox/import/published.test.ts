import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '../../../sandbox/src/dataverse/import/read-package';
import { buttonsOf } from '../../../sandbox/src/form-host/client/ribbon/visible-buttons';
import { readSolutionDefinition, readTablePages } from '../../../sandbox/src/form-host/server/definition';
import { type HostFolders, hostFolders } from '../../../sandbox/src/form-host/index';
import { publishSolution } from '../../../sandbox/src/run/publish-solution';
import { packed, packedParts } from './packages';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-published-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function replaced(text: string, what: RegExp, by: string): string {
  if (!what.test(text)) throw new Error(`The source no longer says ${what}.`);
  return text.replace(what, by);
}

const MAPPING = 'crmjira_budget_mapping';
const importedOn = new Date('2026-03-02T09:00:00Z');
const installed = readPackage(packed('main', '1.0.0.0'), importedOn);
const cases = readPackage(packed('cases', '1.0.0.0'), importedOn);

test('the page gets form, ribbon, views, site map, process and controls of the import: the same as from the source', () => {
  const folders = publishSolution([installed, cases], join(folder, 'published'));
  // The page's own bundle is all that is not the solution's.
  expect(Object.keys(folders).filter((name) => !String(folders[name as keyof HostFolders]).startsWith(folder))).toEqual(
    ['page'],
  );
  expect(readSolutionDefinition(folders)).toEqual(readSolutionDefinition(hostFolders));
  for (const table of ['incident', 'account', 'product', MAPPING])
    expect([table, readTablePages(folders, table)]).toEqual([table, readTablePages(hostFolders, table)]);
  const shownOf = (from: HostFolders) => {
    const { views, ribbon } = readTablePages(from, 'crmjira_time_record') ?? {};
    return { views, ribbon };
  };
  expect(shownOf(folders)).toEqual(shownOf(hostFolders));
  // The cases bring one of their own that says nothing: it takes nothing away.
  expect(shownOf(folders).ribbon?.form).not.toEqual([]);
});

test('a package that says otherwise shows otherwise: a button, a view and a title that only it has', () => {
  const edit = (path: string, text: string): string => {
    if (path.endsWith('Opportunity/RibbonDiff.xml'))
      return replaced(text, /Create Jira Project/i, 'Made by this package');
    if (path.includes('crmjira_budget_mapping/SavedQueries/'))
      return text.replace(/description="Active/, 'description="Packed');
    if (path.includes('AppModuleSiteMaps/')) return replaced(text, /"Health Page"/, '"Packed page"');
    return text;
  };
  const edited = readPackage(packed('main', '1.0.0.0', { edit }), new Date('2026-03-02T09:00:00Z'));
  const folders = publishSolution([edited], join(folder, 'published'));
  const { ribbon, navigation } = readSolutionDefinition(folders);
  expect(ribbon.form.map(({ label }) => label[1033])).toContain('Made by this package');
  expect(readTablePages(folders, MAPPING)?.views.some(({ name }) => name[1033].startsWith('Packed'))).toBe(true);
  expect(navigation.map(({ title }) => title?.[1033])).toContain('Packed page');
});

test('what a package puts above the list of a table, and above its rows on a form, is read from its own RibbonDiff', () => {
  const button = (location: string, id: string): string =>
    `<CustomAction Id="${id}.Action" Location="Mscrm.${location}.crmjira_budget_mapping.MainTab.Actions.Controls._children" Sequence="1"><CommandUIDefinition><Button Id="${id}" Command="${id}.Command" LabelText="${id}" Sequence="1" /></CommandUIDefinition></CustomAction>`;
  const command = (id: string): string =>
    `<CommandDefinition Id="${id}.Command"><EnableRules /><DisplayRules /><Actions><JavaScriptFunction Library="$webresource:crmjira_/scripts/opportunity-commands.js" FunctionName="CrmJira.${id}" /></Actions></CommandDefinition>`;
  const edit = (path: string, text: string): string =>
    path.endsWith('crmjira_budget_mapping/RibbonDiff.xml')
      ? text
          .replace(
            '</CustomActions>',
            `${button('HomepageGrid', 'syncAll')}${button('SubGrid', 'compare')}</CustomActions>`,
          )
          .replace('</CommandDefinitions>', `${command('syncAll')}${command('compare')}</CommandDefinitions>`)
      : text;
  const edited = readPackage(packed('main', '1.0.0.0', { edit }), new Date('2026-03-02T09:00:00Z'));
  const folders = publishSolution([edited], join(folder, 'published'));
  const { related } = readSolutionDefinition(folders);
  expect(readTablePages(folders, MAPPING)?.ribbon.homepageGrid.map(({ id }) => id)).toEqual(['syncAll']);
  const onOpportunity = Object.values(related ?? {}).find(({ name }) => name === MAPPING);
  expect(buttonsOf(onOpportunity?.ribbon.subGrid ?? []).map(({ action }) => action.functionName)).toEqual([
    'CrmJira.compare',
  ]);
});

test('a solution without ribbon, views and site map shows none, whatever the source has', () => {
  const bare = { ...installed, shown: installed.shown.filter(({ kind }) => kind === 'form'), components: [] };
  const folders = publishSolution([bare], join(folder, 'published'));
  const { ribbon, navigation } = readSolutionDefinition(folders);
  expect([ribbon.form, readTablePages(folders, MAPPING)?.views, navigation]).toEqual([[], [], []]);
});

test('bundles and scripts are the bytes of the package, and nothing of an earlier import stays', () => {
  const published = join(folder, 'published');
  publishSolution([installed], published);
  writeFileSync(join(published, 'web-resources', 'old.js'), 'gone by the next import');
  const folders = publishSolution([installed], published);
  expect(existsSync(join(folders.webResources, 'old.js'))).toBe(false);
  const bundle = readFileSync(
    join(folders.controls, 'crmjira_CrmJira.JiraProject', 'out', 'controls', 'JiraProject', 'bundle.js'),
  );
  const part = packedParts('main', '1.0.0.0').get('Controls/crmjira_CrmJira.JiraProject/bundle.js');
  expect(Buffer.compare(bundle, part ?? new Uint8Array())).toBe(0);
});

test('a name that leads out of the folder is refused', () => {
  const row = { name: 'cc_crmjira_Crm.Jira/../../../../../escaped.js', content: '' };
  const hostile = { ...installed, components: [{ table: 'webresource', id: 'x', row }] };
  expect(() => publishSolution([hostile], join(folder, 'published'))).toThrow('names a file outside of it');
  expect(existsSync(join(folder, 'escaped.js'))).toBe(false);
});
