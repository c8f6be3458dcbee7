import { BudgetStatus, type CrmFacts, DRIFT_FIELDS, drift, type JiraFacts } from '@crmjira/domain';
import { cad, World } from '../plan/world';

/** A linked project with 368 hours at 125.00, both sides in agreement. */
function inAgreement(): { crm: CrmFacts; jira: Extract<JiraFacts, { state: 'found' }> } {
  const world = new World(250_000);
  world.settle();
  const jira = world.jira();
  if (jira.state !== 'found' || jira.budget === null) throw new Error('the world did not provision');
  return { crm: world.crm(), jira };
}

type Mapping = NonNullable<CrmFacts['mapping']>;

const withMapping = (crm: CrmFacts, over: Partial<Mapping>): CrmFacts => {
  if (crm.mapping === null) throw new Error('not linked');
  return { ...crm, mapping: { ...crm.mapping, ...over } };
};

const differing = (crm: CrmFacts, jira: JiraFacts) =>
  drift(crm, jira)
    .filter((line) => line.differs)
    .map(({ field, crm: ours, jira: theirs, endedBy }) => ({ field, ours, theirs, endedBy }));

describe('drift, field by field (R-1506)', () => {
  test('two sides in agreement are compared in every field and differ in none', () => {
    const { crm, jira } = inAgreement();
    const lines = drift(crm, jira);
    expect(lines.map(({ field }) => field)).toEqual([...DRIFT_FIELDS]);
    expect(lines.filter((line) => line.differs || line.since !== null)).toEqual([]);
  });

  test('one cent is a difference, as the tolerance is 0.00', () => {
    const { crm, jira } = inAgreement();
    const changed = { ...jira, budget: { ...jira.budget!, spent: cad('0.01') } };
    expect(differing(crm, changed)).toEqual([
      { field: 'spent', ours: '$0.00 CAD', theirs: '$0.01 CAD', endedBy: 'takes-jira' },
      { field: 'remaining', ours: '$250,000.00 CAD', theirs: '$249,999.99 CAD', endedBy: 'takes-jira' },
    ]);
  });

  test('a budget that Jira keeps itself and that somebody changed there is for a person to decide', () => {
    const { crm, jira } = inAgreement();
    const changed = { ...jira, budget: { ...jira.budget!, amount: cad(260_000) } };
    expect(differing(crm, changed)).toEqual([
      { field: 'approved', ours: '$250,000.00 CAD', theirs: '$260,000.00 CAD', endedBy: 'person' },
      { field: 'remaining', ours: '$250,000.00 CAD', theirs: '$260,000.00 CAD', endedBy: 'person' },
    ]);
  });

  test('without an amount in Jira the field of the root issue is compared, and remaining follows the approved amount', () => {
    const { crm, jira } = inAgreement();
    const computed = {
      ...jira,
      budget: { ...jira.budget!, amount: null, spent: cad(46_000) },
      rootIssue: { ...jira.rootIssue!, approvedAmount: 200_000 },
    };
    expect(differing(withMapping(crm, { spent: cad(46_000), remaining: cad(204_000) }), computed)).toEqual([
      { field: 'approved', ours: '$250,000.00 CAD', theirs: '$200,000.00 CAD', endedBy: 'takes-crm' },
    ]);
  });

  test('status is compared by the label that Jira has for it, Overbudget in one word', () => {
    const { crm, jira } = inAgreement();
    const over = withMapping(crm, { status: BudgetStatus.OverBudget });
    const labelled = (budgetStatus: string) => ({ ...jira, rootIssue: { ...jira.rootIssue!, budgetStatus } });
    expect(differing(over, labelled('Overbudget'))).toEqual([]);
    expect(differing(over, labelled('Active'))).toEqual([
      { field: 'status', ours: 'Overbudget', theirs: 'Active', endedBy: 'takes-crm' },
    ]);
  });

  test('a project whose key was changed in Jira differs in its key', () => {
    const { crm, jira } = inAgreement();
    const renamed = { ...jira, project: { ...jira.project, key: 'ACME' } };
    expect(differing(crm, renamed)).toMatchObject([{ field: 'key', theirs: 'ACME', endedBy: 'takes-jira' }]);
  });

  test('existence is compared on both sides', () => {
    const { crm, jira } = inAgreement();
    expect(differing(crm, { state: 'deleted', projectId: '10150' })).toEqual([
      { field: 'existence', ours: 'exists', theirs: 'no project 10150', endedBy: 'person' },
    ]);
    expect(differing({ ...crm, opportunity: null }, jira)).toEqual([
      { field: 'existence', ours: 'opportunity deleted', theirs: 'exists', endedBy: 'person' },
    ]);
    expect(differing(crm, { state: 'absent', freeKey: 'CRMX', nameTaken: false })).toMatchObject([
      { field: 'existence', endedBy: 'takes-crm' },
    ]);
  });

  test('R-1506 a linked project whose budget is gone differs; a completed one has its figures', () => {
    const { crm, jira } = inAgreement();
    const bare = { ...jira, budget: null };
    expect(differing(crm, bare)).toEqual([
      { field: 'existence', ours: 'exists', theirs: 'no budget', endedBy: 'person' },
    ]);
    expect(differing(withMapping(crm, { completedOn: '2025-06-15T16:00:00Z' }), bare)).toEqual([]);
  });

  test('a difference is as old as the last agreement at most', () => {
    const { crm, jira } = inAgreement();
    const apart = withMapping(crm, { spent: cad(1), lastSyncOn: '2025-01-17T09:00:00Z' });
    const lines = drift(apart, jira);
    expect(lines.find(({ field }) => field === 'spent')?.since).toBe('2025-01-17T09:00:00Z');
    expect(lines.find(({ field }) => field === 'key')?.since).toBeNull();
  });

  test('what the next run would leave alone is for a person', () => {
    const { crm, jira } = inAgreement();
    const lines = drift(withMapping(crm, { spent: cad(1) }), jira, false);
    expect(lines.find(({ field }) => field === 'spent')?.endedBy).toBe('person');
  });

  test('an opportunity that is not linked has nothing to compare', () => {
    const { crm } = inAgreement();
    expect(drift({ ...crm, mapping: null }, { state: 'not-read' })).toEqual([]);
  });
});
