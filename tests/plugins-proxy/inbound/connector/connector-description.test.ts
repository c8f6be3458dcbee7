import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import draft04 from 'ajv/lib/refs/json-schema-draft-04.json';
import draft07 from 'ajv/lib/refs/json-schema-draft-07.json';
import { parseConfigFileTextToJson } from 'typescript';
import { openApi } from '../../../../plugins-proxy/src/inbound/connector/describe/openapi';
import type { swagger } from '../../../../plugins-proxy/src/inbound/connector/describe/swagger';
import { connectorVariants } from '../../../../plugins-proxy/src/inbound/connector/describe/variants';
import { definitionFiles, definitionText } from '../../../../plugins-proxy/src/inbound/connector/write-definitions';

const root = join(__dirname, '..', '..', '..', '..');
const written: ReturnType<typeof swagger> = JSON.parse(definitionText());
const [entra, gateway] = [connectorVariants.entra(), connectorVariants.gateway()];

/** Paths and methods of a description with what stands under them. */
function operationsOf(description: Record<string, unknown>): [string, Record<string, unknown>][] {
  // Both descriptions are made of plain records.
  const paths = description['paths'] as Record<string, Record<string, Record<string, unknown>>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, entry]): [string, Record<string, unknown>] => [`${method} ${path}`, entry]),
  );
}

test('the definitions in the repository are what the routes say now (npm run generate:connector)', () => {
  for (const [file, text] of definitionFiles())
    expect([file, readFileSync(join(root, file), 'utf8')]).toEqual([file, text]);
});

test('the connector has the title, version and address of R-901, and the securities of R-913', () => {
  expect(written).toMatchObject({
    swagger: '2.0',
    info: { title: 'JIRA Budget Module Connector', version: '1.0' },
    basePath: '/rest',
    schemes: ['https'],
  });
  expect(written['securityDefinitions']).toEqual({
    basic_auth: { type: 'basic' },
    bearer_token: { type: 'apiKey', name: 'Authorization', in: 'header' },
  });
});

test('every operation of R-901 and R-902 stands under its address', () => {
  expect(Object.fromEntries(operationsOf(written).map(([place, entry]) => [entry['operationId'], place]))).toEqual({
    CreateIssue: 'post /api/2/issue',
    GetIssue: 'get /api/2/issue/{issueKey}',
    UpdateIssue: 'put /api/2/issue/{issueKey}',
    CreateProject: 'post /api/2/project',
    GetProject: 'get /api/2/project/{projectKey}',
    GetBudgets: 'get /tempo-budgets/1/budget',
    CreateBudget: 'post /tempo-budgets/1/budget',
    GetBudget: 'get /tempo-budgets/1/budget/{budgetId}',
    UpdateBudget: 'put /tempo-budgets/1/budget/{budgetId}',
    GetBudgetSpending: 'get /tempo-budgets/1/budget/{budgetId}/spending',
    AddWorklog: 'post /api/2/issue/{issueKey}/worklog',
    GetWorklog: 'get /api/2/worklog/{worklogId}',
    GetProjectWorklogs: 'get /tempo-timesheets/4/worklogs/project/{projectKey}',
    StartOperation: 'post /connector/operations',
    GetOperation: 'get /connector/operations/{id}',
  });
});

test('CreateIssue, GetBudgets and CreateBudget are as the contract says (R-913)', () => {
  const operations = Object.fromEntries(operationsOf(written));
  const connection = {
    name: 'connection',
    in: 'query',
    required: false,
    'x-ms-summary': 'Connection',
    'x-ms-visibility': 'advanced',
  };
  expect(operations['post /api/2/issue']).toMatchObject({
    summary: 'Create JIRA Issue',
    parameters: [
      { name: 'issue', in: 'body', required: true, schema: { $ref: '#/definitions/IssueCreate' } },
      connection,
    ],
    responses: { 201: { schema: { $ref: '#/definitions/IssueResponse' } } },
  });
  expect(operations['get /tempo-budgets/1/budget']).toMatchObject({
    summary: 'Get Project Budgets',
    parameters: [{ name: 'projectKey', in: 'query', required: true, type: 'string' }, connection],
    responses: { 200: { schema: { $ref: '#/definitions/BudgetResponse' } } },
  });
  expect(operations['post /tempo-budgets/1/budget']).toMatchObject({
    summary: 'Create Project Budget',
    parameters: [
      { name: 'budget', in: 'body', required: true, schema: { $ref: '#/definitions/BudgetCreate' } },
      connection,
    ],
    responses: { 201: {} },
  });
  const text = { type: 'string' };
  const amount = { type: 'number' };
  const day = { type: 'string', format: 'date' };
  expect(written['definitions']).toMatchObject({
    IssueCreate: {
      properties: {
        fields: {
          properties: {
            project: { properties: { key: text } },
            summary: text,
            description: text,
            issuetype: { properties: { name: text } },
            customfield_10100: text,
            customfield_10101: text,
            customfield_10102: text,
            customfield_10103: amount,
          },
        },
      },
    },
    BudgetCreate: {
      properties: {
        name: text,
        projectKey: text,
        amount,
        currency: text,
        period: { properties: { from: day, to: day } },
        budgetType: text,
      },
    },
  });
});

