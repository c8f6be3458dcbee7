import { type Answer, type Fixture, ids } from '../dataverse/dataverse-fixture';
import { importBody, solutionsOf, startEnvironment } from './environment';
import { LATER_COLUMN, packed, withoutLaterColumn } from './packages';

/** Milliseconds: each imports the whole product, some several times; a second each on a quiet machine. */

const connector = packed('connector', '0.9.0.0');
const former = packed('main', '0.9.0.0', { edit: withoutLaterColumn });
const next = packed('main', '0.10.0.0');
const mapping = 'crmjira_budget_mappings(5a8d2c1e-0000-4000-8000-00000000abcd)';

const importing = (
  { call }: Fixture,
  content: Uint8Array,
  more: object = {},
  action = 'ImportSolution',
): Promise<Answer> => call('POST', action, importBody(content, { ImportJobId: undefined, ...more }));
const staging = (to: Fixture, content: Uint8Array): Promise<Answer> =>
  importing(to, content, { HoldingSolution: true });

async function hasLaterColumn({ call }: Fixture): Promise<boolean> {
  const { json } = await call('GET', mapping);
  expect(json).toMatchObject({ crmjira_name: 'Kept', _crmjira_opportunity_id_value: ids.opportunity });
  return LATER_COLUMN in json;
}

async function removed({ call }: Fixture, uniqueName: string): Promise<number> {
  const { json } = await call('GET', `solutions?$select=solutionid&$filter=uniquename eq '${uniqueName}'`);
  return (await call('DELETE', `solutions(${json.value[0].solutionid})`)).status;
}

