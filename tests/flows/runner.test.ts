import {
  type ConnectorAnswer,
  type FinishedRun,
  type Json,
  type JsonObject,
  readFlow,
  runFlow,
} from '../../sandbox/src/flows';
import { statusesOf } from './flow-world';

const api = '/providers/Microsoft.PowerApps/apis/shared_test';
const metadata = { operationMetadataId: '1f2a6c9e-0000-4000-8000-000000000001' };

/** An action with what every action has. */
const action = (type: string, over: JsonObject, runAfter: JsonObject = {}): JsonObject => ({
  type,
  runAfter,
  metadata,
  ...over,
});
const call = (over: JsonObject = {}, runAfter: JsonObject = {}): JsonObject =>
  action(
    'OpenApiConnection',
    {
      inputs: {
        host: { connectionName: 'shared_test', operationId: 'Do', apiId: api },
        parameters: {},
        authentication: "@parameters('$authentication')",
      },
      ...over,
    },
    runAfter,
  );

function flow(actions: JsonObject): string {
  return JSON.stringify({
    schemaVersion: '1.0.0.0',
    properties: {
      connectionReferences: {},
      definition: {
        $schema: 'of the test',
        contentVersion: '1.0.0.0',
        parameters: {},
        triggers: {
          Daily: {
            type: 'Recurrence',
            metadata,
            recurrence: {
              frequency: 'Day',
              interval: 1,
              timeZone: 'Eastern Standard Time',
              schedule: { hours: ['6'], minutes: [0] },
            },
            runtimeConfiguration: { concurrency: { runs: 1 } },
          },
        },
        actions,
      },
    },
  });
}

const ok: ConnectorAnswer = { statusCode: 200, headers: {}, body: {} };

function run(actions: JsonObject, answer: () => Promise<ConnectorAnswer> = async () => ok): Promise<FinishedRun> {
  return runFlow({
    definition: readFlow(flow(actions)),
    connectors: { shared_test: answer },
    triggerOutputs: null,
    runName: 'run',
    pause: async () => undefined,
  });
}

const broken = action('Compose', { inputs: '@first(null)' });
const after = (name: string, ...statuses: string[]): JsonObject => ({ [name]: statuses });

test('what fails skips what waits for its success, and fails the run', async () => {
  const finished = await run({ A: broken, B: action('Compose', { inputs: 1 }, after('A', 'Succeeded')) });
  expect(finished).toMatchObject({ status: 'Failed', error: { code: 'ActionFailed' } });
  expect(statusesOf(finished, 'B')).toEqual(['Skipped']);
});

test('a failure that an action has handled does not fail the run; a handler that was not needed is skipped', async () => {
  const handler = (runAfter: JsonObject): JsonObject => action('Compose', { inputs: 1 }, runAfter);
  const handled = await run({ A: broken, B: handler(after('A', 'Failed', 'TimedOut')) });
  expect([handled.status, statusesOf(handled, 'B')]).toEqual(['Succeeded', ['Succeeded']]);
  const unneeded = await run({ A: action('Compose', { inputs: 1 }), B: handler(after('A', 'Failed')) });
  expect([unneeded.status, statusesOf(unneeded, 'B')]).toEqual(['Succeeded', ['Skipped']]);
});

test('a scope that did not run leaves its actions without outputs', async () => {
  const finished = await run({
    A: broken,
    S: action('Scope', { actions: { Inner: action('Compose', { inputs: 1 }) } }, after('A', 'Succeeded')),
    B: action('Compose', { inputs: "@coalesce(outputs('Inner'), 'nothing')" }, after('S', 'Skipped')),
  });
  expect(finished.history.find(({ name }) => name === 'B')?.outputs).toBe('nothing');
});

