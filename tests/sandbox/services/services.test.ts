import { createServices, type Services } from '../../../sandbox/src/services';

const token = 'inventory-token-of-the-tests';
const account = { user: 'dynamics', password: 'work-orders-password-of-the-tests' };
const basic = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`;

let services: Services;
let now: Date;

beforeEach(() => {
  now = new Date('2025-05-16T17:00:00Z');
  services = createServices({
    stateFile: ':memory:',
    publicUrl: 'http://localhost:4070',
    token,
    account,
    clock: () => now,
  });
});
afterEach(() => services.close());

const rest = (method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object, authorization = `Bearer ${token}`) =>
  services.app.inject({
    method,
    url: `/inventory${path}`,
    headers: { authorization },
    ...(payload && { payload }),
  });
const soap = (operation: string, body: string, authorization = basic) =>
  services.app.inject({
    method: 'POST',
    url: '/work-orders',
    headers: {
      authorization,
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"urn:example:work-orders/${operation}"`,
    },
    payload: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:w="urn:example:work-orders"><s:Body>${body}</s:Body></s:Envelope>`,
  });
const submit = (url: string, fields: Record<string, string>) =>
  services.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });

test('both services ask who is there (R-2023)', async () => {
  expect((await rest('GET', '/items', undefined, 'Bearer other')).statusCode).toBe(401);
  expect((await soap('List', '<w:List/>', 'Basic b3RoZXI6b3RoZXI=')).statusCode).toBe(401);
  expect((await rest('GET', '/items')).statusCode).toBe(200);
  expect((await soap('List', '<w:List/>')).statusCode).toBe(200);
});

test('the inventory lists what changed, takes items once, and says what is wrong with one (R-2023)', async () => {
  const codes = async (path: string) =>
    (await rest('GET', path)).json<{ items: { code: string }[] }>().items.map(({ code }) => code);
  expect(await codes('/items')).toContain('PRD-1001');
  expect(await codes('/items?page=2')).toEqual([]);
  now = new Date('2025-05-16T18:00:00Z');
  const made = await rest('POST', '/items', { code: 'T-1', label: 'Tape', price: { amount: '4.00' } });
  expect([made.statusCode, made.json()]).toEqual([201, expect.objectContaining({ code: 'T-1', onHand: 0 })]);
  expect((await rest('POST', '/items', { code: 'T-1', label: 'Tape' })).statusCode).toBe(409);
  expect((await rest('PATCH', '/items/T-1', { price: { amount: 'four' } })).statusCode).toBe(422);
  expect((await rest('PATCH', '/items/T-1', { label: 'Masking tape' })).json()).toMatchObject({
    label: 'Masking tape',
    price: { amount: '4.00' },
  });
  expect((await rest('PATCH', '/items/T-2', { label: 'x' })).statusCode).toBe(404);
  expect(await codes('/items?changedSince=2025-05-16T17:30:00.000Z')).toEqual(['T-1']);
});

test('work orders answer in envelopes, faults included, and describe themselves (R-2023)', async () => {
  const made = await soap(
    'Create',
    '<w:Create><w:Case>CAS-1</w:Case><w:Subject>Pump &lt;leaks&gt;</w:Subject></w:Create>',
  );
  expect(made.body).toContain('<o:Number>W-1002</o:Number>');
  await soap('Update', '<w:Update number="W-1002"><w:Priority>High</w:Priority></w:Update>');
  const list = await soap('List', '<w:List><w:ChangedSince>2025-05-16T17:00:00.000Z</w:ChangedSince></w:List>');
  expect(list.body).toMatch(/CAS-1<.*Pump &lt;leaks&gt;<.*High</s);
  const unknown = await soap('Update', '<w:Update number="W-9"><w:Subject>x</w:Subject></w:Update>');
  expect([unknown.statusCode, unknown.body]).toEqual([500, expect.stringContaining('There is no work order W-9.')]);
  expect((await soap('Update', '<w:List/>')).body).toContain('soap:Client');
  expect((await soap('List', '<w:List>')).body).toContain('no XML');
  const description = await services.app.inject('/work-orders?wsdl');
  for (const operation of ['List', 'Create', 'Update'])
    expect(description.body).toContain(`soapAction="urn:example:work-orders/${operation}"`);
});

test('what they hold is changed by hand on one page, which writes nothing as markup (R-2023)', async () => {
  const label = '<b>"Cradle" & co</b>';
  expect((await submit('/sandbox/items/PRT-2002', { label, amount: '220.00', onHand: '3' })).statusCode).toBe(303);
  expect((await rest('GET', '/items/PRT-2002')).json()).toMatchObject({
    label,
    price: { amount: '220.00' },
    onHand: 3,
  });
  const page = (await services.app.inject('/')).body;
  expect(page).not.toContain(label);
  expect(page).toContain('PRT-2002');
  const order = { subject: 'Inspection', priority: 'High', progress: 'On site', appointment: '2025-05-20T09:30' };
  expect((await submit('/sandbox/orders/W-1001', order)).statusCode).toBe(303);
  expect((await soap('List', '<w:List/>')).body).toMatch(/On site<.*2025-05-20T09:30:00Z</s);
  expect((await submit('/sandbox/items/PRT-2002/delete', {})).statusCode).toBe(303);
  expect((await rest('GET', '/items/PRT-2002')).statusCode).toBe(404);
  expect((await submit('/sandbox/items', { code: 'N-1', label: 'New', amount: '1', onHand: '0' })).statusCode).toBe(
    400,
  );
});
