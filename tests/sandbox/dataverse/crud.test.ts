import { ids, startDataverse, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

const newId = '00000000-0000-4000-8000-00000000abcd';

describe('create', () => {
  it('answers 204 with the address of the new row', async () => {
    const created = await f.call('POST', 'accounts', { name: 'Contoso' });
    expect(created.status).toBe(204);
    expect(created.text).toBe('');
    expect(created.headers['odata-entityid']).toMatch(
      /^http:\/\/localhost:4110\/api\/data\/v9\.2\/accounts\([0-9a-f-]{36}\)$/,
    );
    const read = await f.call('GET', created.headers['odata-entityid'] ?? '');
    expect(read.json.name).toBe('Contoso');
  });

  it('answers 201 with the selected columns when the representation is preferred', async () => {
    const created = await f.call(
      'POST',
      'accounts?$select=name',
      { name: 'Contoso', revenue: 5 },
      { prefer: 'return=representation' },
    );
    expect(created.status).toBe(201);
    expect(created.headers['preference-applied']).toBe('return=representation');
    expect(created.headers.etag).toBe(created.json['@odata.etag']);
    expect(created.json['@odata.context']).toMatch(/\$metadata#accounts\(name\)\/\$entity$/);
    expect(Object.keys(created.json).sort()).toEqual(['@odata.context', '@odata.etag', 'accountid', 'name']);
  });

  it('takes a given identifier once; the second time it is 412', async () => {
    expect((await f.call('POST', 'accounts', { accountid: newId, name: 'A' })).status).toBe(204);
    const second = await f.call('POST', 'accounts', { accountid: newId, name: 'B' });
    expect(second.status).toBe(412);
    expect(second.json.error.code).toBe('0x80040237');
  });

  it('tracks who and when in whole seconds, owner and state by default', async () => {
    const { json } = await f.call('POST', 'accounts', { name: 'A' }, { prefer: 'return=representation' });
    expect(json).toMatchObject({
      createdon: '2025-01-15T14:00:00Z',
      modifiedon: '2025-01-15T14:00:00Z',
      _createdby_value: ids.administrator,
      _ownerid_value: ids.administrator,
      _owninguser_value: ids.administrator,
      _owningteam_value: null,
      statecode: 0,
      statuscode: 1,
    });
  });

  it('moves createdon to overriddencreatedon and keeps the true time there', async () => {
    const { json } = await f.call(
      'POST',
      'accounts',
      { name: 'Old', overriddencreatedon: '2020-02-03T04:05:06Z' },
      { prefer: 'return=representation' },
    );
    expect(json.createdon).toBe('2020-02-03T04:05:06Z');
    expect(json.overriddencreatedon).toBe('2025-01-15T14:00:00Z');
  });

  it('passes over read-only columns without a word', async () => {
    const { status, json } = await f.call(
      'POST',
      'accounts',
      { name: 'A', createdon: '1999-01-01T00:00:00Z', versionnumber: 1 },
      { prefer: 'return=representation' },
    );
    expect(status).toBe(201);
    expect(json.createdon).toBe('2025-01-15T14:00:00Z');
  });
});

describe('what a payload may not say', () => {
  const refused = async (
    body: unknown,
    set = 'accounts',
  ): Promise<{ status: number; code: string; message: string }> => {
    const answer = await f.call('POST', set, body);
    return { status: answer.status, ...answer.json.error };
  };

  it('an unknown property', async () => {
    expect(await refused({ name: 'A', nme: 'B' })).toMatchObject({
      status: 400,
      code: '0x80048d19',
      message: expect.stringContaining("Invalid property 'nme'"),
    });
  });
  it('a lookup as a bare identifier', async () => {
    expect((await refused({ name: 'A', primarycontactid: ids.contact })).status).toBe(400);
    expect((await refused({ name: 'A', _primarycontactid_value: ids.contact })).message).toContain(
      'Use Navigation properties instead',
    );
  });
  it('the polymorphic customerid without its table', async () => {
    expect(
      (await refused({ name: 'A', 'customerid@odata.bind': `/accounts(${ids.account})` }, 'opportunities')).message,
    ).toContain("undeclared property 'customerid'");
  });
  it('a text where a number belongs, too long a text, a number out of range, an option that is none', async () => {
    expect((await refused({ name: 'A', numberofemployees: 'ten' })).code).toBe('0x80048d19');
    expect(await refused({ name: 'x'.repeat(161) })).toMatchObject({ status: 400, code: '0x80044331' });
    expect((await refused({ name: 'A', closeprobability: 101 }, 'opportunities')).code).toBe('0x80044330');
    expect((await refused({ name: 'A', accountcategorycode: 9 })).message).toContain('outside the valid range');
  });
  it('a time in a date-only column, or a date that is none', async () => {
    expect((await refused({ name: 'A', estimatedclosedate: '2025-01-15T00:00:00Z' }, 'opportunities')).status).toBe(
      400,
    );
    expect((await refused({ name: 'A', estimatedclosedate: '2025-02-30' }, 'opportunities')).status).toBe(400);
  });
  it('no JSON', async () => {
    expect((await f.call('POST', 'accounts', '{"name":')).status).toBe(400);
  });
  it('nothing of a refused create stays', async () => {
    await refused({ name: 'Ghost', nme: 1 });
    expect((await f.call('GET', "accounts?$filter=name eq 'Ghost'")).json.value).toEqual([]);
  });
});

describe('update and delete', () => {
  it('changes only what is named and gives a new version', async () => {
    const before = (await f.call('GET', `accounts(${ids.account})`)).json;
    const answer = await f.call('PATCH', `accounts(${ids.account})`, { telephone1: '555' });
    expect(answer.status).toBe(204);
    const after = (await f.call('GET', `accounts(${ids.account})`)).json;
    expect(after).toMatchObject({ name: 'Acme Corp', telephone1: '555', _modifiedby_value: ids.administrator });
    expect(after['@odata.etag']).not.toBe(before['@odata.etag']);
    expect(`W/"${after.versionnumber}"`).toBe(after['@odata.etag']);
  });

  it('does not empty what the platform requires', async () => {
    const answer = await f.call('PATCH', `opportunities(${ids.opportunity})`, { 'ownerid@odata.bind': null });
    expect(answer).toMatchObject({ status: 400, json: { error: { message: expect.stringContaining("'ownerid'") } } });
    expect((await f.call('POST', 'incidents', { title: 'Without a customer' })).status).toBe(400);
  });

  it('keeps an empty text as null', async () => {
    await f.call('PATCH', `accounts(${ids.account})`, { telephone1: '' });
    expect((await f.call('GET', `accounts(${ids.account})?$select=telephone1`)).json.telephone1).toBeNull();
  });

  it('reads, writes and clears one property', async () => {
    const url = `accounts(${ids.account})/name`;
    expect((await f.call('GET', url)).json).toMatchObject({ value: 'Acme Corp' });
    expect((await f.call('GET', `${url}/$value`)).text).toBe('Acme Corp');
    expect((await f.call('PUT', url, { value: 'Acme' })).status).toBe(204);
    expect((await f.call('GET', `${url}/$value`)).text).toBe('Acme');
    expect((await f.call('DELETE', `accounts(${ids.account})/telephone1`)).status).toBe(204);
    expect((await f.call('GET', `accounts(${ids.account})/telephone1`)).status).toBe(204);
  });

  it('deletes once; then the row is not there', async () => {
    const url = `contacts(${ids.contact})`;
    expect((await f.call('DELETE', url)).status).toBe(204);
    const gone = await f.call('GET', url);
    expect(gone.status).toBe(404);
    expect(gone.json.error).toEqual({
      code: '0x80040217',
      message: `Entity 'contact' With Id = ${ids.contact} Does Not Exist`,
    });
    expect((await f.call('DELETE', url)).status).toBe(404);
  });

  it('deletes what belongs to the row and unlinks what only points at it', async () => {
    await f.call('POST', 'tasks', {
      subject: 'T',
      'regardingobjectid_opportunity_task@odata.bind': `/opportunities(${ids.opportunity})`,
    });
    await f.call('DELETE', `contacts(${ids.contact})`);
    expect(
      (await f.call('GET', `accounts(${ids.account})?$select=_primarycontactid_value`)).json._primarycontactid_value,
    ).toBeNull();
    await f.call('DELETE', `accounts(${ids.account})`);
    expect((await f.call('GET', `opportunities(${ids.opportunity})`)).status).toBe(404);
    expect((await f.call('GET', 'tasks')).json.value).toEqual([]);
  });

  it('does not delete what others must have', async () => {
    const [currency] = (await f.call('GET', "transactioncurrencies?$filter=isocurrencycode eq 'CAD'")).json.value;
    await f.call('PATCH', `opportunities(${ids.opportunity})`, { budgetamount: 1 });
    const answer = await f.call('DELETE', `transactioncurrencies(${currency.transactioncurrencyid})`);
    expect(answer).toMatchObject({ status: 400, json: { error: { code: '0x80040227' } } });
  });

  it('refuses what is no method of a row', async () => {
    expect((await f.call('PUT', `accounts(${ids.account})`, {})).status).toBe(405);
  });
});

describe('links', () => {
  it('binds by absolute and relative address, with and without slash', async () => {
    for (const url of [
      `http://localhost:4110/api/data/v9.2/contacts(${ids.contact})`,
      `/contacts(${ids.contact})`,
      `contacts(${ids.contact})`,
    ]) {
      const { json } = await f.call(
        'POST',
        'accounts',
        { name: 'A', 'primarycontactid@odata.bind': url },
        { prefer: 'return=representation' },
      );
      expect(json._primarycontactid_value).toBe(ids.contact);
    }
  });

  it('answers 404 when the bound row is not there', async () => {
    const answer = await f.call('POST', 'accounts', {
      name: 'A',
      'primarycontactid@odata.bind': '/contacts(00000000-0000-4000-8000-000000000001)',
    });
    expect(answer.status).toBe(404);
  });

  it('writes a polymorphic customer under its table and reads it as _customerid_value', async () => {
    const { json } = await f.call(
      'POST',
      'opportunities',
      { name: 'O', 'customerid_contact@odata.bind': `/contacts(${ids.contact})` },
      { prefer: 'return=representation, odata.include-annotations="*"' },
    );
    expect(json).toMatchObject({
      _customerid_value: ids.contact,
      '_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
      '_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'customerid_contact',
      _parentcontactid_value: ids.contact,
    });
    const wrong = await f.call('POST', 'opportunities', {
      name: 'O',
      'customerid_account@odata.bind': `/contacts(${ids.contact})`,
    });
    expect(wrong.status).toBe(400);
  });

  it('clears a lookup by null, and by DELETE on the reference', async () => {
    await f.call('PATCH', `accounts(${ids.account})`, { 'primarycontactid@odata.bind': null });
    expect((await f.call('GET', `accounts(${ids.account})/primarycontactid`)).status).toBe(204);
    await f.call('PUT', `accounts(${ids.account})/primarycontactid/$ref`, {
      '@odata.id': `http://localhost:4110/api/data/v9.2/contacts(${ids.contact})`,
    });
    expect((await f.call('GET', `accounts(${ids.account})/primarycontactid/$ref`)).json['@odata.id']).toContain(
      `contacts(${ids.contact})`,
    );
    expect((await f.call('DELETE', `accounts(${ids.account})/primarycontactid/$ref`)).status).toBe(204);
    expect(
      (await f.call('GET', `accounts(${ids.account})?$select=_primarycontactid_value`)).json._primarycontactid_value,
    ).toBeNull();
  });

  it('associates and disassociates over a collection', async () => {
    const created = await f.call('POST', 'opportunities', { name: 'Loose' });
    const url = created.headers['odata-entityid'] ?? '';
    const list = `accounts(${ids.account})/opportunity_customer_accounts`;
    expect((await f.call('POST', `${list}/$ref`, { '@odata.id': url })).status).toBe(204);
    expect((await f.call('GET', `${list}/$count`)).text).toBe('2');
    expect((await f.call('DELETE', `${list}/$ref?$id=${url}`)).status).toBe(204);
    expect((await f.call('GET', list)).json.value).toHaveLength(1);
    const inner = await f.call('DELETE', `${list}(${ids.opportunity})/$ref`);
    expect(inner.status).toBe(204);
    expect((await f.call('GET', list)).json.value).toHaveLength(0);
  });

  it('creates a row through a collection, pointing back', async () => {
    const created = await f.call('POST', `opportunities(${ids.opportunity})/Opportunity_Tasks`, { subject: 'Call' });
    const task = await f.call('GET', created.headers['odata-entityid'] ?? '');
    expect(task.json._regardingobjectid_value).toBe(ids.opportunity);
  });

  it('creates nested rows with their parent, all or none', async () => {
    const account = {
      name: 'Nested',
      primarycontactid: { firstname: 'Jo', lastname: 'Deep' },
      opportunity_customer_accounts: [{ name: 'First', Opportunity_Tasks: [{ subject: 'Inner' }] }],
    };
    const { json } = await f.call(
      'POST',
      'accounts?$expand=primarycontactid($select=fullname),opportunity_customer_accounts($select=name)',
      account,
      { prefer: 'return=representation' },
    );
    expect(json.primarycontactid.fullname).toBe('Jo Deep');
    expect(json.opportunity_customer_accounts).toHaveLength(1);
    expect((await f.call('GET', "tasks?$filter=subject eq 'Inner'")).json.value).toHaveLength(1);
    await f.call('POST', 'accounts', { name: 'Half', opportunity_customer_accounts: [{ name: 'x', nonsense: 1 }] });
    expect((await f.call('GET', "accounts?$filter=name eq 'Half'")).json.value).toEqual([]);
  });
});

describe('money', () => {
  it('brings currency, rate and base column; the organisation’s currency when none is named', async () => {
    const { json } = await f.call('GET', `opportunities(${ids.opportunity})`);
    expect(json).toMatchObject({ budgetamount: 250000, budgetamount_base: 250000, exchangerate: 1 });
    expect(json._transactioncurrencyid_value).not.toBeNull();
  });

  it('divides by the rate, and again when amount or currency change', async () => {
    const url = `opportunities(${ids.opportunity})`;
    await f.call('PATCH', url, { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${ids.dollar})` });
    expect((await f.call('GET', url)).json).toMatchObject({
      budgetamount_base: 312500,
      estimatedvalue_base: 343750,
      exchangerate: 0.8,
    });
    await f.call('PATCH', url, { budgetamount: 100.005, budgetamount_base: 7 });
    expect((await f.call('GET', url)).json).toMatchObject({ budgetamount: 100.01, budgetamount_base: 125.01 });
  });
});
