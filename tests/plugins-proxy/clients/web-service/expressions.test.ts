import {
  createEvaluator,
  type Evaluator,
} from '../../../../plugins-proxy/src/clients/web-service/expressions/evaluate';
import type { ExpressionTask } from '../../../../plugins-proxy/src/clients/web-service/expressions/expression-task';
import { ServiceError } from '../../../../plugins-proxy/src/clients/web-service/service-error';

// What is honest has all the time that a busy machine needs; what is hostile is cut short.
const patient = createEvaluator({ timeoutMs: 120_000 });
let strict: Evaluator;
beforeEach(() => {
  strict = createEvaluator({ timeoutMs: 3_000, memoryMb: 48 });
});
afterEach(() => strict.close());
afterAll(() => patient.close());

const json = (value: unknown, task: Partial<ExpressionTask>): ExpressionTask => ({
  kind: 'json',
  text: typeof value === 'string' ? value : JSON.stringify(value),
  namespaces: {},
  single: [],
  records: '',
  fields: [],
  ...task,
});
const xml = (text: string, task: Partial<ExpressionTask>): ExpressionTask => ({ ...json(text, task), kind: 'xml' });

const faultOf = async (turn: Promise<unknown>): Promise<Pick<ServiceError, 'fault' | 'args'>> => {
  const thrown = await turn.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ServiceError)) throw new Error('no fault of a service', { cause: thrown });
  return thrown;
};

const rates = {
  total: 2,
  rates: [
    { code: 'ON-QC', price: { amount: '418.50', taxed: true }, tags: ['a', 'b'] },
    { code: 'ON-MB', price: { amount: 12 } },
  ],
  next: '/v2/rates?page=2',
};

describe('JSONata (R-1608)', () => {
  it('reads the list, the fields of each record and the page that follows', async () => {
    const fields = ['code', 'price.amount', 'price.taxed', 'tags', 'nothing.here', '$uppercase(code) & "!"'];
    expect(await patient.evaluate(json(rates, { records: 'rates', single: ['next', 'total'], fields }))).toEqual({
      single: ['/v2/rates?page=2', '2'],
      rows: [
        ['ON-QC', '418.50', 'true', '["a","b"]', null, 'ON-QC!'],
        ['ON-MB', '12', null, null, null, 'ON-MB!'],
      ],
    });
  });

  it('takes a list that is the answer itself, one record that is no list, and none', async () => {
    const rowsOf = async (value: unknown, records = '') =>
      (await patient.evaluate(json(value, { records, fields: ['a'] }))).rows;
    expect(await rowsOf([{ a: 1 }, { a: 2 }])).toEqual([['1'], ['2']]);
    expect(await rowsOf({ a: 1 })).toEqual([['1']]);
    expect(await rowsOf({ list: [] }, 'list')).toEqual([]);
    expect(await rowsOf({ list: null }, 'list')).toEqual([]);
  });

  it('says which expression cannot be read, and which fails on one record only', async () => {
    expect(await faultOf(patient.evaluate(json(rates, { records: 'rates', fields: ['code['] })))).toMatchObject({
      fault: 'service-expression-invalid',
      args: { expression: 'code[' },
    });
    const { rows } = await patient.evaluate(json(rates, { records: 'rates', fields: ['$number(code)'] }));
    expect(rows[0]?.[0]).toEqual({ wrong: expect.stringContaining('number') });
    expect((await faultOf(patient.evaluate(json('{"a": [1, 2', {})))).fault).toBe('not-json');
  });

  // Each would hold the service, or end it, if it ran where the service runs.
  it.each([
    ['recursion without end', '($f := function($n) { $f($n + 1) + 1 }; $f(0))'],
    ['a loop without end', '($f := function($n) { $f($n + 1) }; $f(0))'],
    ['a giant string', '($f := function($s) { $f($s & $s) }; $f("xxxxxxxxxxxxxxxx"))'],
    ['a giant list', '$sum([1..9999999].[1..9999999])'],
    ['a pattern that backtracks', `$match("${'a'.repeat(60)}!", /^(a+)+$/)`],
    ['a giant answer', '$pad("x", 9000000)'],
    ['a giant list of records', '[1..20000]'],
  ])('%s ends with a fault of its own, and the next answer is read', async (_name, records) => {
    const wrong = strict.evaluate(json(rates, { records, fields: ['$'] }));
    const found = await wrong.then(
      ({ rows }) => rows[0]?.[0],
      (error: unknown) => (error as ServiceError).fault,
    );
    // A stack that is full is told as an expression that fails.
    expect(typeof found === 'string' ? found : 'service-expression-invalid').toMatch(
      /^service-(?:expression-(?:slow|memory|invalid)|result-large)$/,
    );
    await expect(strict.evaluate(json({ a: 1 }, { fields: ['a'] }))).resolves.toEqual({ single: [], rows: [['1']] });
  });

  it('reaches nothing of the process: no environment, no modules, no prototypes (R-1618)', async () => {
    process.env['CRMJIRA_TEST_SECRET'] = 'never-to-be-seen';
    const tries = [
      '$process',
      '$eval("process.env")',
      'constructor.constructor("return process")()',
      '__proto__.polluted',
      '$lookup($, "__proto__")',
      '$.constructor',
      '$string.constructor("return process.env.CRMJIRA_TEST_SECRET")()',
    ];
    for (const one of tries) {
      const found = await patient.evaluate(json({ a: 1 }, { fields: [one] })).catch((error: unknown) => error);
      expect(JSON.stringify(found)).not.toContain('never-to-be-seen');
    }
    await patient.evaluate(json({ a: 1 }, { fields: ['$ ~> |$|{"__proto__": {"polluted": true}}|'] }));
    expect((await patient.evaluate(json({ a: 1 }, { fields: ['polluted'] }))).rows).toEqual([[null]]);
    delete process.env['CRMJIRA_TEST_SECRET'];
  });
});

