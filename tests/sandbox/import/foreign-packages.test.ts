import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { unzip } from '../../../solution/tools/package/zip';
import { repositoryRoot } from '../../../sandbox/src/form-host/index';
import type { Fixture } from '../dataverse/dataverse-fixture';
import { harborPackage, required } from './harbor-package';
import { base64, importBody, solutionsOf, startEnvironment } from './environment';

async function inEnvironment(body: (environment: Fixture) => Promise<void>): Promise<void> {
  const environment = await startEnvironment();
  try {
    await body(environment);
  } finally {
    await environment.dataverse.close();
  }
}

describe('a package of another maker (F-403)', () => {
  let environment: Fixture;
  beforeAll(async () => {
    environment = await startEnvironment();
    const answer = await environment.call('POST', 'ImportSolution', importBody(harborPackage()));
    expect([answer.status, answer.text]).toEqual([204, '']);
  });
  afterAll(() => environment.dataverse.close());

  test('names what the environment leaves aside, and the import job says it too', async () => {
    const leftAside = environment.dataverse.installed().at(-1)?.leftAside ?? [];
    expect(leftAside).toEqual([
      'AIModel Arrival forecast',
      'PluginAssembly Harbor.Plugins, Version=1.0.0.0',
      'customapi harbor_Arrive',
      'relationship harbor_contract_visit (table contract is not in the environment)',
      'relationship harbor_visit_pilots (many to many)',
      'column harbor_visit.harbor_contract (a lookup without a relationship to a table of the environment)',
      'column harbor_visit.harbor_papers (of type file)',
      'column harbor_visit.harbor_network (of the choice socialprofile_community, which is not in the package)',
      'table contract (needed, of msdynce_Service (9.0.5.56))',
    ]);
    const { json } = await environment.call('GET', 'importjobs(c0ffee00-0000-4000-8000-000000000001)');
    for (const each of leftAside) expect(json.data).toContain(`<component id="${each}" processed="false">`);
  });

  test('brings a table that takes rows, with the owner and a lookup to a table of the platform', async () => {
    const { call } = environment;
    const { json: accounts } = await call('GET', 'accounts?$select=accountid&$top=1');
    const account = String(accounts.value[0].accountid);
    const arrived = '2026-03-02T09:00:00Z';
    const made = await call('POST', 'harbor_visits', {
      harbor_name: 'Aurora',
      harbor_arrived: arrived,
      'harbor_account@odata.bind': `/accounts(${account})`,
    });
    expect([made.status, made.text]).toEqual([204, '']);
    const { json } = await call('GET', 'harbor_visits');
    expect(json.value).toMatchObject([
      { harbor_name: 'Aurora', harbor_arrived: arrived, _harbor_account_value: account },
    ]);
    expect((await call('GET', '$metadata')).status).toBe(200);
  });

  test('adds its column to a platform table that the package only extends, and its variable although no root names it', async () => {
    const { call } = environment;
    const column = await call(
      'GET',
      "EntityDefinitions(LogicalName='task')/Attributes(LogicalName='harbor_berth')?$select=DisplayName",
    );
    expect(column.json.DisplayName.UserLocalizedLabel.Label).toBe('Berth');
    const variables = await call('GET', "environmentvariabledefinitions?$filter=schemaname eq 'harbor_Url'");
    expect(variables.json.value).toMatchObject([{ displayname: 'Address' }]);
  });
});

test.each([true, false])(
  'what a package of Managed %s brought says so itself, and Microsoft’s is managed (F-221)',
  (isManaged) =>
    inEnvironment(async ({ call }) => {
      const answer = await call('POST', 'ImportSolution', importBody(harborPackage({ isManaged })));
      expect([answer.status, answer.text]).toEqual([204, '']);
      const get = async (path: string) => (await call('GET', path)).json;
      const visit = await get("EntityDefinitions(LogicalName='harbor_visit')?$expand=Attributes");
      expect(visit.IsManaged).toBe(isManaged);
      expect(visit.DisplayName.UserLocalizedLabel.IsManaged).toBe(isManaged);
      const columns = visit.Attributes as { LogicalName: string; IsManaged: boolean }[];
      expect(columns.filter((column) => column.IsManaged !== isManaged)).toEqual([]);
      const task = await get("EntityDefinitions(LogicalName='task')?$expand=Attributes");
      expect(task.IsManaged).toBe(true);
      const inTask = new Map(
        (task.Attributes as typeof columns).map((column) => [column.LogicalName, column.IsManaged] as const),
      );
      expect([inTask.get('harbor_berth'), inTask.get('subject')]).toEqual([isManaged, true]);
      const ties = await get("RelationshipDefinitions(SchemaName='harbor_account_visit')");
      expect(ties.IsManaged).toBe(isManaged);
    }),
);

