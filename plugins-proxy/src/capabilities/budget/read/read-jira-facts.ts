import {
  type CommandFacts,
  type CrmFacts,
  isCompletionCalledFor,
  isToBeProvisioned,
  type JiraFacts,
  type JiraProjectFacts,
  type KeyPattern,
  linkCommand,
  type MappingFacts,
  type OpportunityFacts,
  type Policy,
  type SnapshotFacts,
  projectName,
  targetOf,
  wishedCurrency,
} from '@crmjira/domain';
import type { BudgetRequest, BudgetSource } from '../source/budget-source';
import { lastKnownBudget } from '../source/computed/last-known-budget';
import { findProject, isNameTaken, searchProject } from '../../../clients/jira/find-project';
import type { OwnedProject } from '../../../clients/jira/owned-project';
import { type JiraSite, readMyself } from '../../../clients/jira/jira-site';
import { countedIssues, isDone, readIssues } from '../../../clients/jira/read-issues';
import { readMilestones } from '../../../clients/jira/read-milestones';
import type { FieldIds } from '../../../clients/jira/resolve-fields';
import { readRootIssue } from '../../../clients/jira/root-issue';
import { readRootIssueRecord } from '../../../clients/jira/root-issue-record';
import type { IssueAnswer } from '../../../clients/jira/wire/answers';
import { instantOf } from '../../../clients/jira/worklog-cache';

/** What the reader is given beside the facts of Dataverse. */
export interface JiraReading {
  readonly site: JiraSite;
  readonly source: BudgetSource;
  readonly fields: () => Promise<FieldIds>;
  readonly pricing: Pick<BudgetRequest, 'hourlyRate' | 'convert' | 'ownRateAccounts'>;
  readonly policy: Policy;
  /** Names of the issue types that count; null = all. */
  readonly issueTypes: readonly string[] | null;
  /** What the keys of our projects look like. */
  readonly keyPattern: KeyPattern;
  /** Keys refused in this run; see `searchProject`. */
  readonly refusedKeys: ReadonlySet<string>;
  /** Whether whoever gave a command may have this project linked. */
  readonly mayBeLinked: (command: CommandFacts, found: OwnedProject) => Promise<boolean>;
  /** A person has asked: nothing is taken from memory. */
  readonly fresh: boolean;
  /** The daily sync: what may have changed without a trace is compared with Jira (F-509). */
  readonly thorough: boolean;
  /** For the moment at which figures were read. */
  readonly now: () => Date;
  /** Snapshots of a mapping, oldest first; read only where Jira shows no history any more. */
  readonly history: (mapping: MappingFacts) => Promise<readonly SnapshotFacts[]>;
}

function countIssues(issues: readonly IssueAnswer[]): Pick<JiraProjectFacts, 'issuesDone' | 'issuesOpen'> {
  const issuesDone = issues.filter(isDone).length;
  return { issuesDone, issuesOpen: issues.length - issuesDone };
}

/** When one of the issues was last changed; null when none says so. */
function lastChange(issues: readonly IssueAnswer[]): string | null {
  const instants = issues.flatMap(({ fields: { updated } }) => (updated == null ? [] : [instantOf(updated)]));
  const newest = Math.max(...instants.filter(Number.isFinite));
  return Number.isFinite(newest) ? new Date(newest).toISOString() : null;
}

async function readFound(
  reading: JiraReading,
  opportunityId: string,
  { mapping, currency }: { readonly mapping: MappingFacts | null; readonly currency: string },
  { project, ownership }: OwnedProject,
): Promise<JiraFacts> {
  const { site, source } = reading;
  const [ids, remembered] = await Promise.all([
    reading.fields(),
    readRootIssueRecord(site, project.id, project.properties),
  ]);
  const rootIssueId = remembered?.id ?? null;
  const whole = reading.fresh || reading.thorough;
  const [read, milestones] = await Promise.all([
    readIssues(site, project.id, ids, { exactId: rootIssueId, whole }),
    readMilestones(site, project),
  ]);
  const issues = read.all;
  const archived = project.archived === true;
  const hidden = archived && issues.length === 0;
  const counted = countedIssues(issues, reading.issueTypes);
  const [root, budget] = await Promise.all([
    readRootIssue(site, project.id, opportunityId, ids, read, rootIssueId),
    hidden && mapping !== null && source.kind === 'computed'
      ? reading.history(mapping).then((history) => lastKnownBudget(mapping, history))
      : source.read({
          projectId: project.id,
          projectKey: project.key,
          budgetId: mapping?.budgetId ?? null,
          lastKnown: mapping,
          currency,
          issues: counted,
          fresh: reading.fresh,
          thorough: reading.thorough,
          ...reading.pricing,
        }),
  ]);
  const counts = hidden
    ? { issuesDone: mapping?.details.crmjira_issues_done ?? 0, issuesOpen: mapping?.details.crmjira_issues_open ?? 0 }
    : countIssues(counted);
  return {
    state: 'found',
    budget: budget === null ? null : { ...budget, readOn: reading.now().toISOString() },
    rootIssue: root?.facts ?? null,
    project: {
      id: project.id,
      key: project.key,
      name: project.name,
      url: `${site.url}/browse/${project.key}`,
      lead: project.lead?.displayName ?? null,
      status: archived ? 'Archived' : (root?.statusName ?? 'Active'),
      archived,
      ownership,
      changedOn: lastChange(issues),
      ...counts,
      milestones,
    },
  };
}

