import type { BudgetFacts } from '../../../../domain/src/budget/plan/facts';
import { money, moneyFromDecimal } from '../../../../domain/src/money/money';
import type {
  BudgetRequest,
  BudgetSource,
} from '../../../../plugins-proxy/src/capabilities/budget/source/budget-source';
import { chooseSource } from '../../../../plugins-proxy/src/capabilities/budget/source/choose-source';
import { noRecentIssues } from '../../../../plugins-proxy/src/capabilities/budget/source/computed/recent-issues';
import { conversionBy } from '../../../../plugins-proxy/src/capabilities/budget/source/convert-money';
import { connectTempo } from '../../../../plugins-proxy/src/capabilities/budget/source/tempo-cloud/connect-tempo';
import { classifyError } from '../../../../plugins-proxy/src/platform/errors/classify-error';
import { createJiraHttp } from '../../../../plugins-proxy/src/clients/jira/jira-http';
import type { JiraSite } from '../../../../plugins-proxy/src/clients/jira/jira-site';
import { cloudProfile } from '../../../../plugins-proxy/src/clients/jira/profile';
import { readIssues } from '../../../../plugins-proxy/src/clients/jira/read-issues';
import { memoizeFields } from '../../../../plugins-proxy/src/clients/jira/resolve-fields';
import { redactNothing } from '../../../../plugins-proxy/src/platform/log/redact';
import { unchanging } from '../../../../plugins-proxy/src/platform/secrets/renewable';
import type { Jira } from '../../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from '../../../sandbox/jira/call-jira';
import { API_TOKEN, EMAIL, listenJira, NOW } from '../../../sandbox/jira/start-jira';
import { type Answer, recordedServer } from '../../recorded-server';

const tempoToken = 'tempo-token-of-the-tests';
const cad = (major: number) => moneyFromDecimal(major, 'CAD');
const convert = conversionBy(
  new Map([
    ['CAD', 1],
    ['USD', 0.75],
  ]),
);
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A source at an address that answers for Jira and for Tempo. */
function sourceAt(kind: BudgetSource['kind'], url: string): { source: BudgetSource; site: JiraSite } {
  const credentials = { kind: 'basic', email: EMAIL, apiToken: API_TOKEN } as const;
  const http = createJiraHttp({ url, credentials, timeoutMs: 5_000 });
  const site = { http, url, profile: cloudProfile };
  const tempo = connectTempo(url, unchanging({ kind: 'bearer', pat: tempoToken }), 5_000, () => NOW, redactNothing);
  stops.push(http.close, tempo.http.close);
  return {
    site,
    source: chooseSource(
      kind,
      { id: 'c', site, config: null },
      { recent: noRecentIssues, tempo, settings: () => null },
    ),
  };
}

/** What is the same for all, and what a source keeps of its own. */
const kinds: readonly { kind: BudgetSource['kind']; keepsAmount: boolean }[] = [
  { kind: 'budget-module', keepsAmount: true },
  { kind: 'tempo-cloud', keepsAmount: true },
  { kind: 'computed', keepsAmount: false },
];

