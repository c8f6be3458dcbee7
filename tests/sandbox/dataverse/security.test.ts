import { ids, now, startDataverse, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

const rep = 'opportunity.owner@company.com';
const service = '22222222-2222-4222-8222-222222222222';

describe('who asks', () => {
  it('gets 401 with a challenge without a valid token', async () => {
    const bare = await f.dataverse.app.inject('/api/data/v9.2/WhoAmI');
    expect(bare.statusCode).toBe(401);
    expect(bare.headers['www-authenticate']).toContain('authorization_uri=http://localhost:4110/');
    const who = async (token: string): Promise<number> =>
      (await f.dataverse.app.inject({ url: '/api/data/v9.2/WhoAmI', headers: { authorization: `Bearer ${token}` } }))
        .statusCode;
    expect(await who(await f.token(rep))).toBe(200);
    expect(await who(await f.token(rep, { exp: Math.floor(now.getTime() / 1000) - 1 }))).toBe(401);
    expect(await who(await f.token(rep, { aud: 'https://graph.microsoft.com' }))).toBe(401);
    expect(await who(await f.token(rep, { iss: 'https://sts.windows.net/other/' }))).toBe(401);
    const [head, body = '', signature] = (await f.token(rep)).split('.');
    const claims = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), upn: 'admin@company.com' };
    const forged = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    expect(await who(forged)).toBe(401);
  });

  it('is found by user name or by application id, or is no member', async () => {
    expect((await f.call('GET', 'WhoAmI', undefined, {}, rep)).json.UserId).toBe(ids.salesRep);
    expect((await f.call('GET', 'WhoAmI', undefined, {}, service)).json.UserId).toBe(ids.service);
    const nobody = await f.call('GET', 'WhoAmI', undefined, {}, '99999999-9999-4999-8999-999999999999');
    expect(nobody).toMatchObject({ status: 403, json: { error: { code: '0x80072560' } } });
  });

  it('may be disabled', async () => {
    await f.dataverse.seed([{ table: 'systemuser', row: { systemuserid: ids.salesRep, isdisabled: true } }]);
    expect((await f.call('GET', 'WhoAmI', undefined, {}, rep)).json.error.code).toBe('0x80040225');
  });

  it('may stand in for another with the privilege to act on behalf', async () => {
    const { json } = await f.call(
      'POST',
      'accounts',
      { name: 'A' },
      { mscrmcallerid: ids.salesRep, prefer: 'return=representation' },
    );
    expect(json).toMatchObject({
      _createdby_value: ids.salesRep,
      _createdonbehalfby_value: ids.administrator,
      _ownerid_value: ids.salesRep,
    });
    expect((await f.call('GET', 'WhoAmI', undefined, { callerobjectid: ids.administrator })).json.UserId).toBe(
      ids.administrator,
    );
    const refused = await f.call('GET', 'WhoAmI', undefined, { mscrmcallerid: ids.administrator }, rep);
    expect(refused.json.error.message).toContain('prvActOnBehalfOfAnotherUser');
  });
});

