import {
  type Action,
  announceUnseen,
  type CrmFacts,
  type JiraFacts,
  jiraKey,
  type MappingFacts,
  plan,
  type Policy,
} from '@crmjira/domain';
import type { Logger } from 'pino';
import type { BudgetSource } from '../budget/budget-source';
import { conversionBy } from '../budget/convert-money';
import type { LogContext } from '../dataverse/apply/apply-change-set';
import { PlanOutdated } from '../dataverse/apply/plan-outdated';
import type { DataverseClient } from '../dataverse/dataverse-client';
import { readCrmFacts } from '../dataverse/read/read-crm-facts';
import { readLanguages, tellsPeople } from '../dataverse/read/read-languages';
import { readHistory } from '../dataverse/read/read-snapshots';
import type { Surroundings } from '../dataverse/surroundings';
import type { Settings } from '../dataverse/read/to-settings';
import { classifyError } from '../errors/classify-error';
import { IntegrationError } from '../errors/integration-error';
import { KeyRefused } from '../jira/create-project';
import type { JiraSite } from '../jira/jira-site';
import { type JiraReading, readJiraFacts } from '../jira/read-jira-facts';
import type { FieldIds } from '../jira/resolve-fields';
import { mayBeLinked } from '../link/may-be-linked';
import { isSyncCorrelation } from '../poll/sync-correlation';
import { inSpan } from '../tracing/spans';
import { type ApplyContext, applyAction } from './apply-action';
import { noteUnusableWork } from './note-unusable-work';

/** What a run works with; the same for every opportunity. */
export interface Reconciler {
  readonly dataverse: DataverseClient;
  readonly surroundings: Surroundings;
  readonly site: JiraSite;
  readonly source: (kind: BudgetSource['kind']) => BudgetSource;
  readonly fields: (configured: Readonly<Record<string, string>>) => Promise<FieldIds>;
  readonly connectionId: string;
  /** What this service's configuration adds to the environment's settings. */
  readonly policy?: Pick<Policy, 'returnsInvalidStages'>;
  readonly now: () => Date;
}

/** One run for one opportunity. */
export interface Run {
  readonly opportunityId: string;
  readonly correlationId: string;
  readonly logger: Logger;
  /** The event that the run began with. */
  readonly causedBy?: LogContext['causedBy'];
  /** Plans without applying. */
  readonly dryRun?: boolean;
  /** Told of the facts of each round, so that a failure can be shown on the right rows. */
  readonly onFacts?: (crm: CrmFacts) => void;
  /** Told of Jira's side of each round, for those who compare. */
  readonly onJiraFacts?: (jira: JiraFacts) => void;
  /** Told of each action once it is done, also in a run that fails later. */
  readonly onApplied?: (action: Action) => void;
}

/** What a run did. */
export interface RunResult {
  readonly rounds: number;
  /** What was done, or in a dry run the first plan. */
  readonly actions: readonly Action[];
}

/**
 * Rounds of read → plan → apply before a run is taken to go in circles. Provisioning takes eight, and approval, first work, an
 * alert and three stage moves another ten when all of them happen while it runs.
 */
export const maximumRounds = 40;

/** One word and reason per action for log and errors; no amounts, no names (R-1220). */
export function describeAction(action: Action): string {
  return action.kind === 'dataverse.change-set' ? `${action.kind}: ${action.because}` : action.kind;
}

/** What one round has read, and how to plan and apply from it; `plan` is null where there is nothing to plan. */
interface Round {
  readonly plan: (() => Promise<Action[]>) | null;
  readonly apply: Omit<ApplyContext, 'log'>;
  readonly mapping: MappingFacts | null;
  /** null: Jira was not looked at */
  readonly jira: JiraFacts | null;
}

/**
 * Whether Jira's side of an earlier round of the same run still serves: only Dataverse was written since, and what Jira does meanwhile
 * comes with an event of its own.
 */
function stillServes(jira: JiraFacts | null, crm: CrmFacts): jira is JiraFacts {
  if (jira?.state !== 'found' || crm.mapping === null || jira.project.archived) return false;
  const { projectId, approved } = crm.mapping;
  return jira.project.id === projectId && jira.budget?.spent.currency === approved.currency;
}

/** Jira cannot be read: a project that is to be created is announced all the same, so that its failure has a row to stand in (F-108). */
async function announceWaiting(
  { dataverse, surroundings, now }: Reconciler,
  run: Run,
  crm: CrmFacts,
  { policy, keyPattern }: Settings,
  apply: Round['apply'],
): Promise<void> {
  const actions = announceUnseen(crm, jiraKey(run.opportunityId, 0, keyPattern), policy, apply.now);
  if (actions.length === 0) return;
  try {
    const log = { correlationId: run.correlationId, durationMs: 0, causedBy: run.causedBy };
    for (const action of actions) await applyAction(action, { ...apply, log });
    run.onFacts?.(
      (await readCrmFacts(dataverse.gathering, surroundings, run.opportunityId, now().toISOString())).facts,
    );
  } catch (error) {
    // What keeps Jira from being read is told all the same; the next try announces it.
    run.logger.warn({ reason: classifyError(error).message }, 'waiting project not announced');
  }
}

