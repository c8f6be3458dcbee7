import { ids, startDataverse, type Answer, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

const opportunity = `opportunities(${ids.opportunity})`;
const close = (action: 'WinOpportunity' | 'LoseOpportunity', status: number, more: object = {}): Promise<Answer> =>
  f.call('POST', action, {
    OpportunityClose: {
      '@odata.type': 'Microsoft.Dynamics.CRM.opportunityclose',
      subject: 'Closed',
      'opportunityid@odata.bind': `/${opportunity}`,
      ...more,
    },
    Status: status,
  });

describe('won and lost', () => {
  it('come from the actions, which write the close activity as well', async () => {
    const answer = await close('WinOpportunity', 3, { actualrevenue: 238750, actualend: '2025-06-15T16:00:00Z' });
    expect(answer.status).toBe(204);
    expect((await f.call('GET', opportunity)).json).toMatchObject({
      statecode: 1,
      statuscode: 3,
      actualvalue: 238750,
      actualvalue_base: 238750,
      actualclosedate: '2025-06-15',
      closeprobability: 100,
    });
    const { json } = await f.call('GET', `opportunitycloses?$filter=_opportunityid_value eq ${ids.opportunity}`);
    expect(json.value).toMatchObject([
      { subject: 'Closed', statecode: 1, actualrevenue: 238750, actualend: '2025-06-15T16:00:00Z' },
    ]);
  });

  it('take the estimate and today when nothing is said; status -1 means the default', async () => {
    await close('WinOpportunity', -1);
    expect((await f.call('GET', opportunity)).json).toMatchObject({
      statuscode: 3,
      actualvalue: 275000,
      actualclosedate: '2025-01-15',
    });
  });

  it('lose with a reason', async () => {
    expect((await close('LoseOpportunity', 5)).status).toBe(204);
    expect((await f.call('GET', opportunity)).json).toMatchObject({ statecode: 2, statuscode: 5, closeprobability: 0 });
  });

  it('do not come from a plain update or create (F-406)', async () => {
    const update = await f.call('PATCH', opportunity, { statecode: 1, statuscode: 3 });
    expect(update.status).toBe(400);
    expect(update.json.error).toMatchObject({
      code: '0x80100005',
      message:
        'This message can not be used to set the state of opportunity to won. In order to set state of opportunity to won, use the won message instead.',
    });
    expect((await f.call('PATCH', opportunity, { statuscode: 4 })).status).toBe(400);
    expect((await f.call('POST', 'opportunities', { name: 'Won at once', statecode: 1, statuscode: 3 })).status).toBe(
      400,
    );
    expect((await f.call('GET', opportunity)).json.statecode).toBe(0);
  });

  it('happen once, with a status that fits; a refusal leaves no activity behind', async () => {
    expect((await close('WinOpportunity', 5)).json.error.code).toBe('0x80048408');
    expect((await f.call('GET', 'opportunitycloses')).json.value).toEqual([]);
    await close('WinOpportunity', 3);
    expect((await close('LoseOpportunity', 4)).status).toBe(400);
    expect((await f.call('GET', 'opportunitycloses')).json.value).toHaveLength(1);
  });

  it('may be taken back by reopening', async () => {
    await close('WinOpportunity', 3);
    expect((await f.call('PATCH', opportunity, { statecode: 0, statuscode: 1 })).status).toBe(204);
    expect((await f.call('GET', opportunity)).json.statecode).toBe(0);
  });
});

describe('state and status', () => {
  it('go together: a state takes its default status, a status brings its state', async () => {
    const created = await f.call('POST', 'tasks', { subject: 'T' });
    const url = created.headers['odata-entityid'] ?? '';
    expect((await f.call('GET', url)).json).toMatchObject({ statecode: 0, statuscode: 2, prioritycode: 1 });
    await f.call('PATCH', url, { statecode: 1 });
    expect((await f.call('GET', url)).json).toMatchObject({ statecode: 1, statuscode: 5 });
    const wrong = await f.call('PATCH', url, { statecode: 0, statuscode: 6 });
    expect(wrong.json.error.code).toBe('0x80048408');
  });
});

describe('SendEmail', () => {
  const email = (parties: readonly object[]): object => ({
    subject: 'Budget Warning',
    description: '<p>85 %</p>',
    'regardingobjectid_opportunity_email@odata.bind': `/${opportunity}`,
    email_activity_parties: parties,
  });
  const from = { participationtypemask: 1, 'partyid_queue@odata.bind': `/queues(${ids.queue})` };
  const to = { participationtypemask: 2, 'partyid_systemuser@odata.bind': `/systemusers(${ids.salesRep})` };
  const unresolved = { participationtypemask: 3, addressused: 'finance.controller@company.com' };
  const draft = async (parties: readonly object[]): Promise<string> =>
    (await f.call('POST', 'emails', email(parties))).headers['odata-entityid'] ?? '';
  const send = (url: string): Promise<Answer> =>
    f.call('POST', `${url}/Microsoft.Dynamics.CRM.SendEmail`, { IssueSend: true });

  it('closes the draft as Sent and puts the mail into the outbox', async () => {
    const url = await draft([from, to, unresolved]);
    expect((await send(url)).status).toBe(200);
    expect((await f.call('GET', url)).json).toMatchObject({
      statecode: 1,
      statuscode: 3,
      senton: '2025-01-15T14:00:00Z',
    });
    const { mails } = (await f.dataverse.app.inject('/sandbox/outbox')).json<{ mails: object[] }>();
    expect(mails).toMatchObject([
      {
        from: 'alerts@company.com',
        to: ['opportunity.owner@company.com'],
        cc: ['finance.controller@company.com'],
        subject: 'Budget Warning',
        regarding: { id: ids.opportunity },
      },
    ]);
  });

  it('sends once, and not without sender or recipient', async () => {
    const url = await draft([from, to]);
    await send(url);
    expect((await send(url)).status).toBe(400);
    expect((await send(await draft([to]))).status).toBe(400);
    expect((await send(await draft([from]))).status).toBe(400);
    expect(f.dataverse.outbox()).toHaveLength(1);
  });

  it('shows the parties of a mail with their addresses', async () => {
    const { json } = await f.call(
      'GET',
      `${await draft([from, to])}?$select=subject&$expand=email_activity_parties($select=addressused,participationtypemask,_partyid_value)`,
    );
    expect(json.email_activity_parties).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          addressused: 'opportunity.owner@company.com',
          participationtypemask: 2,
          _partyid_value: ids.salesRep,
        }),
      ]),
    );
  });
});