describe.each(kinds)('budget source $kind (R-513)', ({ kind, keepsAmount }) => {
  let jira: Jira;
  let source: BudgetSource;
  let site: JiraSite;
  let projectId: string;
  let issue: string;
  const projectKey = 'CRMWYVLZZJ';

  beforeEach(async () => {
    const listening = await listenJira({ tempoToken, defaultHourlyRate: 125 });
    jira = listening.jira;
    stops.push(jira.close);
    ({ source, site } = sourceAt(kind, listening.url));
    projectId = await makeProject(jira);
    issue = (await makeIssue(jira, { timetracking: { originalEstimate: '100h' } })).id;
  });

  const create = (amount = cad(250_000)): Promise<void> =>
    source.create({
      kind: 'budget.create',
      projectId,
      projectKey,
      name: 'Budget for Acme',
      amount,
      from: '2025-01-15',
      to: '2026-01-15',
    });
  const setAmount = (budgetId: string, amount = cad(300_000)): Promise<void> =>
    source.setAmount({ kind: 'budget.set-amount', budgetId, projectId, amount });
  async function readOrNull(over: Partial<BudgetRequest> = {}): Promise<BudgetFacts | null> {
    const { all: issues } = await readIssues(site, projectId, await memoizeFields(site)({}));
    return source.read({
      projectId,
      projectKey,
      currency: 'CAD',
      hourlyRate: cad(125),
      convert,
      ownRateAccounts: new Set('*'),
      issues,
      ...over,
    });
  }
  async function read(over: Partial<BudgetRequest> = {}): Promise<BudgetFacts> {
    const facts = await readOrNull(over);
    if (facts === null) throw new Error('no budget');
    return facts;
  }
  const billed = (rate: number) => ({ properties: [{ key: 'crmjira.billing', value: { rate, currency: 'CAD' } }] });

  test('a budget that is created is read back, with nothing spent', async () => {
    if (keepsAmount) expect(await readOrNull()).toBeNull();
    await create();
    expect(await read()).toMatchObject({
      id: { 'budget-module': 'BUD-12345', 'tempo-cloud': '700001', computed: `COMPUTED-${projectId}` }[kind],
      amount: keepsAmount ? cad(250_000) : null,
      spent: cad(0),
      hours: 0,
    });
  });

  test('its amount is set, and creating it again after a cut changes nothing', async () => {
    await create();
    const { id } = await read();
    await setAmount(id);
    expect(await read()).toMatchObject({ id, amount: keepsAmount ? cad(300_000) : null });
    if (kind === 'tempo-cloud') {
      // Cut off between the project and its budget: not a budget yet, and not a second project.
      const [project] = jira.site.tempoProjects.all();
      if (project) jira.site.tempoProjects.put({ ...project, budget: null });
      expect(await readOrNull()).toBeNull();
      await create();
      expect(jira.site.tempoProjects.size).toBe(1);
      expect(await read()).toMatchObject({ id, amount: cad(250_000) });
    }
  });

  test('work is priced by its own rate, else by the project’s, and leaves with its worklog (R-507)', async () => {
    await create();
    await logWork(jira, issue, 360 * 3_600, { started: '2025-01-17T09:00:00.000+0000' });
    const last = await logWork(jira, issue, 8 * 3_600, billed(125));
    expect(await read()).toMatchObject({ spent: cad(46_000), hours: 368 });
    await call(jira, 'PUT', `/rest/api/2/issue/${issue}/worklog/${last.body.id}/properties/crmjira.billing`, {
      rate: 150.5,
      currency: 'CAD',
    });
    expect((await read()).spent).toEqual(cad(46_204));
    await call(jira, 'DELETE', `/rest/api/2/issue/${issue}/worklog/${last.body.id}`);
    expect(await read()).toMatchObject({ spent: cad(45_000), hours: 360 });
  });

  test('hours and estimates come with the figures, fractions of an hour too', async () => {
    await create();
    await logWork(jira, issue, 5_400);
    expect(await read()).toMatchObject({
      hours: 1.5,
      spent: cad(187.5),
      remainingEstimateHours: 98.5,
      doneFraction: 0.015,
    });
  });

  test('figures are given in the mapping’s currency', async () => {
    await create(cad(1_000));
    await logWork(jira, issue, 8 * 3_600);
    const facts = await read({ currency: 'USD' });
    expect(facts.spent).toEqual(money(75_000, 'USD'));
    expect(facts.amount).toEqual(keepsAmount ? money(75_000, 'USD') : null);
  });

  test('the period of the budget is kept where the source has one', async () => {
    await create();
    const kept = {
      'budget-module': jira.site.budgets.all().map(({ from, to }) => [from, to]),
      'tempo-cloud': jira.site.tempoProjects.all().map(({ timeframe }) => [timeframe?.startDate, timeframe?.endDate]),
      // Its period lives in Dynamics alone.
      computed: [['2025-01-15', '2026-01-15']],
    }[kind];
    expect(kept).toEqual([['2025-01-15', '2026-01-15']]);
  });

  test('E2-C: an amount that somebody changed there is reported as it is, for the discrepancy (R-512, R-519)', async () => {
    await create();
    const { id } = await read();
    await setAmount(id, cad(300_000));
    await logWork(jira, issue, 2_080 * 3_600);
    expect(await read()).toMatchObject({ amount: keepsAmount ? cad(300_000) : null, spent: cad(260_000) });
  });

  test('history, where it is kept, adds up to what was spent', async () => {
    await create();
    await logWork(jira, issue, 3_600, { started: '2025-01-17T09:00:00.000+0000' });
    await logWork(jira, issue, 7_200, { started: '2025-01-16T09:00:00.000+0000' });
    const { history, spent, hours } = await read();
    if (kind === 'budget-module') return expect(history).toEqual([]);
    expect(history.map(({ day }) => day)).toEqual(['2025-01-16', '2025-01-17']);
    expect(history.at(-1)).toEqual({ day: '2025-01-17', spent, hours });
    return undefined;
  });

  test('R-105 R-505 a project whose key is renamed keeps its budget and its figures', async () => {
    await create();
    const { id: budgetId } = await read();
    await logWork(jira, issue, 8 * 3_600);
    const renamed = await call(jira, 'PUT', `/rest/api/3/project/${projectId}`, { key: 'ACME' });
    expect(renamed.status).toBe(200);
    const facts = await read({ projectKey: 'ACME', budgetId });
    expect(facts).toMatchObject({ id: budgetId, spent: cad(1_000), amount: keepsAmount ? cad(250_000) : null });
  });

  test('a budget that is gone is no budget, not an error (404)', async () => {
    await create();
    await read();
    for (const { id } of jira.site.budgets.all()) jira.site.budgets.delete(id);
    for (const { id } of jira.site.tempoProjects.all()) jira.site.tempoProjects.delete(id);
    expect((await readOrNull()) === null).toBe(keepsAmount);
  });

  test('R-1501 says whether it answers, by a call that reads next to nothing; what lies in Jira needs none', async () => {
    if (kind === 'computed') return expect(source.probe).toBeUndefined();
    await expect(source.probe?.()).resolves.toBeDefined();
    const server = await recordedServer(() => ({ status: 401, body: {} }));
    stops.push(server.close);
    const refused = sourceAt(kind, server.url).source.probe?.();
    await expect(refused).rejects.toMatchObject({
      code: kind === 'tempo-cloud' ? 'tempo-credentials' : 'jira-credentials',
    });
    expect(server.seen.map(({ method }) => method)).toEqual(['GET']);
  });

  test.each([
    ['a page of a gateway', { status: 404, body: '<html>default backend</html>' }, false],
    ['JSON of a gateway', { status: 404, body: { error: 'no route' } }, false],
    [
      'Jira that has no such address',
      { status: 404, body: { message: 'null for uri: /rest/x', 'status-code': 404 } },
      false,
    ],
    ['the module, which has no such project', { status: 404, body: { errorMessages: ['No project NONE.'] } }, true],
  ])('R-1501 R-513 a 404 of %s says whether the module is there', async (_who, answer: Answer, isThere) => {
    if (kind !== 'budget-module') return;
    const server = await recordedServer(() => answer);
    stops.push(server.close);
    const { source: asked } = sourceAt(kind, server.url);
    const request = { projectId, projectKey, currency: 'CAD', hourlyRate: cad(125), convert, issues: [] };
    if (isThere) {
      await expect(asked.probe?.()).resolves.toBeNull();
      expect(await asked.read(request)).toBeNull();
    } else {
      const missing = { code: 'budget-source-not-available', errorClass: 'configuration' };
      await expect(asked.probe?.()).rejects.toMatchObject(missing);
      // Nor is it taken for a project without a budget, for which one would be made.
      await expect(asked.read(request)).rejects.toMatchObject(missing);
    }
  });

  const failing = async (answer: Answer): Promise<unknown> => {
    const server = await recordedServer(() => answer);
    stops.push(server.close);
    const issues = [{ id: '1', key: 'A-1', fields: { timespent: 60 } }];
    return sourceAt(kind, server.url)
      .source.read({ projectId, projectKey, currency: 'CAD', hourlyRate: cad(125), convert, issues })
      .then(
        () => 'read',
        (error: unknown) => classifyError(error),
      );
  };

  test.each([
    ['of another shape', { body: { results: [{ id: [] }], values: 7, worklogs: 'none' } }, 'unexpected-answer'],
    ['with a sum that is a text', { body: [{ id: 1, projectKey, amount: '5' }] }, 'unexpected-answer'],
    ['that is a page', { body: '<html>Sign in</html>' }, /^(jira|tempo)-page$/],
    ['that refuses the token', { status: 401, body: {} }, /^(jira|tempo)-credentials$/],
  ])('an answer %s is an error that says so', async (_what, answer, code) => {
    const error = await failing(answer as Answer);
    expect(error).toMatchObject({
      code: typeof code === 'string' ? code : expect.stringMatching(code),
      // Nobody can tell whether the source has changed or something in between has answered: an administrator looks, and it is tried again.
      errorClass: 'configuration',
    });
    expect(String(error)).not.toContain(tempoToken);
  });
});

