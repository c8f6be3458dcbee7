import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '../../../sandbox/src/dataverse/import/read-package';
import { readSolutionDefinition } from '../../../sandbox/src/form-host/server/definition';
import { hostFolders } from '../../../sandbox/src/form-host/index';
import { publishSolution } from '../../../sandbox/src/run/publish-solution';
import { packed, packedParts } from './packages';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-published-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const installed = readPackage(packed('main', '1.0.0.0'), new Date('2026-03-02T09:00:00Z'));

test('the page gets the form, the process and the controls of the import: the same as from the source', () => {
  const folders = publishSolution([installed], join(folder, 'published'));
  expect(Object.values(folders).filter((path) => path.startsWith(folder))).toHaveLength(4);
  expect(readSolutionDefinition(folders)).toEqual(readSolutionDefinition(hostFolders));
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
