import { randomUUID } from 'node:crypto';
import { rootBusinessUnitId } from '../../../sandbox/src/dataverse';
import { type Answer, type Fixture, ids, startDataverse } from './dataverse-fixture';

const reader = 'opportunity.owner@company.com';
const service = '22222222-2222-4222-8222-222222222222';
const outsider = 'outside@company.com';
const outsiderId = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a77';
const opportunity = `opportunities(${ids.opportunity})`;
const administratorsProfile = '572329c1-a042-4e22-be47-367c6374ea45';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
  await f.dataverse.seed([
    {
      table: 'systemuser',
      row: {
        systemuserid: outsiderId,
        lastname: 'Outside',
        domainname: outsider,
        businessunitid: { table: 'businessunit', id: rootBusinessUnitId },
      },
    },
    {
      table: 'systemuserroles',
      row: { systemuserid: outsiderId, roleid: f.dataverse.roleId('Sales Manager') },
    },
    { table: 'opportunity', row: { opportunityid: ids.opportunity, crmjira_jira_project_key: 'CRMABCDEFG' } },
  ]);
});
afterEach(() => f.dataverse.close());

const as = (who: string, method: string, path: string, body?: unknown, headers = {}): Promise<Answer> =>
  f.call(method, path, body, headers, who);
const keySeenBy = async (who: string): Promise<unknown> =>
  (await as(who, 'GET', `${opportunity}?$select=crmjira_jira_project_key`)).json.crmjira_jira_project_key;

const fetchXml = (condition = ''): string =>
  `opportunities?fetchXml=${encodeURIComponent(
    `<fetch><entity name="opportunity"><attribute name="name"/><attribute name="crmjira_jira_project_key"/><filter>${condition}<condition attribute="opportunityid" operator="eq" value="${ids.opportunity}"/></filter></entity></fetch>`,
  )}`;

describe('R-1208 a secured column without a profile', () => {
  it('is read as empty, without an error, wherever it is asked for', async () => {
    await expect(keySeenBy(outsider)).resolves.toBeNull();
    const all = await as(outsider, 'GET', opportunity);
    expect(all.json).toMatchObject({ name: 'Digital Transformation', crmjira_jira_project_key: null });
    expect((await as(outsider, 'GET', `${opportunity}/crmjira_jira_project_key/$value`)).status).toBe(204);
    const list = await as(outsider, 'GET', 'opportunities?$select=crmjira_jira_project_key');
    expect(list.json.value[0].crmjira_jira_project_key).toBeNull();
    const expanded = await as(
      outsider,
      'GET',
      `accounts(${ids.account})?$select=name&$expand=opportunity_customer_accounts($select=crmjira_jira_project_key)`,
    );
    expect(expanded.json.opportunity_customer_accounts[0].crmjira_jira_project_key).toBeNull();
    const fetched = await as(outsider, 'GET', fetchXml());
    expect(fetched.json.value[0]).toMatchObject({ name: 'Digital Transformation' });
    expect(fetched.json.value[0]).not.toHaveProperty('crmjira_jira_project_key');
  });

  it('tells nothing through a filter, a FetchXML condition or a change either', async () => {
    const filter = "opportunities?$select=name&$filter=crmjira_jira_project_key eq 'CRMABCDEFG'";
    expect((await as(reader, 'GET', filter)).json.value).toHaveLength(1);
    expect((await as(outsider, 'GET', filter)).json.value).toEqual([]);
    const condition = '<condition attribute="crmjira_jira_project_key" operator="not-null"/>';
    expect((await as(reader, 'GET', fetchXml(condition))).json.value).toHaveLength(1);
    expect((await as(outsider, 'GET', fetchXml(condition))).json.value).toEqual([]);
    const tracked = await as(outsider, 'GET', 'opportunities?$select=crmjira_jira_project_key', undefined, {
      prefer: 'odata.track-changes',
    });
    await f.call('PATCH', opportunity, { description: 'changed' });
    const changes = await as(outsider, 'GET', tracked.json['@odata.deltaLink']);
    expect(changes.json.value).toMatchObject([{ crmjira_jira_project_key: null }]);
  });

  it('keeps its value when somebody who cannot see it changes or wins the row', async () => {
    const answer = await as(outsider, 'PATCH', opportunity, { name: 'Renamed' }, { prefer: 'return=representation' });
    expect(answer.json).toMatchObject({ name: 'Renamed', crmjira_jira_project_key: null });
    const won = await as(outsider, 'POST', 'WinOpportunity', {
      Status: 3,
      OpportunityClose: { subject: 'Won', 'opportunityid@odata.bind': `/${opportunity}` },
    });
    expect(won.status).toBe(204);
    await expect(keySeenBy(reader)).resolves.toBe('CRMABCDEFG');
  });

  it.each([outsider, reader])('is not written by %s, with the words of the platform', async (who) => {
    const update = await as(who, 'PATCH', opportunity, { crmjira_jira_project_key: 'CRMZZZZZZZ' });
    expect(update).toMatchObject({ status: 403, json: { error: { code: '0x8004f507' } } });
    expect(update.json.error.message).toMatch(
      /^Caller user with Id [-0-9a-f]{36} does not have update permissions to a JIRA Project Key secured field on entity Opportunity\. /,
    );
    const create = await as(who, 'POST', 'opportunities', { name: 'New', crmjira_jira_project_key: 'CRMZZZZZZZ' });
    expect(create).toMatchObject({ status: 403, json: { error: { code: '0x8004f502' } } });
    expect(create.json.error.message).toContain('user has 0 secured attribute privileges');
    await expect(keySeenBy(reader)).resolves.toBe('CRMABCDEFG');
  });
});

