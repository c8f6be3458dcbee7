import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { platformLimits } from '../../../sandbox/src/dataverse';
import { Limiter } from '../../../sandbox/src/dataverse/service-protection/limits';
import { ids, startDataverse, type Fixture } from './dataverse-fixture';

/** What the stand-in says is held against what Microsoft's documentation prints: tests/fixtures/SOURCES.md. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON whose parts each test names
const recorded = (name: string): any =>
  JSON.parse(readFileSync(join(__dirname, '../../fixtures/dataverse', name), 'utf8'));

/** `string`, `number`, `date`, `guid`, `null`, `[…]`, or the shape of an object: values may differ, kinds may not. */
function kind(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, kind(inner)]));
  if (typeof value !== 'string') return typeof value;
  if (/^\/Date\(-?\d+([+-]\d{4})?\)\/$/.test(value)) return 'date';
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value) ? 'guid' : 'string';
}

let f: Fixture;
let server: Server | undefined;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(async () => {
  await f.dataverse.close();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

test('an asynchronous contact update has every part of the recorded RemoteExecutionContext, of the same kind', async () => {
  const bodies: string[] = [];
  const listener = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      bodies.push(text);
      response.end();
    });
  });
  server = listener;
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  // A TCP listener has a port.
  const { port } = listener.address() as AddressInfo;
  const [message] = (await f.call('GET', "sdkmessages?$filter=name eq 'Update'")).json.value;
  const endpoint = await f.call('POST', 'serviceendpoints', {
    name: 'hook',
    contract: 8,
    authtype: 4,
    authvalue: 'key',
    url: `http://localhost:${port}/`,
  });
  await f.call('POST', 'sdkmessageprocessingsteps', {
    name: 'step',
    stage: 40,
    mode: 1,
    'sdkmessageid@odata.bind': `/sdkmessages(${message.sdkmessageid})`,
    'eventhandler_serviceendpoint@odata.bind': endpoint.headers['odata-entityid'],
  });
  await f.call('PATCH', `contacts(${ids.contact})`, { firstname: 'James' });
  await f.dataverse.settled();

  const sample = recorded('remote-execution-context-contact-update.json');
  const ours = JSON.parse(bodies[0] ?? '{}');
  // Newer organisations send an id where the sample of 2017 has null, and `__type` on image entities.
  const { RequestId: _requestId, ParentContext: _parent, ...shape } = sample;
  expect(kind(ours)).toMatchObject(kind(shape) as object);
  expect(Object.keys(ours.ParentContext).sort()).toEqual(
    expect.arrayContaining(Object.keys(sample.ParentContext).sort()),
  );
  const target = (context: { InputParameters: { key: string; value: object }[] }) =>
    context.InputParameters.find(({ key }) => key === 'Target')?.value;
  expect(kind(target(ours))).toMatchObject(kind(target(sample)) as object);
  const attribute = (context: typeof sample, name: string): unknown =>
    (target(context) as { Attributes: { key: string; value: unknown }[] }).Attributes.find(({ key }) => key === name)
      ?.value;
  for (const name of ['firstname', 'contactid', 'modifiedon'])
    expect([name, kind(attribute(ours, name))]).toEqual([name, kind(attribute(sample, name))]);
  expect(attribute(ours, 'modifiedby')).toMatchObject({
    __type: attribute(sample, 'modifiedby') && (attribute(sample, 'modifiedby') as { __type: string }).__type,
    LogicalName: 'systemuser',
  });
  expect(ours.PostEntityImages.map(({ key }: { key: string }) => key)).toEqual(
    sample.PostEntityImages.map(({ key }: { key: string }) => key),
  );
});

test('upserts and bulk actions answer with the recorded statuses', async () => {
  const cases = new Map<string, { res: { status: number } }>(
    recorded('upsert-and-bulk.json').map((each: { case: string }) => [each.case, each]),
  );
  const status = (name: string): number | undefined => cases.get(name)?.res.status;
  const event = (key: string): string => `crmjira_inbound_events(crmjira_event_id='${key}')`;
  const prefer = { prefer: 'return=representation' };
  expect((await f.call('PATCH', event('2'), {})).status).toBe(status('upsert-create-altkey'));
  const created = await f.call('PATCH', `${event('3')}?$select=crmjira_inbound_eventid`, {}, prefer);
  expect(created.status).toBe(status('upsert-create-return'));
  expect(Object.keys(created.json).sort()).toEqual(['@odata.context', '@odata.etag', 'crmjira_inbound_eventid']);
  expect((await f.call('PATCH', event('3'), {}, prefer)).status).toBe(status('upsert-update-return'));
  expect((await f.call('PATCH', event('4'), {}, { 'if-match': '*' })).status).toBe(status('update-only'));
  const many = await f.call('POST', 'accounts/Microsoft.Dynamics.CRM.CreateMultiple', { Targets: [{ name: 'A' }] });
  expect(many.status).toBe(status('create-multiple'));
  expect(many.json['@odata.context']).toMatch(/#Microsoft\.Dynamics\.CRM\.CreateMultipleResponse$/);
  const update = await f.call('POST', 'accounts/Microsoft.Dynamics.CRM.UpdateMultiple', {
    Targets: [{ accountid: many.json.Ids[0], name: 'B' }],
  });
  expect(update.status).toBe(status('update-multiple'));
});

test('change tracking answers in the recorded shape', async () => {
  const { initial, delta } = recorded('change-tracking.json');
  const first = await f.call('GET', initial.request.url, undefined, { prefer: initial.request.headers.Prefer });
  expect(first.headers['preference-applied']).toBe(initial.response.headers['Preference-Applied']);
  expect(Object.keys(first.json).sort()).toEqual(Object.keys(initial.response.body).sort());
  expect(Object.keys(first.json.value[0]).sort()).toEqual(Object.keys(initial.response.body.value[0]).sort());
  expect(first.json['@odata.deltaLink']).toMatch(/\$deltatoken=\d+%21\d\d%2F\d\d%2F\d{4}%20/);
  const gone = await f.call('POST', 'accounts', { name: 'Gone' });
  await f.call('DELETE', gone.headers['odata-entityid'] ?? '');
  const next = await f.call('GET', first.json['@odata.deltaLink']);
  expect(Object.keys(next.json).sort()).toEqual(Object.keys(delta.body).sort());
  expect(Object.keys(next.json.value[0]).sort()).toEqual(Object.keys(delta.body.value[1]).sort());
});

test('service protection speaks in the recorded codes and sentences', () => {
  const { serviceProtection } = recorded('service-protection.json');
  let time = 0;
  const limiter = (): Limiter => new Limiter(platformLimits, () => time);
  const caught = (run: () => void): unknown => {
    try {
      run();
      return null;
    } catch (error) {
      return error instanceof Error && 'code' in error ? { hex: error.code, message: plain(error.message) } : error;
    }
  };
  const plain = (text: string): string => text.replace(/\s+/g, ' ');
  const requests = limiter();
  const execution = limiter();
  const concurrent = limiter();
  const said = [
    caught(() => {
      for (let index = 0; index < 6001; index += 1) requests.enter('u').leave();
    }),
    caught(() => {
      // Twenty requests at once, of a minute each, use the twenty minutes up.
      const running = Array.from({ length: 20 }, () => execution.enter('u'));
      time += 60_000;
      for (const { leave } of running) leave();
      execution.enter('u');
    }),
    caught(() => {
      for (let index = 0; index < 53; index += 1) concurrent.enter('u');
    }),
  ];
  expect(said).toEqual(
    serviceProtection.map(({ hex, message }: { hex: string; message: string }) => ({ hex, message: plain(message) })),
  );
});
