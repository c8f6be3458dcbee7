import type { ConnectorCall, RetryPolicy } from '../definition/actions';
import { isObject, type Json } from '../expression/json';
import { failed, type Outcome, succeeded } from './action-result';
import type { ConnectorAnswer } from './connector';
import { milliseconds } from './duration';
import type { Run } from './run';

/** What the platform repeats a call on. */
const isTransient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** Milliseconds before the repeat after `attempt` (1, 2, …): what the answer asks for, else twice as long each time. */
function waitBefore(attempt: number, policy: RetryPolicy, answer: ConnectorAnswer): number {
  const asked = Number(answer.headers['retry-after']);
  if (asked > 0) return asked * 1000;
  const grown = milliseconds(policy.interval) * 2 ** (attempt - 1);
  return Math.min(Math.max(grown, milliseconds(policy.minimumInterval)), milliseconds(policy.maximumInterval));
}

const unreached = (error: unknown): ConnectorAnswer => ({
  statusCode: 502,
  headers: {},
  body: { error: { code: 'BadGateway', message: error instanceof Error ? error.message : String(error) } },
});

/** What an answer came to. A 202 whose Location is to be followed needs an absolute one: the platform fails on others. */
function judge(answer: ConnectorAnswer, followsLocation: boolean, inputs: Json): Outcome {
  const outputs = { ...answer, headers: { ...answer.headers } };
  const { statusCode, headers } = answer;
  if (statusCode >= 400)
    return failed(String(statusCode), `The connector answered ${statusCode}.`, { inputs, outputs });
  const location = headers['location'];
  if (statusCode === 202 && followsLocation && location !== undefined) {
    if (!URL.canParse(location))
      return failed('InvalidUri', `The Location ${location} of the asynchronous answer is not an absolute address.`, {
        inputs,
        outputs,
      });
    return failed('NotSupported', 'The runner does not follow the Location of an asynchronous answer.', {
      inputs,
      outputs,
    });
  }
  return succeeded(outputs, inputs);
}

/** Carries out an action of a connector, repeated by its retry policy. */
export async function callConnector(action: ConnectorCall, parameters: Json, run: Run): Promise<Outcome> {
  const { host, retryPolicy } = action.inputs;
  const connector = run.connectors[host.connectionName];
  if (connector === undefined) return failed('ConnectionNotFound', `There is no connection ${host.connectionName}.`);
  if (!isObject(parameters)) return failed('InvalidTemplate', 'The parameters are not an object.');
  const attempts = 1 + (retryPolicy?.count ?? 0);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await connector(host.operationId, parameters).catch(unreached);
    const isLast = retryPolicy === undefined || attempt === attempts || !isTransient(answer.statusCode);
    if (isLast) return judge(answer, action.operationOptions !== 'DisableAsyncPattern', parameters);
    await run.pause(waitBefore(attempt, retryPolicy, answer));
  }
}
