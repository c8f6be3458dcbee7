import { ids, startDataverse, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

const account = `accounts(${ids.account})`;
const target = `@t={'@odata.id':'${account}'}`;
const annotated = { prefer: 'odata.include-annotations="*"' };

describe('audits', () => {
  it('tell who changed what, and what it was before (F-404)', async () => {
    await f.call('PATCH', account, { description: 'First' });
    await f.call('PATCH', account, { description: 'Second', name: 'Acme' });
    await f.call('PATCH', account, { description: 'Second' });
    const { json } = await f.call('GET', `RetrieveRecordChangeHistory(Target=@t)?${target}`);
    expect(json.AuditDetailCollection).toMatchObject({ MoreRecords: false, PagingCookie: '', TotalRecordCount: -1 });
    expect(json.AuditDetailCollection.AuditDetails).toEqual([
      {
        '@odata.type': '#Microsoft.Dynamics.CRM.AttributeAuditDetail',
        InvalidNewValueAttributes: [],
        LocLabelLanguageCode: 0,
        DeletedAttributes: { Count: 0, Keys: [], Values: [] },
        OldValue: { '@odata.type': '#Microsoft.Dynamics.CRM.account', name: 'Acme Corp', description: 'First' },
        NewValue: { '@odata.type': '#Microsoft.Dynamics.CRM.account', name: 'Acme', description: 'Second' },
      },
      expect.objectContaining({
        OldValue: { '@odata.type': '#Microsoft.Dynamics.CRM.account' },
        NewValue: { '@odata.type': '#Microsoft.Dynamics.CRM.account', description: 'First' },
      }),
    ]);
    const paged = await f.call(
      'GET',
      `RetrieveRecordChangeHistory(Target=@t,PagingInfo=@p)?${target}&@p={"PageNumber":1,"Count":1,"ReturnTotalRecordCount":true}`,
    );
    expect(paged.json.AuditDetailCollection).toMatchObject({ MoreRecords: true, TotalRecordCount: 2 });
    expect(paged.json.AuditDetailCollection.AuditDetails).toHaveLength(1);
    const ofName = await f.call(
      'GET',
      `RetrieveAttributeChangeHistory(Target=@t,AttributeLogicalName=@a)?${target}&@a='name'`,
    );
    expect(ofName.json.AuditDetailCollection.AuditDetails).toMatchObject([
      { OldValue: { name: 'Acme Corp' }, NewValue: { '@odata.type': '#Microsoft.Dynamics.CRM.account', name: 'Acme' } },
    ]);
  });

  it('are rows to read, never to write, and outlive what they tell of (F-404)', async () => {
    const created = await f.call('POST', 'contacts', { lastname: 'Short-lived' });
    const contact = created.headers['odata-entityid'] ?? '';
    await f.call('DELETE', contact);
    const { json } = await f.call(
      'GET',
      `audits?$filter=operation eq 3 and objecttypecode eq 'contact' and _userid_value eq ${ids.administrator}`,
      undefined,
      annotated,
    );
    expect(json.value).toMatchObject([
      {
        action: 3,
        createdon: '2025-01-15T14:00:00Z',
        '_objectid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
        '_userid_value@OData.Community.Display.V1.FormattedValue': 'Ada Singh',
        _callinguserid_value: null,
      },
    ]);
    expect(json.value[0]).not.toHaveProperty('changedata');
    const audit = `audits(${String(json.value[0].auditid)})`;
    const details = await f.call('GET', `${audit}/Microsoft.Dynamics.CRM.RetrieveAuditDetails`);
    expect(details.json.AuditDetail.OldValue).toMatchObject({ lastname: 'Short-lived' });
    expect((await f.call('POST', 'audits', { useradditionalinfo: 'x' })).json.error.code).toBe('0x80040800');
    expect((await f.call('PATCH', audit, { useradditionalinfo: 'x' })).json.error.code).toBe('0x80040800');
    expect((await f.call('DELETE', audit)).json.error.code).toBe('0x80040800');
  });

  it('are for those who have the privilege (F-404)', async () => {
    const rep = 'opportunity.owner@company.com';
    const history = await f.call('GET', `RetrieveRecordChangeHistory(Target=@t)?${target}`, undefined, {}, rep);
    expect([history.status, history.json.error.message]).toEqual([
      403,
      expect.stringContaining('prvReadRecordAuditHistory'),
    ]);
    expect((await f.call('GET', 'audits', undefined, {}, rep)).json.error.message).toContain('prvReadAuditSummary');
  });
});