test('exporting it again gives the package, made managed on request, which another environment takes (F-403)', () =>
  inEnvironment(async ({ call }) => {
    const content = harborPackage({ isManaged: false });
    await call('POST', 'ImportSolution', importBody(content));
    const same = await call('POST', 'ExportSolution', { SolutionName: 'Harbor', Managed: false });
    expect(same.json.ExportSolutionFile).toBe(base64(content));
    const managed = await call('POST', 'ExportSolution', { SolutionName: 'Harbor', Managed: true });
    expect([managed.status, managed.json.error]).toEqual([200, undefined]);
    const file = new Uint8Array(Buffer.from(String(managed.json.ExportSolutionFile), 'base64'));
    await inEnvironment(async (target) => {
      await target.call('POST', 'ImportSolution', importBody(file));
      await expect(solutionsOf(target)).resolves.toEqual(['Harbor 1.0.0.0 *']);
    });
  }));

test('a package that needs a solution which is not Microsoft’s and not installed is still refused (F-403)', () =>
  inEnvironment(async ({ call, dataverse }) => {
    const content = harborPackage({ requires: required('66', 'cat_PowerCAT.Icon', 'CreatorKitCore (1.0.20230412.1)') });
    const { status, json } = await call('POST', 'ImportSolution', importBody(content));
    expect([status, json.error.code]).toEqual([400, '0x8004801d']);
    expect(json.error.message).toContain('Import these first: CreatorKitCore');
    expect(dataverse.installed()).toEqual([]);
  }));

const exports = join(repositoryRoot, '../shared/dataverse/solutions');
const zips = join(repositoryRoot, '../shared/tools/check-solution/tests/fixtures');

/** What the packages of one kit need of another one, which is not among the exports. */
const kit = /<MissingDependency>\s*<Required [^>]*solution="CreatorKitCore[^]*?<\/MissingDependency>/g;

/** An export that was unfolded with its binaries left out: the list says which there were. */
function folded(folder: string): Uint8Array {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  const parts = new Map(
    files
      .filter((file) => file.isFile() && file.name !== 'ZIP_LISTING.json')
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        const part = path.slice(folder.length + 1).replace(/^Content_Types\.xml$/, '[Content_Types].xml');
        return [part, new Uint8Array(readFileSync(path))];
      }),
  );
  const types = '[Content_Types].xml';
  if (!parts.has(types))
    parts.set(types, Buffer.from('<Types><Default Extension="xml" ContentType="text/xml" /></Types>'));
  return zipSync(Object.fromEntries(parts));
}

function zipped(path: string): Uint8Array {
  const parts = new Map(unzip(path, readFileSync(path)));
  const manifest = new TextDecoder().decode(parts.get('solution.xml'));
  parts.set('solution.xml', new TextEncoder().encode(manifest.replace(kit, '')));
  return zipSync(Object.fromEntries(parts));
}

if (!existsSync(exports) || !existsSync(zips))
  test.skip('skipped: the folder of exports is not beside the project: real exports are imported', () => {});
else
  test.each([
    ...readdirSync(exports).map((name) => [name, () => folded(join(exports, name))] as const),
    ...readdirSync(zips)
      .filter((name) => !name.includes('partial'))
      .map((name) => [name, () => zipped(join(zips, name))] as const),
  ])('the real export %s is imported, and each of its tables takes a row (F-403)', (_name, content) =>
    inEnvironment(async ({ call, dataverse }) => {
      const answer = await call('POST', 'ImportSolution', importBody(content()));
      expect([answer.status, answer.text]).toEqual([204, '']);
      for (const { entitySetName, primaryName } of dataverse.installed().at(-1)?.metadata.tables ?? []) {
        const made = await call('POST', entitySetName, { [String(primaryName)]: 'A name' });
        expect([entitySetName, made.status, made.text]).toEqual([entitySetName, 204, '']);
      }
      expect((await call('GET', '$metadata')).status).toBe(200);
    }),
  );
