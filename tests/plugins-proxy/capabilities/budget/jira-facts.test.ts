import { z } from 'zod';
import type { CrmFacts, JiraFacts, MappingFacts } from '../../../../domain/src/budget/plan/facts';
import { DEFAULT_KEY_PATTERN, parseKeyPattern } from '../../../../domain/src/index';
import type { Policy } from '../../../../domain/src/budget/plan/policy';
import { money } from '../../../../domain/src/money/money';
import type { BudgetSource } from '../../../../plugins-proxy/src/capabilities/budget/source/budget-source';
import { chooseSource } from '../../../../plugins-proxy/src/capabilities/budget/source/choose-source';
import { noRecentIssues } from '../../../../plugins-proxy/src/capabilities/budget/source/computed/recent-issues';
import { conversionBy } from '../../../../plugins-proxy/src/capabilities/budget/source/convert-money';
import { createProject } from '../../../../plugins-proxy/src/clients/jira/create-project';
import { path } from '../../../../plugins-proxy/src/platform/http-client/path';
import { projectOfIssue } from '../../../../plugins-proxy/src/clients/jira/project-of-issue';
import { readJiraFacts } from '../../../../plugins-proxy/src/capabilities/budget/read/read-jira-facts';
import { memoizeFields } from '../../../../plugins-proxy/src/clients/jira/resolve-fields';
import { createRootIssue, updateRootIssue } from '../../../../plugins-proxy/src/clients/jira/root-issue';
import {
  readRootIssueRecord,
  writeRootIssueRecord,
} from '../../../../plugins-proxy/src/clients/jira/root-issue-record';
import {
  applyRootIssue,
  changedByHand,
} from '../../../../plugins-proxy/src/capabilities/budget/reconcile/apply-root-issue';
import { fakeDataverse } from '../../fake-dataverse';
import { type JiraStandIn, jiraStandIn } from '../../jira-stand-in';

const opportunityId = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const reference = 'CRM-202501-A1B2C3D4';
const name = 'Digital Transformation Project - Acme Corp';
const ownership = { opportunityId, reference, organization: '5a8d2c1e-0000-4000-8000-00000000c0de' };
const created = z.object({ id: z.union([z.string(), z.number()]).transform(String) });

// Only what the reader looks at.
const opportunity = {
  id: opportunityId,
  name,
  state: 'open',
  budgetAmount: money(25_000_000, 'CAD'),
  projectBudget: null,
  integrationReference: null,
  jiraProjectKey: null,
};
const mapping = {
  projectId: null,
  projectKey: 'CRMWYVLZZJ',
  reference,
  provisioningState: 1,
  approved: money(25_000_000, 'CAD'),
};
const policy = { budgetThreshold: 10_000 } as Policy;

function factsOf(over: Partial<MappingFacts> | null): CrmFacts {
  return {
    opportunityId,
    commands: [],
    opportunity,
    mapping: over === null ? null : { ...mapping, ...over },
  } as unknown as CrmFacts;
}