describe('a holding solution, and the ways back of docs/runbook.md (R-2207)', () => {
  let environment: Fixture;
  beforeEach(async () => {
    environment = await startEnvironment([connector, former]);
    const row = { crmjira_name: 'Kept', 'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})` };
    expect((await environment.call('PATCH', mapping, row)).status).toBe(204);
  });
  afterEach(() => environment.dataverse.close());

  test('waits beside the installed version until it is applied; rows stay', async () => {
    expect((await staging(environment, next)).status).toBe(204);
    await expect(solutionsOf(environment)).resolves.toEqual([
      'crmjira 0.9.0.0 *',
      'crmjira_Upgrade 0.10.0.0 *',
      'crmjiraconnector 0.9.0.0 *',
    ]);
    await expect(hasLaterColumn(environment)).resolves.toBe(true);
    const applied = await environment.call('POST', 'DeleteAndPromote', { UniqueName: 'crmjira' });
    expect(applied.status).toBe(200);
    expect(applied.json.SolutionId).toMatch(/^[-0-9a-f]{36}$/);
    await expect(solutionsOf(environment)).resolves.toEqual(['crmjira 0.10.0.0 *', 'crmjiraconnector 0.9.0.0 *']);
    await expect(hasLaterColumn(environment)).resolves.toBe(true);
  });

  test('that is deleted instead leaves the installed version as it was', async () => {
    await staging(environment, next);
    await environment.call('PATCH', mapping, { [LATER_COLUMN]: 'lead@company.com' });
    expect(await removed(environment, 'crmjira_Upgrade')).toBe(204);
    await expect(solutionsOf(environment)).resolves.toEqual(['crmjira 0.9.0.0 *', 'crmjiraconnector 0.9.0.0 *']);
    await expect(hasLaterColumn(environment)).resolves.toBe(false);
    expect((await importing(environment, next)).status).toBe(204);
  });

  test('removes with its promotion what the newer version no longer has', async () => {
    await importing(environment, next);
    await staging(environment, packed('main', '0.11.0.0', { edit: withoutLaterColumn }));
    await expect(hasLaterColumn(environment)).resolves.toBe(true);
    const { json } = await environment.call('POST', 'DeleteAndPromoteAsync', { UniqueName: 'crmjira' });
    expect(json.AsyncOperationId).toMatch(/^[-0-9a-f]{36}$/);
    const job = async (): Promise<number> =>
      (await environment.call('GET', `asyncoperations(${json.AsyncOperationId})`)).json.statuscode as number;
    while ((await job()) < 30) await new Promise((resolve) => setImmediate(resolve));
    expect(await job()).toBe(30);
    await expect(hasLaterColumn(environment)).resolves.toBe(false);
  });

  test('a wrong version is taken back by the former one under a higher number, and rows stay', async () => {
    await importing(environment, next, {}, 'StageAndUpgrade');
    const refused = await importing(environment, former, {}, 'StageAndUpgrade');
    expect(refused.status).toBe(400);
    const back = await importing(
      environment,
      packed('main', '0.10.1.0', { edit: withoutLaterColumn }),
      {},
      'StageAndUpgrade',
    );
    expect(back.status).toBe(200);
    await expect(solutionsOf(environment)).resolves.toContain('crmjira 0.10.1.0 *');
    await expect(hasLaterColumn(environment)).resolves.toBe(false);
  });

  test('is refused where nothing is there to wait for, and nothing else is imported while it waits', async () => {
    const nothing = await environment.call('POST', 'DeleteAndPromote', { UniqueName: 'crmjira' });
    expect(nothing.json.error).toMatchObject({ code: '0x80048033' });
    expect(nothing.json.error.message).toContain('crmjira_Upgrade');
    await staging(environment, next);
    const second = await importing(environment, packed('main', '0.12.0.0'));
    expect(second.json.error.message).toContain('DeleteAndPromote');
    const empty = await startEnvironment();
    try {
      const first = await staging(empty, connector);
      expect(first).toMatchObject({ status: 400, json: { error: { code: '0x80048033' } } });
      expect(first.json.error.message).toContain('cannot be imported as a holding solution');
    } finally {
      await empty.dataverse.close();
    }
  });

  test('belongs to who may customize', async () => {
    const body = { UniqueName: 'crmjira' };
    const rep = await environment.call('POST', 'DeleteAndPromote', body, {}, 'opportunity.owner@company.com');
    expect(rep.status).toBe(403);
    const wanted = { SolutionName: 'crmjira', Managed: false };
    const exported = await environment.call('POST', 'ExportSolution', wanted, {}, 'opportunity.owner@company.com');
    expect(exported.json.error.message).toContain('prvExportCustomization');
  });
});

describe('ExportSolution', () => {
  const exporting = ({ call }: Fixture, Managed: boolean, SolutionName = 'crmjiraconnector'): Promise<Answer> =>
    call('POST', 'ExportSolution', { SolutionName, Managed });

  test('gives an unmanaged solution as it was imported, or made managed for the next environment', async () => {
    const source = packed('connector', '1.0.0.0', { managed: false });
    const developer = await startEnvironment([source]);
    const target = await startEnvironment();
    try {
      const unmanaged = await exporting(developer, false);
      expect(unmanaged.status).toBe(200);
      expect(Buffer.compare(Buffer.from(unmanaged.json.ExportSolutionFile, 'base64'), source)).toBe(0);
      const managed = Buffer.from((await exporting(developer, true)).json.ExportSolutionFile, 'base64');
      expect((await importing(target, managed)).status).toBe(204);
      await expect(solutionsOf(target)).resolves.toEqual(['crmjiraconnector 1.0.0.0 *']);
    } finally {
      await Promise.all([developer.dataverse.close(), target.dataverse.close()]);
    }
  });

  test('refuses an unmanaged solution of which something was changed since its import, and names it', async () => {
    const parts = { managed: false } as const;
    const developer = await startEnvironment([packed('connector', '1.0.0.0', parts), packed('main', '1.0.0.0', parts)]);
    const { call } = developer;
    const first = async (path: string) => (await call('GET', path)).json.value[0];
    const said = async () => (await exporting(developer, false, 'crmjira')).json.error?.message;
    try {
      await expect(said()).resolves.toBeUndefined();
      const { formid, name } = await first("systemforms?$filter=objecttypecode eq 'opportunity' and type eq 2");
      await call('PATCH', `systemforms(${formid})`, { name: 'Changed by a maker' });
      await expect(said()).resolves.toContain('since then this was changed: systemform Changed by a maker. Import');
      await call('PATCH', `systemforms(${formid})`, { name });
      await expect(said()).resolves.toBeUndefined();
      const role = await first("roles?$filter=startswith(name,'CRM-JIRA')");
      await call('PATCH', `roles(${role.roleid})`, { name: 'Renamed' });
      await expect(said()).resolves.toContain('role Renamed');
    } finally {
      await developer.dataverse.close();
    }
  });

  test('refuses a managed solution and one that is not there', async () => {
    const environment = await startEnvironment([connector]);
    try {
      const managed = await exporting(environment, false);
      expect(managed).toMatchObject({ status: 400, json: { error: { code: '0x80048036' } } });
      expect(managed.json.error.message).toContain('Managed solutions cannot be exported.');
      const missing = await exporting(environment, false, 'nowhere');
      expect(missing).toMatchObject({ status: 400, json: { error: { code: '0x80048037' } } });
    } finally {
      await environment.dataverse.close();
    }
  });
});
