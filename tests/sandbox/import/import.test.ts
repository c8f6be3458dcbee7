import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mergedMetadata, userRole } from '../../../sandbox/src/dataverse';
import { loadSolution } from '../../../sandbox/src/dataverse/metadata/load-solution';
import { type Fixture, ids } from '../dataverse/dataverse-fixture';
import { importBody, solutionsOf, startEnvironment } from './environment';
import { packed } from './packages';

/** Milliseconds: each imports the whole product, some several times; a second each on a quiet machine. */

const connector = packed('connector', '1.0.0.0');
const main = packed('main', '1.0.0.0');

describe('what an import brings', () => {
  let environment: Fixture;
  beforeAll(async () => {
    environment = await startEnvironment([connector, main]);
  });
  afterAll(() => environment.dataverse.close());

  const count = async (set: string, query = ''): Promise<number> =>
    (await environment.call('GET', `${set}?$count=true&$top=1${query}`)).json['@odata.count'] as number;

  test('tables, columns, keys, relationships, choices, roles, process and variables: all that the source has', () => {
    const imported = mergedMetadata(environment.dataverse.installed().map(({ metadata }) => metadata));
    const source = loadSolution();
    const connectorVariable = imported.environmentVariables.filter(
      ({ schemaName }) => schemaName === 'crmjira_ProxyHost',
    );
    expect(connectorVariable).toHaveLength(1);
    const byName = (one: { schemaName: string }, other: { schemaName: string }) =>
      one.schemaName < other.schemaName ? -1 : 1;
    expect({ ...imported, version: '', environmentVariables: [] }).toEqual({
      ...source,
      version: '',
      environmentVariables: [],
    });
    expect([...imported.environmentVariables].sort(byName)).toEqual(
      [...source.environmentVariables, ...connectorVariable].sort(byName),
    );
  });

  test('both solutions are listed, managed, with their publisher', async () => {
    await expect(solutionsOf(environment)).resolves.toEqual(['crmjira 1.0.0.0 *', 'crmjiraconnector 1.0.0.0 *']);
    const { json } = await environment.call('GET', 'publishers?$select=uniquename,customizationprefix');
    expect(json.value).toMatchObject([{ uniquename: 'crmjira', customizationprefix: 'crmjira' }]);
  });

  test('tables take rows, by their alternate key too', async () => {
    const { status } = await environment.call('POST', 'crmjira_budget_categories', { crmjira_name: 'Labour' });
    expect(status).toBe(204);
    const definition = await environment.call(
      'GET',
      "EntityDefinitions(LogicalName='crmjira_budget_mapping')?$select=EntitySetName&$expand=Keys($select=LogicalName)",
    );
    expect(definition.json.Keys.length).toBeGreaterThan(0);
  });

  test('forms, views, charts, dashboards, web resources, controls and the app are rows with their content', async () => {
    const { json } = await environment.call(
      'GET',
      "systemforms?$select=name,formxml&$filter=objecttypecode eq 'opportunity' and type eq 2",
    );
    expect(json.value).toHaveLength(1);
    expect(json.value[0].formxml).toMatch(/^<form\b[^]*CrmJira\.JiraProject/);
    const views = await environment.call(
      'GET',
      "savedqueries?$select=name,fetchxml&$filter=returnedtypecode eq 'crmjira_budget_mapping' and querytype eq 0",
    );
    expect(views.json.value.length).toBeGreaterThan(0);
    for (const { fetchxml } of views.json.value as { fetchxml: string }[]) expect(fetchxml).toMatch(/^<fetch\b/);
    expect(await count('savedqueryvisualizations')).toBeGreaterThan(0);
    expect(await count('systemforms', '&$filter=type eq 0')).toBe(2);
    const script = await environment.call(
      'GET',
      "webresources?$select=content&$filter=name eq 'crmjira_/scripts/opportunity-form.js'",
    );
    expect(Buffer.from(String(script.json.value[0].content), 'base64').toString()).toContain('CrmJira');
    const controls = readdirSync(join(__dirname, '../../../solution/src/Controls')).length;
    expect(controls).toBeGreaterThan(0);
    expect(await count('customcontrols')).toBe(controls);
    expect(await count('webresources', "&$filter=endswith(name,'/bundle.js')")).toBe(controls);
    expect(await count('appmodules')).toBe(1);
    expect(await count('sitemaps')).toBe(1);
  });

  test('an imported view answers as a query', async () => {
    const { json } = await environment.call(
      'GET',
      "savedqueries?$select=savedqueryid&$filter=returnedtypecode eq 'crmjira_budget_mapping' and isdefault eq true and querytype eq 0",
    );
    const rows = await environment.call('GET', `crmjira_budget_mappings?savedQuery=${json.value[0].savedqueryid}`);
    expect(rows.status).toBe(200);
  });

  test('roles, column security, process stages, variables, connector and connection references are there', async () => {
    const roles = await environment.call(
      'GET',
      "roles?$select=name&$filter=ismanaged eq true and name eq 'CRM-JIRA Integration Service'",
    );
    expect(roles.json.value).toHaveLength(1);
    const profiles = environment.dataverse.installed().flatMap(({ metadata }) => metadata.columnSecurityProfiles);
    // One more is the platform's own, with every secured column.
    expect(await count('fieldsecurityprofiles')).toBe(profiles.length + 1);
    const permissions = profiles.flatMap((profile) => profile.permissions);
    const secured = new Set(permissions.map(({ column }) => column));
    expect(await count('fieldpermissions')).toBe(permissions.length + secured.size);
    expect(await count('processstages')).toBe(loadSolution().processFlows.flatMap(({ stages }) => stages).length);
    expect(await count('environmentvariabledefinitions')).toBe(loadSolution().environmentVariables.length + 1);
    expect(await count('connectors')).toBe(1);
    expect(await count('connectionreferences')).toBe(3);
  });

  test('R-1208 the profiles that the package brought decide who reads and writes a secured column', async () => {
    const { call, dataverse } = environment;
    await dataverse.seed([userRole(ids.salesRep, dataverse.roleId('Salesperson') ?? '')]);
    const url = `opportunities(${ids.opportunity})`;
    await call('PATCH', url, { crmjira_jira_project_key: 'CRMABCDEFG' });
    const asRep = 'opportunity.owner@company.com';
    const key = async (): Promise<unknown> =>
      (await call('GET', `${url}?$select=crmjira_jira_project_key`, undefined, {}, asRep)).json
        .crmjira_jira_project_key;
    await expect(key()).resolves.toBeNull();
    const { json } = await call('GET', "fieldsecurityprofiles?$filter=startswith(name,'CRM-JIRA')&$orderby=name");
    expect(json.value.map(({ name, ismanaged }: Record<string, unknown>) => [name, ismanaged])).toEqual([
      ['CRM-JIRA Integration Columns: Readers', true],
      ['CRM-JIRA Integration Columns: Service', true],
    ]);
    await call('POST', `systemusers(${ids.salesRep})/systemuserprofiles_association/$ref`, {
      '@odata.id': `http://localhost:4110/api/data/v9.2/fieldsecurityprofiles(${json.value[0].fieldsecurityprofileid})`,
    });
    await expect(key()).resolves.toBe('CRMABCDEFG');
  });
});