test('R-902 every operation that reaches Jira takes a connection, those of the queue take none', () => {
  const without = operationsOf(written).filter(([, entry]) => !JSON.stringify(entry).includes('"name":"connection"'));
  expect(without.map(([, entry]) => entry['operationId'])).toEqual(['StartOperation', 'GetOperation']);
});

test('every reference leads to a shape, and no operation id is used twice (R-902)', () => {
  const shapes = Object.keys(Object(written['definitions']));
  const named = [...definitionText().matchAll(/#\/definitions\/(\w+)/g)].map((match) => match[1]);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !shapes.includes(String(name)))).toEqual([]);
  expect(new Set(operationsOf(written).map(([, entry]) => entry['operationId'])).size).toBe(15);
});

test('OpenAPI 3.1 and Swagger 2.0 tell of the same operations, parameters and statuses (R-902)', () => {
  const open = openApi('https://proxy.company.com');
  expect(open).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://proxy.company.com/rest' }] });
  const told = (description: Record<string, unknown>) =>
    operationsOf(description).map(([place, entry]) => {
      // Both descriptions are made by us as records of these shapes.
      const parameters = (entry['parameters'] ?? []) as { name: string; in: string }[];
      const bodies = parameters.filter((one) => one.in === 'body').length;
      return {
        place,
        id: entry['operationId'],
        parameters: parameters.filter((one) => one.in !== 'body').map((one) => `${one.in} ${one.name}`),
        body: bodies > 0 || entry['requestBody'] !== undefined,
        statuses: Object.keys(Object(entry['responses'])),
      };
    });
  expect(told(open)).toEqual(told(written));
});

/** A schema of Microsoft's repository of connectors, compiled. */
function schemaOf(name: string): ReturnType<Ajv.Ajv['compile']> {
  const text = readFileSync(join(root, 'tests/fixtures/powerplatform', name), 'utf8');
  const ajv = new Ajv({ schemaId: 'auto', meta: false, allErrors: true, unknownFormats: 'ignore', logger: false });
  ajv.addMetaSchema(draft04);
  ajv.addMetaSchema(draft07);
  // Published with comments, which TypeScript's reader of configuration files knows.
  const schema = parseConfigFileTextToJson(name, text).config as Record<string, unknown>;
  // Draft 7 calls it $id; under the old name ajv takes it for a mistake.
  if (String(schema['$schema']).includes('draft-07')) delete schema['id'];
  return ajv.compile(schema);
}

test('every definition fits the schema of custom connectors (R-902, R-903)', () => {
  const validate = schemaOf('apiDefinition.swagger.schema.json');
  for (const definition of [written, entra.definition, gateway.definition])
    expect({ valid: validate(definition), errors: validate.errors }).toEqual({ valid: true, errors: null });
  // The check can fail: an operation with a property that Swagger does not know.
  const [path] = Object.keys(Object(written['paths']));
  const wrong = { ...written, paths: { [String(path)]: { post: { responses: {}, requestBody: {} } } } };
  expect(validate(wrong)).toBe(false);
});

describe('two variants of the connector (R-903)', () => {
  test('say the same as the contract but for how one signs in (R-913)', () => {
    const { securityDefinitions: _contract, security: _both, ...contract } = written;
    for (const { definition } of [entra, gateway]) {
      const { securityDefinitions: _own, security: _one, ...rest } = definition;
      expect(JSON.stringify(rest)).toBe(JSON.stringify(contract));
    }
  });

  test('through the service: OAuth with Entra, nothing else', () => {
    expect(Object.values(Object(entra.definition['securityDefinitions']))).toMatchObject([
      {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: expect.stringMatching(/^https:\/\/login.microsoftonline.com\//),
      },
    ]);
    expect(entra.properties).toMatchObject({
      properties: {
        connectionParameters: { token: { type: 'oauthSetting', oAuthSettings: { identityProvider: 'aad' } } },
      },
    });
    expect(JSON.stringify(entra.properties)).not.toMatch(/secret/i);
  });

  test('through the gateway: none or Basic, and a gateway must be chosen', () => {
    expect(gateway.definition['securityDefinitions']).toEqual({ basic_auth: { type: 'basic' } });
    expect(gateway.properties).toMatchObject({
      properties: {
        capabilities: ['gateway'],
        connectionParameters: {
          authType: { allowedValues: [{ value: 'none' }, { value: 'basic' }] },
          gateway: { type: 'gatewaySetting', uiDefinition: { constraints: { required: 'true' } } },
        },
      },
    });
  });

  test('their properties fit the schema of properties, but for one setting that it does not know', () => {
    const validate = schemaOf('paconn-apiProperties.schema.json');
    const check = (properties: unknown) => ({ valid: validate(properties), errors: validate.errors });
    expect(check(entra.properties)).toEqual({ valid: true, errors: null });
    // Microsoft's own published gateway connectors carry gatewaySettings; the schema was never told.
    const text = JSON.stringify(gateway.properties);
    const known = text.replace('"gatewaySettings":{"dataSourceType":"CustomConnector","connectionDetails":[]},', '');
    expect(known.length).toBeLessThan(text.length);
    expect(check(JSON.parse(known))).toEqual({ valid: true, errors: null });
    expect(check({ properties: { connectionParameters: { token: { type: 'bearer' } } } }).valid).toBe(false);
  });
});