describe('R-1208 a column security profile', () => {
  it('gives what it says to whom it names, roles give nothing', async () => {
    expect((await as(service, 'PATCH', opportunity, { crmjira_jira_project_key: 'CRMZZZZZZZ' })).status).toBe(204);
    await expect(keySeenBy(reader)).resolves.toBe('CRMZZZZZZZ');
    const withRole = { systemuserid: outsiderId, roleid: f.dataverse.roleId('CRM-JIRA Integration Administrator') };
    await f.dataverse.seed([{ table: 'systemuserroles', row: withRole }]);
    await expect(keySeenBy(outsider)).resolves.toBeNull();
  });

  it('reaches everybody in a team that holds it, for as long as they are in it', async () => {
    const team = randomUUID();
    await f.dataverse.seed([
      {
        table: 'team',
        row: {
          teamid: team,
          name: 'CRM-JIRA Users',
          businessunitid: { table: 'businessunit', id: rootBusinessUnitId },
        },
      },
    ]);
    const reference = (path: string): object => ({ '@odata.id': `http://localhost:4110/api/data/v9.2/${path}` });
    const profile = f.dataverse.profileId('CRM-JIRA Integration Columns: Readers') ?? '';
    const link = `teams(${team})/teamprofiles_association/$ref`;
    expect((await f.call('POST', link, reference(`fieldsecurityprofiles(${profile})`))).status).toBe(204);
    await expect(keySeenBy(outsider)).resolves.toBeNull();
    await f.call('POST', `teams(${team})/teammembership_association/$ref`, reference(`systemusers(${outsiderId})`));
    await expect(keySeenBy(outsider)).resolves.toBe('CRMABCDEFG');
    await f.call('DELETE', `teams(${team})/teammembership_association(${outsiderId})/$ref`);
    await expect(keySeenBy(outsider)).resolves.toBeNull();
    expect((await as(outsider, 'POST', link, reference(`fieldsecurityprofiles(${profile})`))).status).toBe(403);
  });

  it('of the platform lists every secured column; who is System Administrator needs none', async () => {
    await expect(keySeenBy('admin@company.com')).resolves.toBe('CRMABCDEFG');
    const listed = async (profile: string): Promise<{ name: unknown; columns: string[] }> => {
      const path = `fieldsecurityprofiles(${profile})?$expand=lk_fieldpermission_fieldsecurityprofileid($select=attributelogicalname)`;
      const { json } = await f.call('GET', path);
      const permissions = json.lk_fieldpermission_fieldsecurityprofileid as { attributelogicalname: string }[];
      return { name: json.name, columns: permissions.map((one) => one.attributelogicalname).sort() };
    };
    const readers = await listed(f.dataverse.profileId('CRM-JIRA Integration Columns: Readers') ?? '');
    expect(readers.columns).toContain('crmjira_jira_project_key');
    await expect(listed(administratorsProfile)).resolves.toEqual({
      name: 'System Administrator',
      columns: readers.columns,
    });
  });
});