const envelope = (body: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
const shipments = envelope(
  '<b:List xmlns:b="urn:b"><b:Shipment n="1"><b:Order>SO-1 &amp; Co</b:Order><b:Status code="REL"/></b:Shipment><b:Shipment n="2"/></b:List>',
);

describe('XPath (R-1608)', () => {
  const namespaces = { b: 'urn:b' };

  it('reads elements, attributes and functions from each record', async () => {
    const fields = ['b:Order', 'b:Status/@code', 'count(b:*)', 'b:Missing'];
    expect((await patient.evaluate(xml(shipments, { namespaces, records: '//b:Shipment', fields }))).rows).toEqual([
      ['SO-1 & Co', 'REL', '2', null],
      [null, null, '0', null],
    ]);
  });

  it('takes the first element of the body where no list is named', async () => {
    expect((await patient.evaluate(xml(shipments, { namespaces, fields: ['count(b:Shipment)'] }))).rows).toEqual([
      ['2'],
    ]);
  });

  it.each([
    ['//b:Shipment[', 'service-expression-invalid'],
    ['//unknown:Shipment', 'service-expression-invalid'],
    ['count(//b:Shipment)', 'service-expression-invalid'],
  ])('says that %s cannot be read', async (records, fault) => {
    expect(await faultOf(patient.evaluate(xml(shipments, { namespaces, records })))).toMatchObject({ fault });
  });

  it.each([
    ['<!DOCTYPE x [<!ENTITY a "b">]>', 'soap-doctype'],
    ['<!doctype x SYSTEM "file:///etc/passwd">', 'soap-doctype'],
  ])('refuses %s before it is parsed', async (declaration, fault) => {
    const text = `<?xml version="1.0"?>${declaration}<x>&a;</x>`;
    expect(await faultOf(patient.evaluate(xml(text, { records: '/x' })))).toMatchObject({ fault });
  });

  it.each([
    ['an element that is not closed', envelope('<a>')],
    ['an entity that nobody declared', envelope('&nobody;')],
    ['no XML at all', 'Bad Gateway'],
    ['nothing', ''],
  ])('refuses %s', async (_name, text) => {
    expect((await faultOf(patient.evaluate(xml(text, {})))).fault).toBe('soap-xml-broken');
  });

  it('refuses what is nested without end, as JSON too', async () => {
    const deep = envelope('<a>'.repeat(5_000) + '</a>'.repeat(5_000));
    expect((await faultOf(patient.evaluate(xml(deep, { records: '//a' })))).fault).toBe('service-too-deep');
    const list = '['.repeat(5_000) + ']'.repeat(5_000);
    expect((await faultOf(patient.evaluate(json(list, {})))).fault).toBe('service-too-deep');
  });
});