async function readToBeProvisioned(
  reading: JiraReading,
  opportunity: OpportunityFacts,
  mapping: MappingFacts | null,
  currency: string,
): Promise<JiraFacts> {
  const { site, keyPattern, refusedKeys } = reading;
  const search = await searchProject(site, {
    opportunityId: opportunity.id,
    opportunityName: opportunity.name,
    keyPattern,
    earlierKey: opportunity.jiraProjectKey,
    announced: mapping === null ? null : { key: mapping.projectKey, reference: mapping.reference },
    refusedKeys,
  });
  if ('found' in search) {
    if (mapping !== null) return readFound(reading, opportunity.id, { mapping, currency }, search.found);
    // Ours from before, its mapping row is gone: announcing its key again makes the next plan adopt it.
    return { state: 'absent', freeKey: search.found.project.key, nameTaken: false };
  }
  const name = projectName(opportunity.name, mapping?.reference ?? '', false);
  return { state: 'absent', freeKey: search.freeKey, nameTaken: await isNameTaken(site, name) };
}

/**
 * The project of an opportunity that was deleted while it was being created: its creation is written with the opportunity's own row,
 * which is gone, so that nothing in Dataverse tells its id (F-507).
 */
async function readOrphan(
  reading: JiraReading,
  opportunityId: string,
  known: { readonly mapping: MappingFacts; readonly currency: string },
): Promise<JiraFacts> {
  const found = await findProject(reading.site, known.mapping.projectKey);
  return found?.ownership?.opportunityId === opportunityId
    ? readFound(reading, opportunityId, known, found)
    : { state: 'not-read' };
}

/**
 * A source without a history of its own, as the contract of the budget module, leaves what our snapshots tell: the final report
 * names the month with the most hours.
 */
async function withHistory(reading: JiraReading, crm: CrmFacts, facts: JiraFacts): Promise<JiraFacts> {
  const { mapping } = crm;
  if (facts.state !== 'found' || !facts.budget || facts.budget.history.length > 0 || mapping === null) return facts;
  if (mapping.completedOn === null && !isCompletionCalledFor(crm, facts, reading.policy)) return facts;
  const { history } = lastKnownBudget(mapping, await reading.history(mapping));
  return { ...facts, budget: { ...facts.budget, history } };
}

/** Reads what Jira says about one opportunity's project, as fresh as Jira gives it. */
export async function readJiraFacts(reading: JiraReading, crm: CrmFacts): Promise<JiraFacts> {
  return withHistory(reading, crm, await readFacts(reading, crm));
}

async function readFacts(reading: JiraReading, crm: CrmFacts): Promise<JiraFacts> {
  const { mapping, opportunity } = crm;
  const currency = wishedCurrency(crm) ?? reading.policy.defaultCurrency;
  const command = linkCommand(crm);
  if (opportunity !== null && command?.argument?.trim()) {
    const target = targetOf(command);
    if (target === null) return { state: 'no-link-target' };
    const found = await findProject(reading.site, target.project);
    if (found !== null) {
      const [facts, isLinkable] = await Promise.all([
        readFound(reading, opportunity.id, { mapping: null, currency }, found),
        reading.mayBeLinked(command, found),
      ]);
      return facts.state === 'found' ? { ...facts, isLinkable } : facts;
    }
    await readMyself(reading.site);
    return { state: 'no-link-target' };
  }
  if (mapping?.projectId != null) {
    const { projects } = reading.site;
    const owner = (found: OwnedProject): string => opportunity?.id ?? found.ownership?.opportunityId ?? '';
    const known = reading.fresh ? null : (projects?.get(mapping.projectId) ?? null);
    if (known !== null) {
      // What fails may fail because the project is no longer as it was.
      const facts = await readFound(reading, owner(known), { mapping, currency }, known).catch(() => null);
      if (facts !== null) return facts;
      projects?.forget(mapping.projectId);
    }
    const found = await findProject(reading.site, mapping.projectId);
    if (found !== null) {
      projects?.set(found);
      return readFound(reading, owner(found), { mapping, currency }, found);
    }
    // A wrong token makes every project look deleted: make sure who is asking before saying so.
    await readMyself(reading.site);
    return { state: 'deleted', projectId: mapping.projectId };
  }
  if (opportunity === null && mapping !== null) return readOrphan(reading, crm.opportunityId, { mapping, currency });
  if (opportunity === null || !isToBeProvisioned(crm, reading.policy)) return { state: 'not-read' };
  return readToBeProvisioned(reading, opportunity, mapping, currency);
}