describe.each(['cloud', 'dc'] as const)('the facts of Jira (%s)', (deployment) => {
  let standIn: JiraStandIn;
  const sourceOf = (kind: Parameters<typeof chooseSource>[0]) =>
    chooseSource(
      kind,
      { id: 'c', site: standIn.site, config: null },
      { recent: noRecentIssues, tempo: null, settings: () => null },
    );
  let fields: ReturnType<typeof memoizeFields>;
  beforeEach(async () => {
    standIn = await jiraStandIn(deployment);
    fields = memoizeFields(standIn.site);
    issueTypes = null;
  });
  afterEach(() => standIn.close());

  const api = (): string => standIn.site.profile.api;
  let issueTypes: readonly string[] | null = null;
  let now = new Date('2025-01-17T23:58:00Z');
  const read = (
    over: Partial<MappingFacts> | null,
    source: 'computed' | 'budget-module' | BudgetSource = 'computed',
    crm: Partial<CrmFacts> = {},
  ): Promise<JiraFacts> =>
    readJiraFacts(
      {
        site: standIn.site,
        source: typeof source === 'string' ? sourceOf(source) : source,
        fields: () => fields({}),
        policy,
        issueTypes,
        keyPattern: parseKeyPattern(DEFAULT_KEY_PATTERN),
        refusedKeys: new Set(),
        mayBeLinked: async () => true,
        fresh: false,
        thorough: false,
        now: () => now,
        history: async () => [],
        pricing: {
          hourlyRate: money(12_500, 'CAD'),
          convert: conversionBy(new Map([['CAD', 1]])),
          ownRateAccounts: new Set('*'),
        },
      },
      { ...factsOf(over), ...crm },
    );
  const provision = async (): Promise<void> => {
    await createProject(
      standIn.site,
      { kind: 'jira.create-project', key: 'CRMWYVLZZJ', name, description: 'Complete', ownership },
      { typeKey: 'software', templateKey: null, categoryId: null },
    );
    const rootFields = { opportunityId, accountId: null, budgetStatus: 'Draft', approvedAmount: 250_000 };
    await createRootIssue(standIn.site, { projectId: '10150', summary: name, fields: rootFields }, await fields({}));
  };
  const found = async (
    over: Partial<MappingFacts> = { projectId: '10150' },
    source: 'computed' | 'budget-module' | BudgetSource = 'computed',
  ) => {
    const facts = await read(over, source);
    if (facts.state !== 'found') throw new Error(`expected the project, got ${facts.state}`);
    return facts;
  };
  const newIssue = async (body: Record<string, unknown> = {}): Promise<string> => {
    const fieldsOf = { project: { id: '10150' }, issuetype: { name: 'Story' }, summary: 'Work', ...body };
    const call = { method: 'POST', path: `${api()}/issue`, body: { fields: fieldsOf }, schema: created } as const;
    return (await standIn.site.http.call(call)).id;
  };
  const log = async (issue: string, seconds: number, rate?: number): Promise<string> => {
    const worklog = await standIn.site.http.call({
      method: 'POST',
      path: api() + path`/issue/${issue}/worklog`,
      body: {
        timeSpentSeconds: seconds,
        started: '2025-01-20T09:00:00.000+0000',
        comment: deployment === 'cloud' ? { type: 'doc', version: 1, content: [] } : '',
      },
      schema: created,
    });
    if (rate !== undefined)
      await standIn.site.http.call({
        method: 'PUT',
        path: api() + path`/issue/${issue}/worklog/${worklog.id}/properties/crmjira.billing`,
        body: { rate, currency: 'CAD' },
        schema: z.unknown(),
      });
    return worklog.id;
  };

  test('in an empty Jira are the first free key (E1.3)', async () => {
    expect(await read(null)).toEqual({ state: 'absent', freeKey: 'CRMWYVLZZJ', nameTaken: false });
  });

  test('R-505 tell when the reading of the figures ended', async () => {
    await provision();
    now = new Date('2025-01-17T23:58:00Z');
    const computed = sourceOf('computed');
    const slow: BudgetSource = {
      ...computed,
      read: async (request) => {
        const figures = await computed.read(request);
        // What Jira's limits have made it wait.
        now = new Date('2025-01-18T00:03:00Z');
        return figures;
      },
    };
    expect((await found({ projectId: '10150' }, slow)).budget?.readOn).toBe('2025-01-18T00:03:00.000Z');
  });

  test('of a provisioned project hold its owner, its root issue and a budget of nothing spent', async () => {
    await provision();
    expect(await found()).toMatchObject({
      project: { id: '10150', key: 'CRMWYVLZZJ', name, ownership, archived: false, issuesDone: 0, issuesOpen: 1 },
      rootIssue: { opportunityId, accountId: null, budgetStatus: 'Draft', approvedAmount: 250_000 },
      budget: { id: 'COMPUTED-10150', amount: null, spent: money(0, 'CAD'), hours: 0 },
    });
  });

  test('are found again by the announced key before the mapping knows the id', async () => {
    await provision();
    expect((await found({})).project.id).toBe('10150');
  });

  test('without a mapping lead to announcing the key of the project that is ours (R-405)', async () => {
    await provision();
    expect(await read(null)).toEqual({ state: 'absent', freeKey: 'CRMWYVLZZJ', nameTaken: false });
  });

  test('price worklogs of all issues, beyond the twenty that an issue embeds, by rate order (R-507, R-606)', async () => {
    await provision();
    const issue = await newIssue();
    for (let n = 0; n < 24; n += 1) await log(issue, 3_600);
    await log(await newIssue(), 28_800, 100);
    const { budget, project } = await found();
    expect(budget).toMatchObject({ spent: money(24 * 12_500 + 80_000, 'CAD'), hours: 32 });
    expect(project).toMatchObject({ issuesOpen: 3 });
  });

  test('R-509 count the issue types that are set, all by default; the root issue is found whatever its type', async () => {
    await provision();
    const done = { issuetype: { name: 'Bug' } };
    await log(await newIssue(done), 3_600);
    await log(await newIssue(), 7_200);
    expect(await found()).toMatchObject({ budget: { hours: 3 }, project: { issuesOpen: 3 } });
    issueTypes = ['story', 'Sub-task'];
    expect(await found()).toMatchObject({
      budget: { hours: 2, spent: money(25_000, 'CAD') },
      project: { issuesOpen: 1 },
      rootIssue: { opportunityId },
    });
  });

  test('follow a deleted worklog and a deleted issue (R-517)', async () => {
    await provision();
    const issue = await newIssue();
    const worklog = await log(issue, 3_600);
    await log(issue, 7_200);
    const remove = (at: string) => standIn.site.http.call({ method: 'DELETE', path: api() + at, schema: z.unknown() });
    await remove(path`/issue/${issue}/worklog/${worklog}`);
    expect((await found()).budget?.hours).toBe(2);
    expect(await projectOfIssue(standIn.site, issue)).toBe('10150');
    await remove(path`/issue/${issue}`);
    expect((await found()).budget?.hours).toBe(0);
    expect(await projectOfIssue(standIn.site, issue)).toBeNull();
  });

  test('R-517 a deleted root issue is gone; one whose creation was cut off before it was remembered is its successor', async () => {
    await provision();
    const { rootIssue: first } = await found();
    await standIn.site.http.call({
      method: 'DELETE',
      path: api() + path`/issue/${first?.id ?? ''}`,
      schema: z.unknown(),
    });
    expect((await found()).rootIssue).toBeNull();
    // An issue of somebody's, without the opportunity's id, is none.
    await newIssue();
    expect((await found()).rootIssue).toBeNull();
    const ids = await fields({});
    const second = await newIssue({ [ids.opportunityId]: opportunityId, [ids.approvedAmount]: 250_000 });
    expect((await found()).rootIssue).toMatchObject({ id: second, opportunityId, approvedAmount: 250_000 });
    expect((await readRootIssueRecord(standIn.site, '10150'))?.id).toBe(first?.id);
  });

  test('R-517 a root issue that was moved away is the other project’s; it is no longer looked at', async () => {
    await provision();
    const { rootIssue: ours } = await found();
    await createProject(
      standIn.site,
      {
        kind: 'jira.create-project',
        key: 'CRMOTHERXX',
        name: 'Other',
        description: '',
        ownership: { ...ownership, opportunityId: 'b1b2c3d4-e5f6-7890-abcd-ef1234567890' },
      },
      { typeKey: 'software', templateKey: null, categoryId: null },
    );
    const moved = await newIssue({ project: { id: '10151' } });
    const state = { opportunityId, accountId: null, budgetStatus: 'Draft', approvedAmount: 1 };
    await writeRootIssueRecord(standIn.site, '10150', { id: moved, known: [] }, state);
    expect((await found()).rootIssue?.id).toBe(ours?.id);
  });

  test('show a root issue changed by hand, and what puts it back', async () => {
    await provision();
    const before = await found();
    const id = before.rootIssue?.id ?? '';
    const ids = await fields({});
    await updateRootIssue(standIn.site, id, { approvedAmount: 999, budgetStatus: 'Active' }, ids);
    expect((await found()).rootIssue).toMatchObject({ approvedAmount: 999, budgetStatus: 'Active' });
    await updateRootIssue(standIn.site, id, { approvedAmount: 250_000 }, ids);
    expect((await found()).rootIssue).toMatchObject({ approvedAmount: 250_000, budgetStatus: 'Active' });
  });

  test('R-517 the project remembers a successor from the first write to it on, also where its values are those of before', async () => {
    await provision();
    const ids = await fields({});
    const wished = { opportunityId, accountId: null, budgetStatus: 'Draft', approvedAmount: 250_000 };
    const issueId = await newIssue({ [ids.opportunityId]: opportunityId, [ids.approvedAmount]: 1 });
    const subject = { mappingId: opportunityId, projectKey: 'CRMWYVLZZJ', opportunityId };
    await applyRootIssue(
      fakeDataverse(),
      standIn.site,
      {
        kind: 'jira.update-root-issue',
        projectId: '10150',
        issueId,
        found: { approvedAmount: 1 },
        fields: { approvedAmount: 250_000 },
        wished,
        subject,
      },
      ids,
      { correlationId: 'c', durationMs: 1, now: '2025-01-20T17:30:00Z' },
    );
    expect(await readRootIssueRecord(standIn.site, '10150')).toEqual({ id: issueId, known: [wished] });
    expect((await found()).rootIssue).toMatchObject({ id: issueId, approvedAmount: 250_000 });
  });

  test('R-517 a write to the root issue that is tried again makes no value of ours a stranger’s', async () => {
    await provision();
    const state = { opportunityId: 'o', accountId: null, budgetStatus: 'Draft', approvedAmount: 1 };
    const wished = { ...state, budgetStatus: 'Active' };
    const memory = async () => (await readRootIssueRecord(standIn.site, '10150')) ?? { id: '1', known: [] };
    expect(changedByHand({ budgetStatus: null }, wished, [])).toEqual([]);
    await writeRootIssueRecord(standIn.site, '10150', { id: '1', known: [] }, state);
    for (let attempt = 0; attempt < 3; attempt += 1)
      await writeRootIssueRecord(standIn.site, '10150', await memory(), wished);
    const { known } = await memory();
    expect(known).toEqual([state, wished]);
    expect(changedByHand({ budgetStatus: 'Draft', approvedAmount: 1 }, wished, known)).toEqual([]);
    expect(changedByHand({ budgetStatus: null, approvedAmount: 1 }, wished, known)).toEqual([
      'Budget Status was nothing, Dynamics has Active',
    ]);
  });

  test('are "deleted" for a project that is gone', async () => {
    expect(await read({ projectId: '4711' })).toEqual({ state: 'deleted', projectId: '4711' });
  });

  test('find the project of an opportunity that was deleted while it was being created, if it is ours (F-507)', async () => {
    await provision();
    const announced = { projectId: null, projectKey: 'CRMWYVLZZJ' };
    expect(await read(announced, 'computed', { opportunity: null })).toMatchObject({
      state: 'found',
      project: { id: '10150', key: 'CRMWYVLZZJ' },
    });
    const another = { opportunity: null, opportunityId: 'b1b2c3d4-e5f6-7890-abcd-ef1234567890' };
    expect(await read(announced, 'computed', another)).toEqual({ state: 'not-read' });
    expect(await read({ ...announced, projectKey: 'CRMNOTHING' }, 'computed', { opportunity: null })).toEqual({
      state: 'not-read',
    });
  });

  test('come from the contract of the budget module as well (R-513)', async () => {
    await provision();
    expect((await found({ projectId: '10150' }, 'budget-module')).budget).toBeNull();
    await sourceOf('budget-module').create({
      kind: 'budget.create',
      projectId: '10150',
      projectKey: 'CRMWYVLZZJ',
      name: `Budget for ${name}`,
      amount: money(25_000_000, 'CAD'),
      from: '2025-01-15',
      to: '2026-01-15',
    });
    await log(await newIssue(), 28_800);
    const { budget } = await found({ projectId: '10150' }, 'budget-module');
    expect(budget).toMatchObject({
      id: 'BUD-12345',
      amount: money(25_000_000, 'CAD'),
      spent: money(100_000, 'CAD'),
      hours: 8,
    });
    await sourceOf('budget-module').setAmount({
      kind: 'budget.set-amount',
      budgetId: 'BUD-12345',
      projectId: '10150',
      amount: money(30_000_000, 'CAD'),
    });
    expect((await found({ projectId: '10150' }, 'budget-module')).budget?.amount).toEqual(money(30_000_000, 'CAD'));
  });
});
