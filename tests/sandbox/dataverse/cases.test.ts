import { ids, startDataverse, type Answer, type Fixture } from './dataverse-fixture';

let f: Fixture;
let incident: string;
beforeEach(async () => {
  f = await startDataverse();
  incident = await create('incidents', {
    title: 'Printer on fire',
    'customerid_account@odata.bind': `/accounts(${ids.account})`,
  });
});
afterEach(() => f.dataverse.close());

/** `incidents(…)` of the row that was created. */
const create = async (set: string, body: object): Promise<string> => {
  const answer = await f.call('POST', set, body);
  expect(answer.text).toBe('');
  return (answer.headers['odata-entityid'] ?? '').replace(/^.*\/v9\.2\//, '');
};
const about = (): object => ({ 'regardingobjectid_incident_task@odata.bind': `/${incident}` });
const resolve = (status = -1, more: object = {}): Promise<Answer> =>
  f.call('POST', 'CloseIncident', {
    IncidentResolution: { subject: 'Put out', 'incidentid@odata.bind': `/${incident}`, ...more },
    Status: status,
  });

describe('a case', () => {
  it('is resolved by CloseIncident alone, never by an update (F-404)', async () => {
    const refused = await f.call('PATCH', incident, { statecode: 1, statuscode: 5 });
    expect([refused.status, refused.json.error.message]).toEqual([
      400,
      'This message can not be used to set the state of incident to Resolved. In order to set state of incident to Resolved, use the CloseIncidentRequest message instead.',
    ]);
    expect((await f.call('PATCH', incident, { statuscode: 1000 })).status).toBe(400);
    expect((await f.call('GET', incident)).json.statecode).toBe(0);
    expect((await resolve(1000)).status).toBe(204);
    expect((await f.call('GET', incident)).json).toMatchObject({ statecode: 1, statuscode: 1000 });
    const { json } = await f.call('GET', `${incident}/Incident_IncidentResolutions`);
    expect(json.value).toMatchObject([
      { subject: 'Put out', statecode: 1, statuscode: 2, resolutiontypecode: 1000, timespent: 0 },
    ]);
  });

  it('is cancelled and reopened by an update (F-404)', async () => {
    expect((await f.call('PATCH', incident, { statecode: 2, statuscode: 6 })).status).toBe(204);
    expect((await resolve()).json.error).toMatchObject({ code: '0x80044411', message: 'Already Closed or Canceled' });
    expect((await f.call('PATCH', incident, { statecode: 0 })).status).toBe(204);
    expect((await resolve(6)).json.error.code).toBe('0x80048408');
    expect((await f.call('GET', 'incidentresolutions')).json.value).toEqual([]);
  });

  it('tells the time that its completed, unbilled activities took (F-404)', async () => {
    for (const more of [{ isbilled: false }, { isbilled: true }]) {
      const task = await create('tasks', { subject: 'Fetch water', actualdurationminutes: 30, ...more, ...about() });
      await f.call('PATCH', task, { statecode: 1 });
    }
    await create('tasks', { subject: 'Still open', actualdurationminutes: 15, ...about() });
    const time = await f.call('GET', `${incident}/Microsoft.Dynamics.CRM.CalculateTotalTimeIncident()`);
    expect([time.status, time.json.TotalTime]).toEqual([200, 30]);
    await resolve();
    expect((await f.call('GET', 'incidentresolutions?$select=timespent')).json.value).toMatchObject([
      { timespent: 30 },
    ]);
  });

  it('stands under a parent case (F-404)', async () => {
    const child = await create('incidents', {
      title: 'Smoke',
      'customerid_account@odata.bind': `/accounts(${ids.account})`,
      'parentcaseid@odata.bind': `/${incident}`,
    });
    expect(child).toContain('incidents(');
    const { json } = await f.call('GET', `${incident}?$select=title&$expand=incident_parent_incident($select=title)`);
    expect(json.incident_parent_incident).toMatchObject([{ title: 'Smoke' }]);
  });
});

it('answers 304 for a row alone, never with annotations or other rows (F-406)', async () => {
  const account = `accounts(${ids.account})`;
  const etag = (await f.call('GET', account)).headers.etag ?? '';
  const status = async (query: string, prefer?: string): Promise<number> =>
    (
      await f.call('GET', `${account}${query}`, undefined, {
        'if-none-match': etag,
        ...(prefer === undefined ? {} : { prefer }),
      })
    ).status;
  expect(await status('')).toBe(304);
  expect(await status('', 'odata.include-annotations="*"')).toBe(200);
  expect(await status('?$select=name&$expand=primarycontactid($select=fullname)')).toBe(200);
});

it('brings the currency with a selected amount (F-406)', async () => {
  const { json } = await f.call('GET', `opportunities(${ids.opportunity})?$select=budgetamount`);
  expect(Object.keys(json)).toEqual([
    '@odata.context',
    '@odata.etag',
    'budgetamount',
    '_transactioncurrencyid_value',
    'opportunityid',
  ]);
});