describe('functions', () => {
  it('WhoAmI', async () => {
    for (const path of ['WhoAmI', 'WhoAmI()', 'WhoAmI?']) {
      expect((await f.call('GET', path)).json).toMatchObject({
        UserId: ids.administrator,
        OrganizationId: '5a8d2c1e-0000-4000-8000-00000000c0de',
      });
    }
  });

  it('RetrieveTotalRecordCount, RetrieveVersion, RetrieveCurrentOrganization', async () => {
    const count = await f.call('GET', "RetrieveTotalRecordCount(EntityNames=['account','contact'])");
    expect(count.json.EntityRecordCountCollection).toMatchObject({
      Count: 2,
      Keys: ['account', 'contact'],
      Values: [1, 1],
    });
    const aliased = await f.call(
      'GET',
      `RetrieveTotalRecordCount(EntityNames=@p1)?@p1=${encodeURIComponent('["account"]')}`,
    );
    expect(aliased.json.EntityRecordCountCollection.Values).toEqual([1]);
    expect((await f.call('GET', 'RetrieveVersion()')).json.Version).toMatch(/^9\.2\./);
    const organization = await f.call(
      'GET',
      "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')",
    );
    expect(organization.json.Detail.OrganizationId).toBe('5a8d2c1e-0000-4000-8000-00000000c0de');
  });

  it('RetrieveUserPrivileges and RetrievePrincipalAccess', async () => {
    const privileges = await f.call(
      'GET',
      `systemusers(${ids.salesRep})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
    );
    expect(privileges.json.RolePrivileges).toEqual(
      expect.arrayContaining([expect.objectContaining({ PrivilegeName: 'prvReadOpportunity', Depth: 'Local' })]),
    );
    const target = encodeURIComponent(`{'@odata.id':'${opportunity}'}`);
    const access = await f.call(
      'GET',
      `systemusers(${ids.stranger})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t=${target}`,
    );
    expect(access.json.AccessRights).toBe('None');
    const own = await f.call(
      'GET',
      `systemusers(${ids.salesRep})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t=${target}`,
    );
    expect(own.json.AccessRights).toContain('WriteAccess');
  });

  it('actions are posted, functions are got', async () => {
    expect((await f.call('GET', 'WinOpportunity')).status).toBe(405);
    expect((await f.call('POST', 'WhoAmI', {})).status).toBe(405);
  });

  it('an unknown one is not found', async () => {
    expect((await f.call('GET', 'DoMagic()')).status).toBe(404);
    expect((await f.call('POST', `${opportunity}/Microsoft.Dynamics.CRM.SendEmail`, { IssueSend: true })).status).toBe(
      404,
    );
  });
});

describe('process instances', () => {
  const set = 'crmjira_opportunitytojiraprojects';
  const start = async (): Promise<{ url: string; stages: string[] }> => {
    const created = await f.call('POST', set, { 'bpf_opportunityid@odata.bind': `/${opportunity}` });
    const url = created.headers['odata-entityid'] ?? '';
    const { json } = await f.call('GET', `${url}?$select=_processid_value,_activestageid_value`);
    const stages = await f.call(
      'GET',
      `processstages?$filter=_processid_value eq ${json._processid_value}&$select=stagename`,
    );
    const byName = new Map(
      stages.json.value.map((row: { stagename: string; processstageid: string }) => [
        row.stagename,
        row.processstageid,
      ]),
    );
    const names = ['Opportunity Qualification', 'JIRA Project Creation', 'Budget Approval'];
    return { url, stages: names.map((name) => String(byName.get(name))) };
  };

  it('begin on the first stage', async () => {
    const { url, stages } = await start();
    expect((await f.call('GET', url)).json).toMatchObject({
      _activestageid_value: stages[0],
      traversedpath: stages[0],
      statecode: 0,
      _bpf_opportunityid_value: ids.opportunity,
    });
  });

  it('move one adjacent stage with a path that leads there', async () => {
    const { url, stages } = await start();
    const move = (to: number, path: readonly number[]): Promise<Answer> =>
      f.call('PATCH', url, {
        'activestageid@odata.bind': `/processstages(${stages[to]})`,
        traversedpath: path.map((index) => stages[index]).join(','),
      });
    const without = await f.call('PATCH', url, { 'activestageid@odata.bind': `/processstages(${stages[1]})` });
    expect(without).toMatchObject({ status: 400 });
    expect(without.json.error.message).toContain('Invalid stage transition');
    expect((await move(2, [0, 2])).status).toBe(400);
    expect((await move(2, [0, 1, 2])).status).toBe(400);
    expect((await move(1, [0, 1])).status).toBe(204);
    expect((await move(2, [0, 1, 2])).status).toBe(204);
    expect((await move(1, [0, 1])).status).toBe(204);
  });

  it('finish', async () => {
    const { url } = await start();
    await f.call('PATCH', url, { statecode: 1, statuscode: 2 });
    expect((await f.call('GET', url)).json.completedon).toBe('2025-01-15T14:00:00Z');
  });
});
