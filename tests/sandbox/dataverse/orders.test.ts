import { ids, startDataverse, type Answer, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

/** `salesorders(…)` of the row that was created. */
const create = async (set: string, body: object, as?: string): Promise<string> => {
  const answer = await f.call('POST', set, body, {}, as);
  expect(answer.text).toBe('');
  return (answer.headers['odata-entityid'] ?? '').replace(/^.*\/v9\.2\//, '');
};

describe('orders', () => {
  it('total their lines at the price of their list, and are fulfilled by their action (F-404)', async () => {
    const group = await create('uomschedules', { name: 'Time', baseuomname: 'Hour' });
    const hour = await create('uoms', { name: 'Hour', quantity: 1, 'uomscheduleid@odata.bind': `/${group}` });
    const list = await create('pricelevels', { name: 'Retail' });
    const product = await create('products', {
      name: 'Consulting',
      productnumber: 'C-1',
      productstructure: 1,
      'defaultuomid@odata.bind': `/${hour}`,
      'defaultuomscheduleid@odata.bind': `/${group}`,
    });
    await create('productpricelevels', {
      amount: 120,
      'pricelevelid@odata.bind': `/${list}`,
      'productid@odata.bind': `/${product}`,
      'uomid@odata.bind': `/${hour}`,
    });
    const order = await create('salesorders', {
      name: 'Phase 1',
      'customerid_account@odata.bind': `/accounts(${ids.account})`,
      'pricelevelid@odata.bind': `/${list}`,
      discountpercentage: 10,
      freightamount: 5,
      order_details: [
        { 'productid@odata.bind': `/${product}`, 'uomid@odata.bind': `/${hour}`, quantity: 10 },
        { isproductoverridden: true, productdescription: 'Travel', priceperunit: 50, quantity: 2, tax: 15 },
      ],
    });
    const total = (): Promise<Answer> =>
      f.call('GET', `${order}?$select=totallineitemamount,totaldiscountamount,totaltax,totalamount,totalamount_base`);
    expect((await total()).json).toMatchObject({
      totallineitemamount: 1300,
      totaldiscountamount: 130,
      totaltax: 15,
      totalamount: 1190,
      totalamount_base: 1190,
    });
    const { json } = await f.call('GET', `${order}/order_details?$select=extendedamount&$orderby=extendedamount`);
    expect(json.value.map((each: { extendedamount: number }) => each.extendedamount)).toEqual([115, 1200]);
    await f.call('DELETE', `salesorderdetails(${String(json.value[0].salesorderdetailid)})`);
    expect((await total()).json.totalamount).toBe(1085);
    const fulfil = (): Promise<Answer> =>
      f.call('POST', 'salesorders/Microsoft.Dynamics.CRM.FulfillSalesOrder', {
        OrderClose: { subject: 'Done', 'salesorderid@odata.bind': `/${order}` },
        Status: 100001,
      });
    expect((await fulfil()).status).toBe(204);
    expect((await fulfil()).status).toBe(400);
    expect((await f.call('GET', order)).json).toMatchObject({
      statecode: 3,
      statuscode: 100001,
      datefulfilled: '2025-01-15',
    });
    expect((await f.call('GET', 'ordercloses')).json.value).toMatchObject([{ subject: 'Done', statecode: 1 }]);
  });
});

describe('sales', () => {
  it('link contacts and leads, for who may append both (F-404)', async () => {
    const rep = 'opportunity.owner@company.com';
    const lead = await create('leads', { lastname: 'Lead' }, rep);
    const contact = await create('contacts', { lastname: 'Contact' }, rep);
    const link = (as: string): Promise<Answer> =>
      f.call('POST', `${contact}/contactleads_association/$ref`, { '@odata.id': lead }, {}, as);
    expect((await link('no.role@company.com')).status).toBe(403);
    expect((await link(rep)).status).toBe(204);
    const { json } = await f.call('GET', `${lead}/contactleads_association?$select=lastname`);
    expect(json.value).toMatchObject([{ lastname: 'Contact' }]);
  });

  it('compose an address from its parts (F-404)', async () => {
    const account = await create('accounts', {
      name: 'A',
      address1_line1: '1 Rue Principale',
      address1_city: 'Montréal',
      address1_stateorprovince: 'QC',
      address1_postalcode: 'H2X 1Y4',
      address1_country: 'Canada',
    });
    const composed = async (): Promise<unknown> =>
      (await f.call('GET', `${account}?$select=address1_composite,address2_composite`)).json;
    expect(await composed()).toMatchObject({
      address1_composite: '1 Rue Principale\r\nMontréal, QC H2X 1Y4\r\nCanada',
      address2_composite: null,
    });
    await f.call('PATCH', account, { address1_line1: null, address1_city: null, address1_country: null });
    expect(await composed()).toMatchObject({ address1_composite: 'QC H2X 1Y4' });
  });

  it('find what stands under and above in a hierarchy (F-404)', async () => {
    const under = (name: string, parent: string): Promise<string> =>
      create('accounts', { name, 'parentaccountid@odata.bind': `/${parent}` });
    const middle = await under('Middle', `accounts(${ids.account})`);
    const leaf = await under('Leaf', middle);
    const idOf = (path: string): string => /\((.*)\)/.exec(path)?.[1] ?? '';
    const names = async (query: string): Promise<readonly string[]> =>
      (await f.call('GET', `accounts?${query}`)).json.value.map((each: { name: string }) => each.name).sort();
    const odata = (name: string, id: string): Promise<readonly string[]> =>
      names(`$filter=Microsoft.Dynamics.CRM.${name}(PropertyName='accountid',PropertyValue='${id}')`);
    expect(await odata('Under', ids.account)).toEqual(['Leaf', 'Middle']);
    expect(await odata('UnderOrEqual', ids.account)).toEqual(['Acme Corp', 'Leaf', 'Middle']);
    expect(await odata('NotUnder', ids.account)).toEqual(['Acme Corp']);
    expect(await odata('Above', idOf(leaf))).toEqual(['Acme Corp', 'Middle']);
    expect(await odata('AboveOrEqual', idOf(middle))).toEqual(['Acme Corp', 'Middle']);
    const fetch = (operator: string): string =>
      encodeURIComponent(
        `<fetch><entity name="account"><attribute name="name"/><filter><condition attribute="accountid" operator="${operator}" value="{${idOf(middle)}}"/></filter></entity></fetch>`,
      );
    expect(await names(`fetchXml=${fetch('eq-or-under')}`)).toEqual(['Leaf', 'Middle']);
    expect(await names(`fetchXml=${fetch('above')}`)).toEqual(['Acme Corp']);
    const flat = `$filter=Microsoft.Dynamics.CRM.Under(PropertyName='name',PropertyValue='x')`;
    expect((await f.call('GET', `accounts?${flat}`)).status).toBe(400);
  });
});