describe('order of import', () => {
  test('the main solution before the connector is refused with what is missing, and nothing of it is kept', async () => {
    const environment = await startEnvironment();
    try {
      const refused = await environment.call('POST', 'ImportSolution', importBody(main));
      expect(refused.status).toBe(400);
      expect(refused.json.error).toMatchObject({ code: '0x8004801d' });
      expect(refused.json.error.message).toContain('Import these first: crmjiraconnector (');
      await expect(solutionsOf(environment)).resolves.toEqual([]);
      expect((await environment.call('GET', 'crmjira_budget_mappings')).status).toBe(404);
      expect(environment.dataverse.roleId('CRM-JIRA Integration Service')).toBeNull();
      const { json } = await environment.call('GET', `importjobs(c0ffee00-0000-4000-8000-000000000001)`);
      expect(json).toMatchObject({ progress: 0, solutionname: null });
      expect(json.data).toContain('result="failure" errorcode="0x8004801d"');

      const first = await environment.call('POST', 'ImportSolution', importBody(connector, { ImportJobId: undefined }));
      expect(first.status).toBe(204);
      const second = await environment.call('POST', 'ImportSolution', importBody(main, { ImportJobId: undefined }));
      expect(second.status).toBe(204);
      await expect(solutionsOf(environment)).resolves.toHaveLength(2);
    } finally {
      await environment.dataverse.close();
    }
  });
});