describe('privileges', () => {
  it('are named when they are missing', async () => {
    const answer = await f.call('POST', 'accounts', { name: 'A' }, {}, 'no.role@company.com');
    expect(answer.status).toBe(403);
    expect(answer.json.error).toMatchObject({
      code: '0x80040220',
      message: expect.stringContaining(`Principal user (Id=${ids.stranger}, type=8, roleCount=0`),
    });
    expect(answer.json.error.message).toContain('is missing prvCreateAccount privilege');
  });

  it('reach as far as their depth: own rows written, the unit’s rows read, others hidden', async () => {
    const unit = '00000000-0000-4000-8000-0000000000b2';
    const elsewhere = '00000000-0000-4000-8000-0000000000e1';
    await f.dataverse.seed([
      {
        table: 'businessunit',
        row: {
          businessunitid: unit,
          name: 'Other',
          parentbusinessunitid: { table: 'businessunit', id: '5a8d2c1e-0000-4000-8000-0000000000b1' },
        },
      },
      {
        table: 'systemuser',
        row: {
          systemuserid: elsewhere,
          lastname: 'Else',
          domainname: 'else@company.com',
          businessunitid: { table: 'businessunit', id: unit },
        },
      },
      {
        table: 'opportunity',
        row: {
          opportunityid: '00000000-0000-4000-8000-0000000000f1',
          name: 'Colleague',
          ownerid: { table: 'systemuser', id: ids.administrator },
        },
      },
      {
        table: 'opportunity',
        row: {
          opportunityid: '00000000-0000-4000-8000-0000000000f2',
          name: 'Elsewhere',
          ownerid: { table: 'systemuser', id: elsewhere },
        },
      },
    ]);
    const list = await f.call('GET', 'opportunities?$select=name&$orderby=name', undefined, {}, rep);
    expect(list.json.value.map((row: { name: string }) => row.name)).toEqual(['Colleague', 'Digital Transformation']);
    expect((await f.call('PATCH', `opportunities(${ids.opportunity})`, { description: 'mine' }, {}, rep)).status).toBe(
      204,
    );
    const colleague = await f.call(
      'PATCH',
      'opportunities(00000000-0000-4000-8000-0000000000f1)',
      { description: 'not mine' },
      {},
      rep,
    );
    expect(colleague.status).toBe(403);
    expect(colleague.json.error.message).toContain('SecLib::AccessCheckEx failed');
    expect(
      (await f.call('GET', 'opportunities(00000000-0000-4000-8000-0000000000f2)', undefined, {}, rep)).status,
    ).toBe(403);
    expect(
      (await f.call('DELETE', 'opportunities(00000000-0000-4000-8000-0000000000f1)', undefined, {}, rep)).status,
    ).toBe(403);
  });

  it('come from teams as well', async () => {
    const team = '00000000-0000-4000-8000-0000000000d1';
    await f.dataverse.seed([
      {
        table: 'team',
        row: {
          teamid: team,
          name: 'Sellers',
          businessunitid: { table: 'businessunit', id: '5a8d2c1e-0000-4000-8000-0000000000b1' },
        },
      },
      { table: 'teamroles', row: { teamid: team, roleid: f.dataverse.roleId('Salesperson') } },
    ]);
    expect((await f.call('GET', 'accounts', undefined, {}, 'no.role@company.com')).status).toBe(403);
    const added = await f.call('POST', `teams(${team})/teammembership_association/$ref`, {
      '@odata.id': `systemusers(${ids.stranger})`,
    });
    expect(added.status).toBe(204);
    expect((await f.call('GET', 'accounts', undefined, {}, 'no.role@company.com')).status).toBe(200);
  });

  it('let an administrator give and take roles', async () => {
    const role = f.dataverse.roleId('Salesperson') ?? '';
    const list = `systemusers(${ids.stranger})/systemuserroles_association`;
    expect((await f.call('POST', `${list}/$ref`, { '@odata.id': `roles(${role})` }, {}, rep)).status).toBe(403);
    expect((await f.call('POST', `${list}/$ref`, { '@odata.id': `roles(${role})` })).status).toBe(204);
    expect((await f.call('GET', `${list}?$select=name`)).json.value).toMatchObject([{ name: 'Salesperson' }]);
    expect((await f.call('DELETE', `${list}(${role})/$ref`)).status).toBe(204);
    expect((await f.call('GET', 'accounts', undefined, {}, 'no.role@company.com')).status).toBe(403);
  });

  it('forbid people to change a request; the service tells in it what was decided (F-104), and deletes none', async () => {
    const created = await f.call(
      'POST',
      'crmjira_budget_approvals',
      { 'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})`, crmjira_amount: 5 },
      {},
      rep,
    );
    expect(created.status).toBe(204);
    const url = created.headers['odata-entityid'] ?? '';
    expect((await f.call('PATCH', url, { crmjira_amount: 6 }, {}, rep)).status).toBe(403);
    expect((await f.call('PATCH', url, { crmjira_decided_on: '2026-01-05T10:00:00Z' }, {}, service)).status).toBe(204);
    expect((await f.call('DELETE', url, undefined, {}, service)).status).toBe(403);
  });

  it('hide rows behind $expand that the caller may not read', async () => {
    const unit = '00000000-0000-4000-8000-0000000000b2';
    const elsewhere = '00000000-0000-4000-8000-0000000000e1';
    await f.dataverse.seed([
      { table: 'businessunit', row: { businessunitid: unit, name: 'Other' } },
      {
        table: 'systemuser',
        row: {
          systemuserid: elsewhere,
          lastname: 'Else',
          domainname: 'else@company.com',
          businessunitid: { table: 'businessunit', id: unit },
        },
      },
    ]);
    const url = `opportunities(${ids.opportunity})?$select=name&$expand=customerid_account($select=name)`;
    await f.dataverse.seed([
      { table: 'account', row: { accountid: ids.account, ownerid: { table: 'systemuser', id: ids.salesRep } } },
    ]);
    expect((await f.call('GET', url, undefined, {}, rep)).json.customerid_account.name).toBe('Acme Corp');
    const byName = `opportunities?$select=name&$filter=${encodeURIComponent("customerid_account/name eq 'Acme Corp'")}`;
    expect((await f.call('GET', byName, undefined, {}, rep)).json.value).toHaveLength(1);
    await f.dataverse.seed([
      { table: 'account', row: { accountid: ids.account, ownerid: { table: 'systemuser', id: elsewhere } } },
    ]);
    // Nor do they answer to a filter over the link.
    expect((await f.call('GET', byName, undefined, {}, rep)).json.value).toEqual([]);
    expect((await f.call('GET', url, undefined, {}, rep)).json.customerid_account).toBeNull();
  });

  it('give every user settings of their own, which nobody makes or deletes', async () => {
    const url = (id: string): string => `usersettingscollection(${id})`;
    const own = await f.call(
      'GET',
      `${url(ids.salesRep)}?$select=uilanguageid,localeid,timezonecode`,
      undefined,
      {},
      rep,
    );
    expect(own.json).toMatchObject({ uilanguageid: 0, localeid: 4105, timezonecode: 35 });
    expect((await f.call('PATCH', url(ids.salesRep), { uilanguageid: 1036 }, {}, rep)).status).toBe(204);
    expect((await f.call('GET', url(ids.salesRep), undefined, {}, service)).json.uilanguageid).toBe(1036);
    expect((await f.call('GET', url(ids.administrator), undefined, {}, rep)).status).toBe(403);
    expect((await f.call('PATCH', url(ids.salesRep), { uilanguageid: 1033 }, {}, service)).status).toBe(403);
    const [created, deleted] = [
      await f.call('POST', 'usersettingscollection', { localeid: 1033 }),
      await f.call('DELETE', url(ids.salesRep)),
    ];
    expect([created.status, created.json.error.code]).toEqual([400, '0x80040800']);
    expect([deleted.status, deleted.json.error.code]).toEqual([400, '0x80040800']);
  });
});