describe('Tempo Cloud 4 beside the contract', () => {
  test('expenses count, over several pages of work; a portfolio’s project is nobody’s', async () => {
    const { jira, url } = await listenJira({ tempoToken, defaultHourlyRate: 125 });
    stops.push(jira.close);
    const { source } = sourceAt('tempo-cloud', url);
    const projectId = await makeProject(jira);
    const issue = await makeIssue(jira, {});
    const tempo = (method: 'POST' | 'GET', path: string, body?: unknown) =>
      call(jira, method, path, body, { authorization: `Bearer ${tempoToken}` });
    const other = await makeProject(jira, 'OTHER', 'Other');
    await tempo('POST', '/4/projects', {
      name: 'Portfolio',
      scope: { type: 'JIRA_PROJECTS', reference: `${projectId},${other}` },
    });
    for (let n = 0; n < 60; n += 1)
      await tempo('POST', '/4/projects', { name: `P${n}`, scope: { type: 'FILTER', reference: String(n) } });
    const amount = cad(250_000);
    const action = {
      projectId,
      projectKey: 'CRMWYVLZZJ',
      name: 'Budget',
      amount,
      from: '2025-01-15',
      to: '2026-01-15',
    };
    await source.create({ kind: 'budget.create', ...action });
    for (let n = 0; n < 120; n += 1) await logWork(jira, issue.id, 3_600);
    const facts = () =>
      source.read({ projectId, projectKey: 'CRMWYVLZZJ', currency: 'CAD', hourlyRate: cad(999), convert, issues: [] });
    expect(await facts()).toMatchObject({ id: '700062', spent: cad(15_000), hours: 120 });
    await tempo('POST', '/4/projects/700062/expenses', { date: '2025-01-20', value: 99.95 });
    expect(await facts()).toMatchObject({ spent: cad(15_099.95), hours: 120 });
    // Counted by time: no costs, so that the project's rate prices it.
    const project = jira.site.tempoProjects.get('700062');
    if (project) jira.site.tempoProjects.put({ ...project, type: 'TIME_BASED' });
    expect(await facts()).toMatchObject({ spent: cad(119_979.95) });
  });

  test('without its token the source says what to set', () => {
    const http = createJiraHttp({
      url: 'http://localhost:1',
      credentials: { kind: 'bearer', pat: 'p' },
      timeoutMs: 100,
    });
    stops.push(http.close);
    const site = { http, url: '', profile: cloudProfile };
    expect(() =>
      chooseSource(
        'tempo-cloud',
        { id: 'c', site, config: null },
        { recent: noRecentIssues, tempo: null, settings: () => null },
      ),
    ).toThrow(/TEMPO_TOKEN/);
  });
});
