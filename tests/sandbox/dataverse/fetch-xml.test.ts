import { ids, startDataverse, type Answer, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeAll(async () => {
  f = await startDataverse();
  await f.dataverse.seed([
    {
      table: 'account',
      row: {
        accountid: '00000000-0000-4000-8000-0000000000a2',
        name: 'Blue Yonder',
        revenue: 300,
        createdon: '2024-03-05T00:00:00Z',
      },
    },
    {
      table: 'account',
      row: {
        accountid: '00000000-0000-4000-8000-0000000000a3',
        name: 'Contoso',
        revenue: 100,
        createdon: '2024-04-05T00:00:00Z',
        parentaccountid: { table: 'account', id: ids.account },
      },
    },
    ...[10, 20, 30, 40].map((amount, index) => ({
      table: 'opportunity',
      row: {
        opportunityid: `c0000000-0000-4000-8000-00000000000${index}`,
        name: `Deal ${index}`,
        budgetamount: amount,
        createdon: `2024-0${index + 1}-05T00:00:00Z`,
        customerid: {
          table: 'account',
          id: index < 3 ? '00000000-0000-4000-8000-0000000000a2' : '00000000-0000-4000-8000-0000000000a3',
        },
      },
    })),
  ]);
});
afterAll(() => f.dataverse.close());

const run = (set: string, xml: string, headers: Record<string, string> = {}): Promise<Answer> =>
  f.call('GET', `${set}?fetchXml=${encodeURIComponent(xml)}`, undefined, headers);
const rows = async (set: string, xml: string): Promise<Record<string, unknown>[]> => {
  const answer = await run(set, xml);
  expect(answer.status).toBe(200);
  return answer.json.value;
};
const namesOf = (list: readonly Record<string, unknown>[]): unknown[] => list.map((row) => row.name);

describe('FetchXML', () => {
  it('leaves out what is empty and annotates on request only', async () => {
    const xml = `<fetch><entity name="account"><attribute name="name"/><attribute name="fax"/><attribute name="primarycontactid"/><filter><condition attribute="accountid" operator="eq" value="${ids.account}"/></filter></entity></fetch>`;
    const [plain] = await rows('accounts', xml);
    expect(Object.keys(plain ?? {}).sort()).toEqual(['@odata.etag', '_primarycontactid_value', 'accountid', 'name']);
    const { json } = await run('accounts', xml, { prefer: 'odata.include-annotations="*"' });
    expect(json.value[0]).toMatchObject({
      '_primarycontactid_value@OData.Community.Display.V1.FormattedValue': 'Rene Valdes',
      '_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
    });
    expect(json['@Microsoft.Dynamics.CRM.morerecords']).toBe(false);
  });

  it.each([
    ['<condition attribute="name" operator="like" value="%o%"/>', ['Acme Corp', 'Blue Yonder', 'Contoso']],
    ['<condition attribute="name" operator="like" value="_lue%"/>', ['Blue Yonder']],
    ['<condition attribute="name" operator="not-like" value="%o%"/>', []],
    ['<condition attribute="name" operator="begins-with" value="c"/>', ['Contoso']],
    [
      '<condition attribute="revenue" operator="ge" value="100"/><condition attribute="revenue" operator="lt" value="300"/>',
      ['Contoso'],
    ],
    ['<condition attribute="revenue" operator="null"/>', ['Acme Corp']],
    ['<condition attribute="revenue" operator="ne" value="100"/>', ['Acme Corp', 'Blue Yonder']],
    [
      '<condition attribute="name" operator="in"><value>Contoso</value><value>Acme Corp</value></condition>',
      ['Acme Corp', 'Contoso'],
    ],
    ['<condition attribute="revenue" operator="between"><value>50</value><value>150</value></condition>', ['Contoso']],
    [
      '<filter type="or"><condition attribute="name" operator="eq" value="Contoso"/><condition attribute="revenue" operator="eq" value="300"/></filter>',
      ['Blue Yonder', 'Contoso'],
    ],
    ['<condition attribute="createdon" operator="today"/>', ['Acme Corp']],
    ['<condition attribute="createdon" operator="last-year"/>', ['Blue Yonder', 'Contoso']],
    ['<condition attribute="createdon" operator="on-or-after" value="2024-04-01"/>', ['Acme Corp', 'Contoso']],
    ['<condition attribute="createdon" operator="olderthan-x-months" value="9"/>', ['Blue Yonder', 'Contoso']],
    ['<condition attribute="parentaccountid" operator="not-null"/>', ['Contoso']],
  ])('filters by %s', async (condition, expected) => {
    const xml = `<fetch><entity name="account"><attribute name="name"/><order attribute="name"/><filter>${condition}</filter></entity></fetch>`;
    expect(namesOf(await rows('accounts', xml))).toEqual(expected);
  });

  it('joins inward and outward, nested, under aliases', async () => {
    const inner = await rows(
      'opportunities',
      '<fetch><entity name="opportunity"><attribute name="name"/><order attribute="name"/><link-entity name="account" from="accountid" to="customerid" alias="customer"><attribute name="name"/><filter><condition attribute="name" operator="eq" value="Contoso"/></filter><link-entity name="account" from="accountid" to="parentaccountid" link-type="outer" alias="parent"><attribute name="name" alias="parent_name"/></link-entity></link-entity></entity></fetch>',
    );
    expect(inner).toMatchObject([{ name: 'Deal 3', 'customer.name': 'Contoso', parent_name: 'Acme Corp' }]);
    const outer = await rows(
      'accounts',
      '<fetch><entity name="account"><attribute name="name"/><order attribute="name"/><link-entity name="opportunity" from="customerid" to="accountid" link-type="outer" alias="o"><attribute name="name"/><filter><condition attribute="budgetamount" operator="eq" value="40"/></filter></link-entity></entity></fetch>',
    );
    expect(outer.map((row) => row['o.name'])).toEqual([undefined, undefined, 'Deal 3']);
    const without = await rows(
      'accounts',
      '<fetch><entity name="account"><attribute name="name"/><link-entity name="opportunity" from="customerid" to="accountid" link-type="outer" alias="o"/><filter><condition entityname="o" attribute="opportunityid" operator="null"/></filter></entity></fetch>',
    );
    expect(without).toEqual([]);
    const users = await rows(
      'systemusers',
      `<fetch><entity name="systemuser"><attribute name="fullname"/><link-entity name="systemuserroles" from="systemuserid" to="systemuserid" intersect="true"><link-entity name="role" from="roleid" to="roleid" alias="r"><attribute name="name"/><filter><condition attribute="name" operator="eq" value="Salesperson"/></filter></link-entity></link-entity></entity></fetch>`,
    );
    expect(users).toMatchObject([{ fullname: 'Olivia Owens', 'r.name': 'Salesperson' }]);
  });

  it('aggregates, groups, groups by parts of dates', async () => {
    const all = await rows(
      'opportunities',
      '<fetch aggregate="true"><entity name="opportunity"><attribute name="budgetamount" alias="total" aggregate="sum"/><attribute name="budgetamount" alias="mean" aggregate="avg"/><attribute name="budgetamount" alias="least" aggregate="min"/><attribute name="opportunityid" alias="rows" aggregate="count"/><attribute name="closeprobability" alias="filled" aggregate="countcolumn"/><filter><condition attribute="name" operator="like" value="Deal%"/></filter></entity></fetch>',
    );
    expect(all).toEqual([{ total: 100, mean: 25, least: 10, rows: 4, filled: 0 }]);
    const grouped = await run(
      'opportunities',
      '<fetch aggregate="true"><entity name="opportunity"><attribute name="budgetamount" alias="total" aggregate="sum"/><attribute name="customerid" alias="who" groupby="true"/><order alias="total" descending="true"/><filter><condition attribute="name" operator="like" value="Deal%"/></filter></entity></fetch>',
      { prefer: 'odata.include-annotations="*"' },
    );
    expect(grouped.json.value).toMatchObject([
      { total: 60, 'who@OData.Community.Display.V1.FormattedValue': 'Blue Yonder' },
      { total: 40, 'who@Microsoft.Dynamics.CRM.lookuplogicalname': 'account' },
    ]);
    const months = await rows(
      'opportunities',
      '<fetch aggregate="true"><entity name="opportunity"><attribute name="opportunityid" alias="n" aggregate="count"/><attribute name="createdon" alias="month" groupby="true" dategrouping="month"/><order alias="month"/><filter><condition attribute="createdon" operator="last-year"/></filter></entity></fetch>',
    );
    expect(months).toEqual([1, 2, 3, 4].map((month) => ({ month, n: 1 })));
  });

  it.each([
    ['any', ['Blue Yonder']],
    ['not any', ['Acme Corp', 'Contoso']],
    ['all', ['Acme Corp', 'Contoso']],
    ['not all', ['Blue Yonder']],
  ])('asks by a link of type %s inside a filter', async (type, expected) => {
    const link = `<link-entity name="opportunity" from="customerid" to="accountid" link-type="${type}"><filter><condition attribute="budgetamount" operator="le" value="30"/></filter></link-entity>`;
    const xml = `<fetch><entity name="account"><attribute name="name"/><order attribute="name"/><filter>${link}</filter></entity></fetch>`;
    expect(namesOf(await rows('accounts', xml))).toEqual(expected);
  });

  it.each([
    [
      'a value that the column cannot hold',
      '<fetch><entity name="account"><filter><condition attribute="revenue" operator="eq" value="much"/></filter></entity></fetch>',
    ],
    ['paging beside top', '<fetch top="2" page="2"><entity name="account"/></fetch>'],
    [
      'an alias given twice',
      '<fetch aggregate="true"><entity name="account"><attribute name="name" alias="a" groupby="true"/><attribute name="revenue" alias="a" aggregate="sum"/></entity></fetch>',
    ],
  ])('refuses %s', async (_what, xml) => {
    expect((await run('accounts', xml)).status).toBe(400);
  });

  it('shows all filled columns when none is named', async () => {
    const [row] = await rows(
      'accounts',
      '<fetch><entity name="account"><filter><condition attribute="name" operator="eq" value="Contoso"/></filter></entity></fetch>',
    );
    expect(row).toMatchObject({ name: 'Contoso', revenue: 100, _parentaccountid_value: ids.account, statecode: 0 });
    expect(row).not.toHaveProperty('fax');
  });

  it('knows top, distinct and the total', async () => {
    expect(
      await rows(
        'opportunities',
        '<fetch top="2"><entity name="opportunity"><attribute name="name"/></entity></fetch>',
      ),
    ).toHaveLength(2);
    expect(
      await rows(
        'opportunities',
        '<fetch distinct="true"><entity name="opportunity"><attribute name="customerid"/></entity></fetch>',
      ),
    ).toHaveLength(3);
    const { json } = await run(
      'opportunities',
      '<fetch returntotalrecordcount="true" count="1"><entity name="opportunity"/></fetch>',
      { prefer: 'odata.include-annotations="*"' },
    );
    expect(json).toMatchObject({
      '@Microsoft.Dynamics.CRM.totalrecordcount': 5,
      '@Microsoft.Dynamics.CRM.morerecords': true,
    });
  });

  it('pages with a cookie that is percent-encoded twice', async () => {
    const seen: unknown[] = [];
    let cookie = '';
    for (let page = 1; page <= 3; page += 1) {
      const attribute =
        cookie === ''
          ? ''
          : ` paging-cookie="${cookie.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}"`;
      const { json } = await run(
        'opportunities',
        `<fetch count="2" page="${page}"${attribute}><entity name="opportunity"><attribute name="name"/><order attribute="budgetamount" descending="true"/></entity></fetch>`,
        { prefer: 'odata.include-annotations="*"' },
      );
      seen.push(...namesOf(json.value));
      const annotation: string | undefined = json['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie'];
      expect(json['@Microsoft.Dynamics.CRM.morerecords']).toBe(page < 3);
      cookie = decodeURIComponent(decodeURIComponent(/pagingcookie="([^"]+)"/.exec(annotation ?? '')?.[1] ?? ''));
      if (page < 3)
        expect(cookie).toMatch(
          /^<cookie page="\d"><budgetamount last="\d+" first="\d+" \/><opportunityid last="\{[0-9A-F-]+\}"/,
        );
    }
    expect(seen).toEqual(['Digital Transformation', 'Deal 3', 'Deal 2', 'Deal 1', 'Deal 0']);
  });

  it.each([
    ['<fetch><entity name="nothing"/></fetch>', 400],
    ['<fetch><entity name="account"><attribute name="nme"/></entity></fetch>', 400],
    ['<fetch><entity name="account">', 400],
    ['<fetch><entity name="contact"/></fetch>', 400],
    [
      '<fetch><entity name="account"><filter><condition attribute="name" operator="nonsense"/></filter></entity></fetch>',
      400,
    ],
  ])('refuses %s', async (xml, status) => {
    expect((await run('accounts', xml)).status).toBe(status);
  });
});
