import { ids, startDataverse, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeAll(async () => {
  f = await startDataverse();
  const rows = Array.from({ length: 12 }, (_each, index) => ({
    table: 'opportunity',
    row: {
      opportunityid: `c0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      name: `Deal ${String(index).padStart(2, '0')}${index === 3 ? " O'Neil" : ''}`,
      budgetamount: index * 1000,
      closeprobability: index % 2 === 0 ? null : index * 5,
      createdon: `2025-01-${String(index + 1).padStart(2, '0')}T08:00:00Z`,
      estimatedclosedate: `2025-0${(index % 3) + 1}-10`,
      opportunityratingcode: (index % 3) + 1,
      decisionmaker: index === 5,
      customerid: index < 6 ? { table: 'contact', id: ids.contact } : { table: 'account', id: ids.account },
      ownerid: { table: 'systemuser', id: index < 4 ? ids.salesRep : ids.administrator },
    },
  }));
  await f.dataverse.seed(rows);
});
afterAll(() => f.dataverse.close());

const names = async (filter: string): Promise<string[]> => {
  const answer = await f.call('GET', `opportunities?$select=name&$orderby=name&$filter=${encodeURIComponent(filter)}`);
  expect(answer.status).toBe(200);
  return answer.json.value.map((row: { name: string }) => row.name.replace('Deal ', ''));
};

describe('$filter', () => {
  it.each([
    ['budgetamount eq 3000', ["03 O'Neil"]],
    ["name eq 'Deal 03 O''Neil'", ["03 O'Neil"]],
    ["name eq 'deal 01'", ['01']],
    ["startswith(name,'Deal _1')", ['01', '11']],
    ["contains(name,'eal%O')", ["03 O'Neil"]],
    ['budgetamount eq estimatedvalue and budgetamount gt 0', []],
    ['budgetamount gt 9000 and budgetamount le 11000', ['10', '11']],
    ['budgetamount eq 1000 or budgetamount eq 2000 and closeprobability ne null', ['01']],
    ['(budgetamount eq 1000 or budgetamount eq 2000) and closeprobability eq null', ['02']],
    ["not contains(name,'Deal')", ['Digital Transformation']],
    ["startswith(name,'Deal 0') and endswith(name,'9')", ['09']],
    ['closeprobability ge 45', ['09', '11']],
    [`opportunityid eq c0000000-0000-4000-8000-000000000007`, ['07']],
    [`_customerid_value eq ${ids.contact} and budgetamount lt 2000`, ['00', '01']],
    ['createdon ge 2025-01-11T08:00:00Z and createdon lt 2025-01-12T09:00:00+01:00', ['10']],
    ['estimatedclosedate eq 2025-03-10 and budgetamount gt 5000', ['08', '11']],
    ['decisionmaker eq true', ['05']],
    ["customerid_account/name eq 'Acme Corp' and budgetamount ge 10000 and startswith(name,'Deal')", ['10', '11']],
    ['budgetamount in (1000,2000)', ['01', '02']],
    ["owninguser/fullname eq 'Olivia Owens' and contains(name,'Deal')", ['00', '01', '02', "03 O'Neil"]],
  ])('%s', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it.each([
    ["Microsoft.Dynamics.CRM.In(PropertyName='budgetamount',PropertyValues=['1000','2000'])", ['01', '02']],
    ["Microsoft.Dynamics.CRM.Between(PropertyName='budgetamount',PropertyValues=['1000','2000'])", ['01', '02']],
    ["Microsoft.Dynamics.CRM.Today(PropertyName='createdon') and contains(name,'Digital')", ['Digital Transformation']],
    [
      "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=4) and startswith(name,'Deal')",
      ['10', '11'],
    ],
    ["Microsoft.Dynamics.CRM.OlderThanXDays(PropertyName='createdon',PropertyValue=13)", ['00', '01']],
    ["Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid') and budgetamount eq 4000", ['04']],
    ["Microsoft.Dynamics.CRM.On(PropertyName='createdon',PropertyValue='2025-01-02')", ['01']],
    ["Microsoft.Dynamics.CRM.ThisMonth(PropertyName='createdon') and budgetamount eq 0", ['00']],
  ])('%s', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it('asks over collections with any and all', async () => {
    const any = await f.call(
      'GET',
      `accounts?$select=name&$filter=${encodeURIComponent('opportunity_customer_accounts/any(o:o/budgetamount gt 200000)')}`,
    );
    expect(any.json.value).toHaveLength(1);
    const all = await f.call(
      'GET',
      `accounts?$filter=${encodeURIComponent('opportunity_customer_accounts/all(o:o/budgetamount gt 200000)')}`,
    );
    expect(all.json.value).toHaveLength(0);
    const none = await f.call('GET', `accounts?$filter=${encodeURIComponent('not account_parent_account/any()')}`);
    expect(none.json.value).toHaveLength(1);
  });

  it.each([
    ['nme eq 1', "Could not find a property named 'nme' on type 'Microsoft.Dynamics.CRM.opportunity'."],
    ["budgetamount eq 'much'", 'incompatible types'],
    ['name eq ', 'Syntax error at position'],
    ['name eq 5', 'incompatible types'],
    ["createdon gt 'yesterday'", 'incompatible types'],
    ['opportunityid eq 5', 'incompatible types'],
    ['name', 'single boolean value'],
    ['length(name) gt 3', 'not supported'],
    ["Microsoft.Dynamics.CRM.Nonsense(PropertyName='name')", 'Unknown function'],
  ])('refuses %s', async (filter, message) => {
    const answer = await f.call('GET', `opportunities?$filter=${encodeURIComponent(filter)}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.message).toContain(message);
  });
});

describe('$select, $orderby, $expand, $top, $count', () => {
  it('shows the key beside the selected columns and refuses unknown ones', async () => {
    const { json } = await f.call('GET', 'opportunities?$select=name,_ownerid_value&$top=1');
    expect(Object.keys(json.value[0]).sort()).toEqual(['@odata.etag', '_ownerid_value', 'name', 'opportunityid']);
    expect((await f.call('GET', 'opportunities?$select=nme')).status).toBe(400);
  });

  it('sorts by several columns, nulls first, also over a lookup', async () => {
    const { json } = await f.call(
      'GET',
      "opportunities?$select=name&$filter=startswith(name,'Deal')&$orderby=closeprobability desc,name&$top=3",
    );
    expect(json.value.map((row: { name: string }) => row.name)).toEqual(['Deal 11', 'Deal 09', 'Deal 07']);
    const byOwner = await f.call(
      'GET',
      'opportunities?$select=name&$orderby=owninguser/fullname desc,name desc&$top=1',
    );
    expect(byOwner.json.value[0].name).toBe('Digital Transformation');
  });

  it('counts all matches whatever the page holds', async () => {
    const { json } = await f.call('GET', "opportunities?$count=true&$top=2&$filter=startswith(name,'Deal')");
    expect(json['@odata.count']).toBe(12);
    expect(json.value).toHaveLength(2);
    expect((await f.call('GET', "opportunities/$count?$filter=startswith(name,'Deal')")).text).toBe('12');
  });

  it('refuses $skip and options it has not', async () => {
    const skip = await f.call('GET', 'opportunities?$skip=5');
    expect(skip).toMatchObject({
      status: 400,
      json: { error: { code: '0x80060888', message: 'Skip Clause is not supported in CRM' } },
    });
    expect((await f.call('GET', 'opportunities?$search=x')).status).toBe(400);
  });

  it('expands single and collection navigation with options of their own', async () => {
    const expand =
      'primarycontactid($select=fullname),opportunity_customer_accounts($select=name;$filter=budgetamount ge 9000;$orderby=name desc;$top=2;$expand=owninguser($select=domainname))';
    const { json } = await f.call('GET', `accounts(${ids.account})?$select=name&$expand=${encodeURIComponent(expand)}`);
    expect(json.primarycontactid.fullname).toBe('Rene Valdes');
    expect(json.opportunity_customer_accounts.map((row: { name: string }) => row.name)).toEqual([
      'Digital Transformation',
      'Deal 11',
    ]);
    expect(json.opportunity_customer_accounts[0].owninguser.domainname).toBe('opportunity.owner@company.com');
  });

  it('follows navigation in the path', async () => {
    expect((await f.call('GET', `opportunities(${ids.opportunity})/customerid_account?$select=name`)).json.name).toBe(
      'Acme Corp',
    );
    expect(
      (await f.call('GET', `opportunities(${ids.opportunity})/customerid_account/primarycontactid/fullname`)).json
        .value,
    ).toBe('Rene Valdes');
    expect((await f.call('GET', `opportunities(${ids.opportunity})/customerid_contact`)).status).toBe(204);
  });

  it('groups and aggregates by $apply', async () => {
    const apply =
      "filter(startswith(name,'Deal'))/groupby((opportunityratingcode),aggregate(budgetamount with sum as total,$count as deals))";
    const { json } = await f.call('GET', `opportunities?$apply=${encodeURIComponent(apply)}`);
    expect(json.value).toEqual([
      { opportunityratingcode: 1, total: 18000, deals: 4 },
      { opportunityratingcode: 2, total: 22000, deals: 4 },
      { opportunityratingcode: 3, total: 26000, deals: 4 },
    ]);
    const whole = await f.call(
      'GET',
      `opportunities?$apply=${encodeURIComponent('aggregate(budgetamount with average as mean)')}`,
    );
    expect(whole.json.value[0].mean).toBeCloseTo(316000 / 13, 5);
  });
});

describe('annotations', () => {
  it('come on request only', async () => {
    const plain = await f.call('GET', `opportunities(${ids.opportunity})`);
    expect(Object.keys(plain.json).filter((name) => name.includes('@') && !name.startsWith('@'))).toEqual([]);
    const { json, headers } = await f.call('GET', `opportunities(${ids.opportunity})`, undefined, {
      prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"',
    });
    expect(headers['preference-applied']).toBe('odata.include-annotations="OData.Community.Display.V1.FormattedValue"');
    expect(json).toMatchObject({
      'statecode@OData.Community.Display.V1.FormattedValue': 'Open',
      'budgetamount@OData.Community.Display.V1.FormattedValue': '$250,000.00',
      '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'Olivia Owens',
      'createdon@OData.Community.Display.V1.FormattedValue': '1/15/2025 2:00 PM',
      'decisionmaker@OData.Community.Display.V1.FormattedValue': 'No',
    });
    expect(json).not.toHaveProperty('_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname');
  });
});

describe('paging', () => {
  it('hands out links that are usable as they are, once each row, also when rows come and go', async () => {
    const prefer = { prefer: 'odata.maxpagesize=5' };
    let url = "opportunities?$select=name&$orderby=budgetamount desc&$filter=startswith(name,'Deal')&$count=true";
    const seen: string[] = [];
    for (let page = 0; page < 3; page += 1) {
      const { json } = await f.call('GET', url, undefined, page === 0 ? prefer : {});
      expect(json['@odata.count']).toBe(12 + (page > 0 ? 1 : 0));
      seen.push(...json.value.map((row: { name: string }) => row.name));
      url = json['@odata.nextLink'];
      // A row before the place must not shift it.
      if (page === 0)
        await f.dataverse.seed([
          {
            table: 'opportunity',
            row: { opportunityid: 'c1000000-0000-4000-8000-000000000000', name: 'Deal new', budgetamount: 99999 },
          },
        ]);
    }
    expect(url).toBeUndefined();
    expect(new Set(seen).size).toBe(12);
    await f.call('DELETE', 'opportunities(c1000000-0000-4000-8000-000000000000)');
  });

  it('refuses a token of somebody else’s making', async () => {
    expect((await f.call('GET', 'opportunities?$skiptoken=abc')).status).toBe(400);
  });
});

describe('addresses', () => {
  it.each([
    ['Accounts', 404, '0x8006088a'],
    ['nothing', 404, '0x8006088a'],
    ['accounts(not-a-guid)', 400, '0x80060888'],
    ['accounts(%zz)', 400, '0x80060888'],
    [`accounts(${ids.account})/name/extra`, 404, '0x8006088a'],
    ['accounts(00000000-0000-4000-8000-000000000000)', 404, '0x80040217'],
  ])('%s → %d', async (path, status, code) => {
    const answer = await f.call('GET', path);
    expect(answer).toMatchObject({ status, json: { error: { code } } });
  });

  it('answers the service document and every older version of the path alike', async () => {
    const { json } = await f.call('GET', '');
    expect(json.value).toContainEqual({ name: 'opportunities', kind: 'EntitySet', url: 'opportunities' });
    expect((await f.call('GET', 'http://localhost/api/data/v9.0/WhoAmI')).json.UserId).toBe(ids.administrator);
  });

  it('answers 304 to who has this version already', async () => {
    const { headers } = await f.call('GET', `accounts(${ids.account})`);
    expect(
      (await f.call('GET', `accounts(${ids.account})`, undefined, { 'if-none-match': headers.etag ?? '' })).status,
    ).toBe(304);
  });

  it('lists all kinds of activities as activitypointers', async () => {
    await f.call('POST', 'tasks', {
      subject: 'T',
      'regardingobjectid_opportunity_task@odata.bind': `/opportunities(${ids.opportunity})`,
    });
    const { json } = await f.call(
      'GET',
      `activitypointers?$select=subject,activitytypecode&$filter=_regardingobjectid_value eq ${ids.opportunity}`,
    );
    expect(json.value).toMatchObject([{ subject: 'T', activitytypecode: 'task' }]);
  });
});
