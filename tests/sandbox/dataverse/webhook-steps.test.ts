import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ids, startDataverse, type Fixture } from './dataverse-fixture';

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a payload of which each test names what it needs
  readonly body: any;
}

let f: Fixture;
let server: Server;
let received: Received[];
let answers: number[];
let during: ((received: Received) => Promise<void>) | undefined;

beforeEach(async () => {
  received = [];
  answers = [];
  during = undefined;
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: JSON.parse(text) as unknown };
      received.push(one);
      void Promise.resolve(during?.(one)).then(() => {
        response.statusCode = answers.shift() ?? 200;
        response.end('words of the endpoint');
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  f = await startDataverse();
});
afterEach(async () => {
  await f.dataverse.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface StepOptions {
  readonly message: string;
  readonly table: string;
  readonly stage?: number;
  readonly mode?: number;
  readonly filtering?: string;
  readonly authType?: number;
  readonly authValue?: string;
  readonly url?: string;
  readonly image?: string;
}

/** As a client registers a step through the Web API: look up message and filter, create endpoint, step and image. */
async function register(options: StepOptions): Promise<void> {
  // The server listens on a TCP port: never a pipe's path.
  const { port } = server.address() as AddressInfo;
  const messages = await f.call('GET', `sdkmessages?$select=sdkmessageid&$filter=name eq '${options.message}'`);
  const messageId: string = messages.json.value[0].sdkmessageid;
  const filters = await f.call(
    'GET',
    `sdkmessagefilters?$select=sdkmessagefilterid&$filter=_sdkmessageid_value eq ${messageId} and primaryobjecttypecode eq '${options.table}'`,
  );
  const endpoint = await f.call('POST', 'serviceendpoints', {
    name: 'proxy',
    contract: 8,
    authtype: options.authType ?? 5,
    authvalue: options.authValue ?? '<settings><setting name="x-crmjira-key" value="secret" /></settings>',
    url: options.url ?? `http://127.0.0.1:${port}/hook`,
  });
  expect(endpoint.status).toBe(204);
  const step = await f.call('POST', 'sdkmessageprocessingsteps', {
    name: `${options.message} of ${options.table}`,
    stage: options.stage ?? 40,
    mode: options.mode ?? 1,
    rank: 1,
    filteringattributes: options.filtering ?? null,
    'sdkmessageid@odata.bind': `/sdkmessages(${messageId})`,
    'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${filters.json.value[0].sdkmessagefilterid})`,
    'eventhandler_serviceendpoint@odata.bind': endpoint.headers['odata-entityid'],
  });
  expect(step.status).toBe(204);
  if (options.image !== undefined) {
    const image = await f.call('POST', 'sdkmessageprocessingstepimages', {
      name: 'image',
      entityalias: 'image',
      imagetype: 2,
      attributes: options.image,
      messagepropertyname: 'Target',
      'sdkmessageprocessingstepid@odata.bind': step.headers['odata-entityid'],
    });
    expect(image.status).toBe(204);
  }
}

const url = `opportunities(${ids.opportunity})`;
const attributes = (pairs: readonly { key: string; value: unknown }[]): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

describe('asynchronous steps', () => {
  it('post a RemoteExecutionContext after the commit', async () => {
    await register({ message: 'Update', table: 'opportunity', image: 'budgetamount,name' });
    await f.call('PATCH', url, {
      budgetamount: 5,
      statuscode: 2,
      'parentcontactid@odata.bind': `/contacts(${ids.contact})`,
      estimatedclosedate: '2025-02-03',
    });
    await f.dataverse.settled();
    expect(received).toHaveLength(1);
    const { headers, body } = received[0] ?? { headers: {}, body: {} };
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-ms-dynamics-organization': 'localhost:4110',
      'x-ms-dynamics-entity-name': 'opportunity',
      'x-ms-dynamics-request-name': 'Update',
      'x-ms-correlation-request-id': expect.any(String),
      'x-crmjira-key': 'secret',
    });
    expect(body).toMatchObject({
      MessageName: 'Update',
      Mode: 1,
      Stage: 40,
      Depth: 1,
      PrimaryEntityName: 'opportunity',
      PrimaryEntityId: ids.opportunity,
      UserId: ids.administrator,
      OutputParameters: [],
    });
    const target = body.InputParameters[0];
    expect(target).toMatchObject({
      key: 'Target',
      value: {
        __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
        LogicalName: 'opportunity',
        Id: ids.opportunity,
      },
    });
    expect(attributes(target.value.Attributes)).toMatchObject({
      budgetamount: { __type: 'Money:http://schemas.microsoft.com/xrm/2011/Contracts', Value: 5 },
      statuscode: { __type: 'OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts', Value: 2 },
      parentcontactid: {
        __type: 'EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts',
        Id: ids.contact,
        LogicalName: 'contact',
        Name: 'Rene Valdes',
      },
      modifiedon: `/Date(${Date.parse('2025-01-15T14:00:00Z')})/`,
      opportunityid: ids.opportunity,
    });
    expect(
      attributes(attributes(body.PreEntityImages).image === undefined ? [] : body.PreEntityImages[0].value.Attributes),
    ).toMatchObject({ budgetamount: { Value: 250000 }, name: 'Digital Transformation' });
    expect(body.PostEntityImages.map((image: { key: string }) => image.key)).toEqual([
      'image',
      'AsynchronousStepPrimaryName',
    ]);
    expect(body.ParentContext).toMatchObject({ Stage: 30, MessageName: 'Update' });
  });

  it('fire for the columns they filter on, for their table, not for a rolled back change', async () => {
    await register({ message: 'Update', table: 'opportunity', filtering: 'budgetamount, statecode' });
    await f.call('PATCH', url, { description: 'nothing to do with it' });
    await f.call('PATCH', `accounts(${ids.account})`, { name: 'Other table' });
    await f.call('PATCH', url, { budgetamount: 1, nonsense: 2 });
    await f.dataverse.settled();
    expect(received).toEqual([]);
    await f.call('PATCH', url, { budgetamount: 1 });
    await f.dataverse.settled();
    expect(received).toHaveLength(1);
  });

  it('tell of creates and deletes', async () => {
    await register({ message: 'Create', table: 'crmjira_command' });
    await register({ message: 'Delete', table: 'opportunity' });
    const created = await f.call('POST', 'crmjira_commands', {
      crmjira_command_type: 3,
      crmjira_command_state: 1,
      'crmjira_opportunity_id@odata.bind': `/${url}`,
    });
    expect(created.status).toBe(204);
    await f.call('DELETE', url);
    await f.dataverse.settled();
    const [create, remove] = [...received].sort((left, right) =>
      String(left.body.MessageName).localeCompare(String(right.body.MessageName)),
    );
    expect(create?.body).toMatchObject({
      MessageName: 'Create',
      PrimaryEntityName: 'crmjira_command',
      OutputParameters: [{ key: 'id', value: create?.body.PrimaryEntityId }],
    });
    expect(remove?.body.InputParameters).toEqual([
      {
        key: 'Target',
        value: {
          __type: 'EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts',
          Id: ids.opportunity,
          KeyAttributes: [],
          LogicalName: 'opportunity',
          Name: null,
          RowVersion: null,
        },
      },
    ]);
  });

  it.each([
    [[503, 200], 2],
    [[502, 502, 200], 2],
    [[504, 503, 502, 200], 2],
    [[500, 200], 1],
    [[404], 1],
    [[408, 200], 1],
    [[429, 200], 1],
    [[401, 200], 1],
    [[302, 200], 1],
    [[204], 1],
  ])('answered %j are sent %d times, as documented and no more', async (statuses, times) => {
    await register({ message: 'Update', table: 'opportunity' });
    answers = [...statuses];
    expect((await f.call('PATCH', url, { name: 'x' })).status).toBe(204);
    await f.dataverse.settled();
    expect(received).toHaveLength(times);
  });

  it('whose connection breaks are sent once, and the system job is over', async () => {
    await register({ message: 'Update', table: 'opportunity' });
    during = async () => server.closeAllConnections();
    expect((await f.call('PATCH', url, { name: 'x' })).status).toBe(204);
    await f.dataverse.settled();
    expect(received).toHaveLength(1);
  });

  it('lose input parameters and images above 256 KB, and say so', async () => {
    await register({ message: 'Create', table: 'task' });
    await f.call('POST', 'tasks', { subject: 'Big', description: 'ü'.repeat(99_000) });
    await f.dataverse.settled();
    expect(received[0]?.headers['x-ms-dynamics-msg-size-exceeded']).toBe('true');
    expect(received[0]?.body).toMatchObject({
      InputParameters: [],
      PostEntityImages: [],
      ParentContext: null,
      PrimaryEntityName: 'task',
    });
  });

  it('carry their secret as code in the address, or as parameters', async () => {
    const { port } = server.address() as AddressInfo;
    await register({
      message: 'Update',
      table: 'opportunity',
      authType: 4,
      authValue: 'k e&y',
      url: `http://localhost:${port}/a`,
    });
    await register({
      message: 'Update',
      table: 'opportunity',
      authType: 6,
      authValue: '<settings><setting name="p" value="q" /></settings>',
      url: `http://localhost:${port}/b?x=1`,
    });
    await f.call('PATCH', url, { name: 'x' });
    await f.dataverse.settled();
    expect(received.map((one) => one.url).sort()).toEqual(['/a?code=k+e%26y', '/b?x=1&p=q']);
  });

  it('never call another machine', async () => {
    await register({ message: 'Update', table: 'opportunity', url: 'http://example.com/hook' });
    expect((await f.call('PATCH', url, { name: 'x' })).status).toBe(204);
    await f.dataverse.settled();
    expect(received).toEqual([]);
  });
});

describe('synchronous steps', () => {
  it.each([10, 20, 40])('at stage %d refuse the operation, in general words', async (stage) => {
    await register({ message: 'Update', table: 'opportunity', stage, mode: 0, filtering: 'name' });
    answers = [409];
    const answer = await f.call('PATCH', url, { name: 'Refused' });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('words of the endpoint');
    expect((await f.call('GET', `${url}/name/$value`)).text).toBe('Digital Transformation');
    expect(received[0]?.body).toMatchObject({ Mode: 0, Stage: stage, IsInTransaction: stage !== 10 });
    expect((await f.call('PATCH', url, { name: 'Allowed' })).status).toBe(204);
  });

  it.each([502, 503, 504])('answered %d are not sent again', async (status) => {
    await register({ message: 'Update', table: 'opportunity', stage: 10, mode: 0, filtering: 'name' });
    answers = [status, 200];
    expect((await f.call('PATCH', url, { name: 'Refused' })).status).toBe(400);
    await f.dataverse.settled();
    expect(received).toHaveLength(1);
  });

  it('refuse a whole change set', async () => {
    await register({ message: 'Update', table: 'opportunity', stage: 40, mode: 0 });
    answers = [500];
    const part = (id: number, method: string, path: string, body: object): string =>
      `--c\r\nContent-Type: application/http\r\nContent-ID: ${id}\r\n\r\n${method} ${path} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`;
    const body = `--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n${part(1, 'POST', 'accounts', { name: 'Ghost' })}${part(2, 'PATCH', url, { name: 'x' })}--c--\r\n--b--\r\n`;
    const answer = await f.call('POST', '$batch', body, { 'content-type': 'multipart/mixed;boundary=b' });
    expect(answer.status).toBe(400);
    expect((await f.call('GET', "accounts?$filter=name eq 'Ghost'")).json.value).toEqual([]);
  });

  it('may read and write meanwhile: other rows at once, and see the row as it was', async () => {
    await register({ message: 'Update', table: 'opportunity', stage: 10, mode: 0 });
    let seen = '';
    during = async () => {
      seen = (await f.call('GET', `${url}/name/$value`)).text;
      const written = await f.call('POST', 'crmjira_commands', {
        crmjira_command_type: 8,
        crmjira_command_state: 4,
        'crmjira_opportunity_id@odata.bind': `/${url}`,
      });
      expect(written.status).toBe(204);
    };
    answers = [400];
    expect((await f.call('PATCH', url, { name: 'New' })).status).toBe(400);
    expect(seen).toBe('Digital Transformation');
    expect((await f.call('GET', 'crmjira_commands/$count')).text).toBe('1');
  });

  it('before the transaction may write the very row; an If-Match is then held against what it became', async () => {
    await register({ message: 'Update', table: 'opportunity', stage: 10, mode: 0, filtering: 'name' });
    during = async () => {
      expect((await f.call('PATCH', url, { description: 'by the step' })).status).toBe(204);
    };
    expect((await f.call('PATCH', url, { name: 'first' })).status).toBe(204);
    expect((await f.call('GET', url)).json).toMatchObject({ name: 'first', description: 'by the step' });
    const { headers } = await f.call('GET', url);
    expect((await f.call('PATCH', url, { name: 'second' }, { 'if-match': headers.etag ?? '' })).status).toBe(412);
    expect((await f.call('GET', `${url}/name/$value`)).text).toBe('first');
  });

  it('in the transaction hold the row: a second writer waits and both writes stay', async () => {
    await register({ message: 'Update', table: 'opportunity', stage: 20, mode: 0, filtering: 'name' });
    let other: Promise<unknown> = Promise.resolve();
    during = async () => {
      other = f.call('PATCH', url, { description: 'second' });
      await f.call('POST', 'accounts', { name: 'Not held' });
    };
    expect((await f.call('PATCH', url, { name: 'first' })).status).toBe(204);
    await other;
    expect((await f.call('GET', url)).json).toMatchObject({ name: 'first', description: 'second' });
  });

  it('fail closed when nobody listens', async () => {
    await register({ message: 'Update', table: 'opportunity', stage: 10, mode: 0, url: 'http://127.0.0.1:1/' });
    expect(await f.call('PATCH', url, { name: 'x' })).toMatchObject({
      status: 400,
      json: { error: { code: '0x80050205' } },
    });
  });

  it('R-303 tell by the documented code that the endpoint refused', async () => {
    await register({ message: 'Update', table: 'opportunity', stage: 10, mode: 0 });
    answers = [500];
    expect((await f.call('PATCH', url, { name: 'x' })).json.error.code).toBe('0x80050201');
  });
});

it('keeps the secret of an endpoint to itself', async () => {
  await register({ message: 'Update', table: 'opportunity' });
  const { json } = await f.call('GET', 'serviceendpoints');
  expect(json.value[0]).toMatchObject({ isauthvalueset: true, contract: 8 });
  expect(json.value[0]).not.toHaveProperty('authvalue');
});