test('Terminate ends the run at once, wherever it stands', async () => {
  const terminate = action('Terminate', { inputs: { runStatus: 'Failed', runError: { code: 'C', message: '@{1}' } } });
  const finished = await run({
    S: action('Scope', { actions: { T: terminate, Later: action('Compose', { inputs: 1 }, after('T', 'Succeeded')) } }),
    H: action('Compose', { inputs: 1 }, after('S', 'Failed')),
  });
  expect(finished).toMatchObject({ status: 'Failed', error: { code: 'C', message: '1' } });
  expect([...statusesOf(finished, 'Later'), ...statusesOf(finished, 'H')]).toEqual([]);
});

test('no more rounds of a loop at the same time than it allows; each sees its own item and results', async () => {
  let now = 0;
  let most = 0;
  const finished = await run(
    {
      L: action(
        'Foreach',
        {
          foreach: "@coalesce(null, union(outputs('Items'), outputs('Items')))",
          runtimeConfiguration: { concurrency: { repetitions: 2 } },
          actions: { C: call(), D: action('Compose', { inputs: "@items('L')" }, after('C', 'Succeeded')) },
        },
        after('Items', 'Succeeded'),
      ),
      Items: action('Compose', { inputs: [1, 2, 3, 4, 5] }),
    },
    async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
      return ok;
    },
  );
  expect([finished.status, most]).toEqual(['Succeeded', 2]);
  const items = finished.history.filter(({ name }) => name === 'D').map(({ outputs }): Json => outputs);
  expect(items.sort()).toEqual([1, 2, 3, 4, 5]);
});

test('a loop ends at its count, or when its waits have used up its time', async () => {
  const until = (limit: JsonObject): JsonObject => ({
    U: action('Until', {
      expression: '@equals(1, 2)',
      limit,
      actions: { W: action('Wait', { inputs: { interval: { count: 60, unit: 'Second' } } }) },
    }),
  });
  expect(statusesOf(await run(until({ count: 3, timeout: 'PT1H' })), 'W')).toHaveLength(3);
  expect(statusesOf(await run(until({ count: 100, timeout: 'PT10M' })), 'W')).toHaveLength(10);
});

test('a 202 with a relative Location fails unless the asynchronous pattern is switched off', async () => {
  const accepted: ConnectorAnswer = {
    statusCode: 202,
    headers: { location: '/rest/connector/operations/1' },
    body: {},
  };
  const followed = await run({ A: call() }, async () => accepted);
  expect(followed.history[0]).toMatchObject({ status: 'Failed', error: { code: 'InvalidUri' } });
  const switchedOff = await run({ A: call({ operationOptions: 'DisableAsyncPattern' }) }, async () => accepted);
  expect(switchedOff.status).toBe('Succeeded');
});

test('400 is not repeated, and a connection that cannot be reached is an answer like another', async () => {
  const retryPolicy = {
    type: 'exponential',
    count: 2,
    interval: 'PT5S',
    minimumInterval: 'PT5S',
    maximumInterval: 'PT1M',
  };
  const inputs = {
    host: { connectionName: 'shared_test', operationId: 'Do', apiId: api },
    parameters: {},
    authentication: "@parameters('$authentication')",
    retryPolicy,
  };
  let calls = 0;
  await run({ A: call({ inputs }) }, async () => {
    calls += 1;
    return { ...ok, statusCode: 400 };
  });
  expect(calls).toBe(1);
  const unreached = await run({ A: call({ inputs }) }, () => {
    calls += 1;
    return Promise.reject(new Error('connect ECONNREFUSED'));
  });
  expect([unreached.status, calls]).toEqual(['Failed', 4]);
  expect(unreached.history[0]?.outputs).toMatchObject({ statusCode: 502 });
});

test('a definition that uses what the runner does not execute is refused, not half executed', () => {
  expect(() => readFlow(flow({ A: action('Http', { inputs: {} }) }))).toThrow(/type/);
  expect(() => readFlow(flow({ A: call({ operationOptions: 'Another' }) }))).toThrow(/operationOptions/);
  expect(() => readFlow(flow({ A: action('Scope', { actions: {}, limit: { timeout: 'PT1M' } }) }))).toThrow(/limit/);
});