async function readRound(
  reconciler: Reconciler,
  run: Run,
  refusedKeys: ReadonlySet<string>,
  earlier: JiraFacts | null,
): Promise<Round> {
  const { dataverse, surroundings, site } = reconciler;
  const now = reconciler.now().toISOString();
  // One request a step of the reading, not one a table.
  const reader = dataverse.gathering;
  const [{ facts: crm, hourlyRate }, settings, currencies] = await Promise.all([
    readCrmFacts(reader, surroundings, run.opportunityId, now),
    surroundings.settings(),
    surroundings.currencies(),
  ]);
  run.onFacts?.(crm);
  const source = reconciler.source(settings.policy.budgetSource);
  const fields = (): Promise<FieldIds> => reconciler.fields(settings.fieldIds);
  const apply = {
    dataverse,
    site,
    source,
    fields,
    now,
    projectSettings: {
      typeKey: settings.projectTypeKey,
      templateKey: settings.projectTemplateKey,
      categoryId: settings.projectCategoryId,
    },
  };
  // Another connection's mapping is another service's business.
  if (crm.mapping !== null && ![reconciler.connectionId, ''].includes(crm.mapping.connectionId))
    return { plan: null, apply, mapping: null, jira: null };
  const reading: JiraReading = {
    site,
    source,
    fields,
    policy: settings.policy,
    issueTypes: settings.issueTypes,
    keyPattern: settings.keyPattern,
    refusedKeys,
    mayBeLinked: ({ requestedById, byAdministrator }, found) =>
      mayBeLinked(
        { dataverse: reader, site, linkableProjects: settings.linkableProjects },
        { opportunityId: run.opportunityId, requestedById, byAdministrator },
        found,
      ),
    fresh: crm.commands.length > 0,
    thorough: isSyncCorrelation(run.correlationId),
    now: reconciler.now,
    history: (mapping) => readHistory(reader, mapping.id, mapping.approved.currency),
    pricing: {
      hourlyRate,
      convert: conversionBy(currencies.exchangeRates),
      ownRateAccounts: settings.ownRateAccounts,
    },
  };
  const ask = async (): Promise<JiraFacts> => {
    await site.requireDeployment?.();
    return stillServes(earlier, crm) ? earlier : readJiraFacts(reading, crm);
  };
  const jira = await ask().catch(async (error: unknown) => {
    if (run.dryRun !== true) await announceWaiting(reconciler, run, crm, settings, apply);
    throw error;
  });
  run.onJiraFacts?.(jira);
  const policy = { ...settings.policy, ...reconciler.policy };
  return {
    plan: async () => {
      const actions = plan(crm, jira, policy, now);
      if (!tellsPeople(actions)) return actions;
      // The same plan, in the words of those who read it.
      return plan({ ...crm, ...(await readLanguages(reader, crm)) }, jira, policy, now);
    },
    apply,
    mapping: crm.mapping,
    jira,
  };
}

/**
 * Brings Dataverse and Jira into agreement about one opportunity: read → plan → apply until the plan is empty.
 * @throws IntegrationError classified, from whatever failed; `plan-does-not-settle` naming the action that repeats
 */
export async function reconcileOpportunity(reconciler: Reconciler, run: Run): Promise<RunResult> {
  const startedAt = reconciler.now().getTime();
  const refusedKeys = new Set<string>();
  const done: Action[] = [];
  let earlier: JiraFacts | null = null;
  for (let round = 1; round <= maximumRounds; round += 1) {
    const before: JiraFacts | null = earlier;
    const read: Round = await inSpan('read', { 'crmjira.round': round }, () =>
      readRound(reconciler, run, refusedKeys, before),
    );
    const actions: Action[] = await inSpan('plan', { 'crmjira.round': round }, async () => (await read.plan?.()) ?? []);
    const { jira, mapping } = read;
    if (run.dryRun !== true && jira !== null) {
      const durationMs = reconciler.now().getTime() - startedAt;
      const log = { correlationId: run.correlationId, durationMs, causedBy: run.causedBy };
      await noteUnusableWork(reconciler.dataverse, run.opportunityId, mapping, jira, read.apply.now, log);
    }
    if (actions.length === 0 || run.dryRun === true) return { rounds: round, actions: run.dryRun ? actions : done };
    const leavesJira = actions.every(({ kind }) => kind.startsWith('dataverse.'));
    earlier = leavesJira ? jira : null;
    if (!leavesJira && jira?.state === 'found') reconciler.site.projects?.forget(jira.project.id);
    try {
      for (const action of actions) {
        const durationMs = reconciler.now().getTime() - startedAt;
        const log = { correlationId: run.correlationId, durationMs, causedBy: run.causedBy };
        await inSpan('apply', { 'crmjira.round': round, 'crmjira.action': describeAction(action) }, () =>
          applyAction(action, { ...read.apply, log }),
        );
        run.logger.info({ round, action: describeAction(action) }, 'applied');
        done.push(action);
        run.onApplied?.(action);
      }
    } catch (error) {
      if (error instanceof KeyRefused) refusedKeys.add(error.key);
      else if (!(error instanceof PlanOutdated)) throw error;
      run.logger.debug({ round, reason: error.message }, 'planning anew');
    }
  }
  const last = done.at(-1);
  throw new IntegrationError(
    `The records do not settle: "${last === undefined ? 'a changing row' : describeAction(last)}" was still to be done after ${maximumRounds} rounds. Something undoes it each time.`,
    { code: 'plan-does-not-settle', errorClass: 'permanent' },
  );
}
