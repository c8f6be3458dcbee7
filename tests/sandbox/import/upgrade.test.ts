import type { Fixture } from '../dataverse/dataverse-fixture';
import { ids } from '../dataverse/dataverse-fixture';
import { importBody, solutionsOf, startEnvironment } from './environment';
import { LATER_COLUMN, packed, withoutLaterColumn } from './packages';

/** Milliseconds: each imports the whole product, some several times; a second each on a quiet machine. */

const connector = packed('connector', '0.9.0.0');
const previous = packed('main', '0.9.0.0', { edit: withoutLaterColumn });
const current = packed('main', '0.10.0.0');
const columnRemoved = packed('main', '0.11.0.0', { edit: withoutLaterColumn });

const mapping = 'crmjira_budget_mappings(5a8d2c1e-0000-4000-8000-00000000abcd)';

let environment: Fixture;
beforeEach(async () => {
  environment = await startEnvironment([connector, previous]);
  const created = await environment.call('PATCH', mapping, {
    crmjira_name: 'Kept over the upgrade',
    'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})`,
  });
  expect(created.status).toBe(204);
});
afterEach(() => environment.dataverse.close());

const importing = (content: Uint8Array, action = 'ImportSolution') =>
  environment.call('POST', action, importBody(content, { ImportJobId: undefined }));

const columnStatus = async (): Promise<number> =>
  (
    await environment.call(
      'GET',
      `EntityDefinitions(LogicalName='crmjira_budget_mapping')/Attributes(LogicalName='${LATER_COLUMN}')`,
    )
  ).status;

test('a newer version keeps rows, their owners and grants of roles, and brings its new column', async () => {
  expect(await columnStatus()).toBe(404);
  const role = environment.dataverse.roleId('CRM-JIRA Integration User');
  await environment.dataverse.seed([{ table: 'systemuserroles', row: { systemuserid: ids.salesRep, roleid: role } }]);

  expect((await importing(current)).status).toBe(204);
  await expect(solutionsOf(environment)).resolves.toContain('crmjira 0.10.0.0 *');
  expect(await columnStatus()).toBe(200);
  const { json } = await environment.call('GET', mapping);
  expect(json).toMatchObject({
    crmjira_name: 'Kept over the upgrade',
    _crmjira_opportunity_id_value: ids.opportunity,
    [LATER_COLUMN]: null,
  });
  expect((await environment.call('PATCH', mapping, { [LATER_COLUMN]: 'lead@company.com' })).status).toBe(204);
  const asRep = await environment.call(
    'GET',
    'crmjira_budget_mappings',
    undefined,
    {},
    'opportunity.owner@company.com',
  );
  expect(asRep.status).toBe(200);
});

test('an update keeps a column that the newer version lacks; an upgrade removes it with its values', async () => {
  await importing(current);
  await environment.call('PATCH', mapping, { [LATER_COLUMN]: 'lead@company.com' });
  expect((await importing(columnRemoved)).status).toBe(204);
  expect((await environment.call('GET', mapping)).json).toMatchObject({ [LATER_COLUMN]: 'lead@company.com' });

  const upgraded = await importing(packed('main', '0.12.0.0', { edit: withoutLaterColumn }), 'StageAndUpgrade');
  expect(upgraded.status).toBe(200);
  expect(await columnStatus()).toBe(404);
  expect((await importing(packed('main', '0.13.0.0'))).status).toBe(204);
  expect((await environment.call('GET', mapping)).json).toMatchObject({
    crmjira_name: 'Kept over the upgrade',
    [LATER_COLUMN]: null,
  });
});

test('an older version, an unmanaged package over a managed one, and another type for a column are refused', async () => {
  await importing(current);
  const otherType = packed('main', '0.14.0.0', {
    edit: (path, text) =>
      path === 'Entities/crmjira_command/Entity.xml'
        ? text.replace(/(<attribute PhysicalName="crmjira_sealed">\s*<Type>)nvarchar/, '$1ntext')
        : text,
  });
  expect((await importing(otherType)).json.error.message).toContain(
    'attribute crmjira_command.crmjira_sealed is a String, but a Memo type was specified',
  );
  const older = await importing(previous);
  expect(older.status).toBe(400);
  expect(older.json.error.message).toContain('version 0.9.0.0 is older than 0.10.0.0');
  const unmanaged = await importing(packed('main', '0.14.0.0', { managed: false }));
  expect(unmanaged.json.error).toMatchObject({ code: '0x80048038' });
  await expect(solutionsOf(environment)).resolves.toContain('crmjira 0.10.0.0 *');
});

test('managed solutions are uninstalled main first: tables go with their rows, opportunities stay', async () => {
  const idOf = async (name: string): Promise<string> =>
    (await environment.call('GET', `solutions?$select=solutionid&$filter=uniquename eq '${name}'`)).json.value[0]
      .solutionid;
  const refused = await environment.call('DELETE', `solutions(${await idOf('crmjiraconnector')})`);
  expect(refused.status).toBe(400);
  expect(refused.json.error).toMatchObject({ code: '0x8004f01d' });
  expect(refused.json.error.message).toContain('Solution: crmjira ');
  expect((await environment.call('GET', mapping)).status).toBe(200);

  expect((await environment.call('DELETE', `solutions(${await idOf('crmjira')})`)).status).toBe(204);
  expect((await environment.call('GET', 'crmjira_budget_mappings')).status).toBe(404);
  expect(environment.dataverse.roleId('CRM-JIRA Integration User')).toBeNull();
  expect((await environment.call('GET', `opportunities(${ids.opportunity})?$select=name`)).json).toMatchObject({
    name: 'Digital Transformation',
  });
  expect((await environment.call('DELETE', `solutions(${await idOf('crmjiraconnector')})`)).status).toBe(204);
  await expect(solutionsOf(environment)).resolves.toEqual([]);

  const again = await importing(packed('connector', '1.0.0.0'));
  expect(again.status).toBe(204);
  expect((await importing(current)).status).toBe(204);
  expect((await environment.call('GET', 'crmjira_budget_mappings')).json.value).toEqual([]);
});

test('of an unmanaged solution only the container is deleted: tables and rows stay, and it can come back', async () => {
  const developer = await startEnvironment([
    packed('connector', '1.0.0.0', { managed: false }),
    packed('main', '1.0.0.0', { managed: false }),
  ]);
  try {
    const managed = await developer.call('POST', 'ImportSolution', importBody(packed('main', '1.0.0.0')));
    expect(managed.json.error).toMatchObject({ code: '0x80048040' });
    await developer.call('POST', 'crmjira_budget_categories', { crmjira_name: 'Labour' });
    const { json } = await developer.call('GET', "solutions?$select=solutionid&$filter=uniquename eq 'crmjira'");
    expect((await developer.call('DELETE', `solutions(${json.value[0].solutionid})`)).status).toBe(204);
    await expect(solutionsOf(developer)).resolves.toEqual(['crmjiraconnector 1.0.0.0']);
    expect((await developer.call('GET', 'crmjira_budget_categories')).json.value).toHaveLength(1);
    const again = packed('main', '1.1.0.0', { managed: false });
    expect(
      (await developer.call('POST', 'StageAndUpgrade', importBody(again, { ImportJobId: undefined }))).status,
    ).toBe(200);
    await expect(solutionsOf(developer)).resolves.toEqual(['crmjira 1.1.0.0', 'crmjiraconnector 1.0.0.0']);
  } finally {
    await developer.dataverse.close();
  }
});
