import { classifyError } from '../../../plugins-proxy/src/platform/errors/classify-error';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { createCircuit } from '../../../plugins-proxy/src/platform/http-client/circuit';
import { withRetries } from '../../../plugins-proxy/src/platform/http-client/with-retries';

const away = (): IntegrationError =>
  new IntegrationError('Jira is not available just now (503).', {
    code: 'jira-unavailable',
    errorClass: 'transient',
    status: 503,
    connectionId: 'c',
  });
const noPauses = { sleep: async () => undefined, random: () => 0 };

describe('the circuit before a site', () => {
  let at = 0;
  let calls = 0;
  let failure: Error | null = null;
  let circuit = createCircuit(() => at);
  const site = async (): Promise<string> => {
    calls += 1;
    if (failure !== null) throw failure;
    return 'answer';
  };
  const call = (): Promise<unknown> => circuit(site).catch((error: unknown) => error);
  beforeEach(() => {
    at = 0;
    calls = 0;
    failure = away();
    circuit = createCircuit(() => at);
  });
  const open = async (): Promise<void> => {
    for (let n = 0; n < 8; n += 1) await call();
    expect(calls).toBe(8);
  };

  test('opens after eight tries that found nobody: calls fail at once, as the last one did, and are not repeated', async () => {
    await open();
    await expect(withRetries(() => circuit(site), true, noPauses)).rejects.toMatchObject({
      code: 'jira-unavailable',
      errorClass: 'transient',
      status: 503,
      connectionId: 'c',
    });
    expect(calls).toBe(8);
  });

  test('R-1613 opens after two calls in a row that waited until their time was over, as each has held a worker for so long', async () => {
    const cause = Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
    const late = classifyError(cause, 'Jira');
    expect(late.code).toBe('jira-unavailable');
    const answers = [late, null, late, late];
    for (const answer of answers) {
      failure = answer;
      await call();
    }
    expect(calls).toBe(4);
    expect(await call()).toMatchObject({ code: 'jira-unavailable' });
    expect(calls).toBe(4);
  });

  test('lets one call try after a second, and all of them once it was answered', async () => {
    await open();
    at += 999;
    await call();
    expect(calls).toBe(8);
    at += 1;
    await Promise.all([call(), call(), call()]);
    expect(calls).toBe(9);
    failure = null;
    at += 1_000;
    expect(await call()).toBe('answer');
    expect(await Promise.all([call(), call()])).toEqual(['answer', 'answer']);
    expect(calls).toBe(12);
  });

  test('a site that does not answer at all holds up one call, not all', async () => {
    await open();
    at += 60_000;
    let answer: (text: string) => void = () => undefined;
    const held = circuit(() => new Promise<string>((resolve) => (answer = resolve)));
    at += 60_000;
    expect(await call()).toMatchObject({ code: 'jira-unavailable' });
    expect(calls).toBe(8);
    answer('late');
    expect(await held).toBe('late');
    failure = null;
    expect(await call()).toBe('answer');
  });

  test('stays closed for what an answering site says, and for failures with an answer in between', async () => {
    for (let n = 0; n < 20; n += 1) {
      failure = n % 4 === 3 ? new IntegrationError('No.', { code: 'jira-refused', errorClass: 'permanent' }) : away();
      await call();
    }
    expect(calls).toBe(20);
  });

  test('keeps nobody out for longer because the clock was put back', async () => {
    await open();
    at -= 3_600_000;
    await call();
    expect(calls).toBe(9);
  });
});
