import { ids, startDataverse, type Answer, type Fixture } from './dataverse-fixture';

let f: Fixture;

beforeAll(async () => {
  f = await startDataverse();
  const opportunity = (name: string, estimatedvalue: number | null) => ({
    table: 'opportunity',
    row: { name, estimatedvalue, customerid: { table: 'account', id: ids.account } },
  });
  await f.dataverse.seed([
    { table: 'account', row: { accountid: '12345678-90ab-cdef-1234-567890abcd99', name: 'Lonely Ltd' } },
    opportunity('small', 100),
    opportunity('large', 900_000),
  ]);
});
afterAll(() => f.dataverse.close());

const annotated = { prefer: 'odata.include-annotations="*"' };
const fetch = (set: string, xml: string, headers?: Record<string, string>): Promise<Answer> =>
  f.call('GET', `${set}?fetchXml=${encodeURIComponent(xml)}`, undefined, headers);

/** Accounts with a link inside the filter, on opportunities above an amount. */
const accounts = (linkType: string, above: number): Promise<Answer> =>
  fetch(
    'accounts',
    `<fetch><entity name="account"><attribute name="name"/><order attribute="name"/><filter>
       <link-entity name="opportunity" from="customerid" to="accountid" link-type="${linkType}">
         <filter><condition attribute="estimatedvalue" operator="gt" value="${above}"/></filter>
       </link-entity></filter></entity></fetch>`,
  );
const names = (answer: Answer): unknown => answer.json.value.map((row: { name: string }) => row.name);

// Source: learn.microsoft.com "Filter rows using FetchXml", link types that are used inside a filter
describe('a link-entity inside a filter', () => {
  it.each([
    ['any', 500_000, ['Acme Corp']],
    ['any', 5_000_000, []],
    ['not any', 500_000, ['Lonely Ltd']],
    ['not any', 5_000_000, ['Acme Corp', 'Lonely Ltd']],
    ['all', 500_000, []],
    ['all', 5_000_000, ['Acme Corp']],
    ['not all', 500_000, ['Acme Corp']],
  ])('%s above %d', async (linkType, above, expected) => {
    expect(names(await accounts(linkType, above))).toEqual(expected);
  });

  it('stands under an or, and refuses the types of a join', async () => {
    const or = await fetch(
      'accounts',
      `<fetch><entity name="account"><attribute name="name"/><filter type="or">
         <condition attribute="name" operator="eq" value="Lonely Ltd"/>
         <link-entity name="opportunity" from="customerid" to="accountid" link-type="any"/>
       </filter></entity></fetch>`,
    );
    expect(or.json.value).toHaveLength(2);
    expect((await accounts('inner', 1)).status).toBe(400);
  });

  it('needs the privilege to read what it looks at', async () => {
    const xml = `<fetch><entity name="opportunity"><attribute name="name"/><filter>
      <link-entity name="crmjira_integration_log" from="createdby" to="ownerid" link-type="any"/></filter></entity></fetch>`;
    const url = `opportunities?fetchXml=${encodeURIComponent(xml)}`;
    const refused = await f.call('GET', url, undefined, {}, 'opportunity.owner@company.com');
    expect(refused.status).toBe(403);
    expect(refused.json.error.message).toContain('prvReadcrmjira_integration_log');
  });
});

// Source: learn.microsoft.com "Select columns using FetchXml", column aliases
it('says of a column under another name what it is called', async () => {
  const answer = await fetch(
    'opportunities',
    `<fetch top="1"><entity name="opportunity"><attribute name="name"/><attribute name="createdon" alias="since"/>
       <link-entity name="account" from="accountid" to="customerid" alias="a"><attribute name="name"/></link-entity>
     </entity></fetch>`,
    annotated,
  );
  const [row] = answer.json.value;
  expect(row).toMatchObject({
    'since@OData.Community.Display.V1.AttributeName': 'createdon',
    'a.name@OData.Community.Display.V1.AttributeName': 'name',
  });
  expect(row).not.toHaveProperty(['name@OData.Community.Display.V1.AttributeName']);
});

it('queries behind a collection only the rows that are behind it', async () => {
  const xml = encodeURIComponent('<fetch><entity name="opportunity"><attribute name="name"/></entity></fetch>');
  const lonely = '12345678-90ab-cdef-1234-567890abcd99';
  expect((await f.call('GET', `accounts(${lonely})/opportunity_customer_accounts?fetchXml=${xml}`)).json.value).toEqual(
    [],
  );
  const acme = await f.call('GET', `accounts(${ids.account})/opportunity_customer_accounts?fetchXml=${xml}`);
  expect(acme.json.value).toHaveLength(3);
});

describe('what is refused instead of answered wrongly', () => {
  const refusal = async (xml: string): Promise<unknown> => {
    const answer = await fetch('opportunities', xml);
    return [answer.status, answer.json.error?.code, answer.json.error?.message];
  };
  const condition = (attribute: string, value: string): string =>
    `<fetch><entity name="opportunity"><filter><condition attribute="${attribute}" operator="eq" value="${value}"/></filter></entity></fetch>`;

  it.each(['page="2"', 'count="5"', 'returntotalrecordcount="true"'])('top beside %s', async (paging) => {
    const name = paging.split('=')[0] ?? '';
    expect(await refusal(`<fetch top="5" ${paging}><entity name="opportunity"/></fetch>`)).toEqual([
      400,
      '0x80040203',
      `The top attribute can't be specified with paging attribute ${name}`,
    ]);
  });

  it.each([
    ['estimatedvalue', 'abc', 'System.Decimal'],
    ['customerid', 'abc', 'System.Guid'],
    ['createdon', 'yesterday', 'System.DateTime'],
    ['statecode', 'Open', 'System.Int32'],
  ])('%s equal to %s', async (attribute, value, type) => {
    expect(await refusal(condition(attribute, value))).toEqual([400, '0x80040203', expect.stringContaining(type)]);
  });

  it('a link-type or an operator that is none, and a document type', async () => {
    const link = (type: string): string =>
      `<fetch><entity name="opportunity"><link-entity name="account" from="accountid" to="customerid" link-type="${type}"/></entity></fetch>`;
    expect((await fetch('opportunities', link('sideways'))).status).toBe(400);
    expect((await fetch('opportunities', link('toString'))).status).toBe(400);
    const operator = condition('name', 'x').replace('operator="eq"', 'operator="constructor"');
    expect((await fetch('opportunities', operator)).status).toBe(400);
    const entity = `<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/hostname">]>${condition('name', '&a;')}`;
    expect(await refusal(entity)).toEqual([400, '0x80041117', expect.stringContaining('document type')]);
  });

  it('two aggregates under one alias, and a filter that is neither and nor or', async () => {
    const twice = `<fetch aggregate="true"><entity name="opportunity"><attribute name="estimatedvalue" alias="a" aggregate="sum"/>
      <attribute name="estimatedvalue" alias="a" aggregate="max"/></entity></fetch>`;
    expect(await refusal(twice)).toEqual([400, expect.any(String), expect.stringContaining("'a'")]);
    const xor = '<fetch><entity name="opportunity"><filter type="xor"/></entity></fetch>';
    expect((await fetch('opportunities', xor)).status).toBe(400);
  });
});
