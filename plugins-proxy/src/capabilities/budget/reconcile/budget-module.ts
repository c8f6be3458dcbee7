import {
  type Action,
  announceUnseen,
  type CrmFacts,
  type JiraFacts,
  jiraKey,
  plan,
  type Policy,
} from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { KeyRefused } from '../../../clients/jira/create-project';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { FieldIds } from '../../../clients/jira/resolve-fields';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { Settings } from '../../../connections/environment/to-settings';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import { classifyError } from '../../../platform/errors/classify-error';
import type { Run, Session, SyncModule } from '../../../reconciler/sync-module';
import { withLinkTargets } from '../link/link-targets';
import { mayBeLinked } from '../link/may-be-linked';
import { readCrmFacts } from '../read/read-crm-facts';
import { type JiraReading, readJiraFacts } from '../read/read-jira-facts';
import { readLanguages, tellsPeople } from '../read/read-languages';
import { readHistory } from '../read/read-snapshots';
import type { BudgetSource } from '../source/budget-source';
import { conversionBy } from '../source/convert-money';
import { type ApplyContext, applyAction } from './apply-action';
import type { BudgetSides } from './budget-sides';
import { explainBudget } from './explain-budget';
import { failureRows, recoveryWrite } from './failure-rows';
import { noteUnusableWork } from './note-unusable-work';

/** What a run works with; the same for every opportunity. */
export interface Reconciler {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly jira: Pick<JiraConnections, 'of' | 'addresses' | 'refresh'>;
  readonly source: (kind: BudgetSource['kind'], connection: JiraConnection) => BudgetSource;
  /** What this service's configuration adds to the environment's settings. */
  readonly policy?: Pick<Policy, 'returnsInvalidStages'>;
  readonly now: () => Date;
}

export type BudgetRun = Run<BudgetSides, Action>;

/** What a round has read beside the facts: how to plan and apply from them. */
interface Round {
  readonly sides: BudgetSides;
  /** null: nothing is planned */
  readonly jira: {
    readonly policy: Policy;
    readonly connection: JiraConnection;
    readonly apply: Omit<ApplyContext, 'log'>;
  } | null;
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
  { dataverse, environmentSettings, now }: Reconciler,
  run: BudgetRun,
  crm: CrmFacts,
  { policy, keyPattern }: Pick<Settings, 'policy' | 'keyPattern'>,
  tell: (sides: BudgetSides) => void,
): Promise<void> {
  const actions = announceUnseen(crm, jiraKey(run.id, 0, keyPattern), policy, now().toISOString());
  if (actions.length === 0) return;
  try {
    const log = {
      correlationId: run.correlationId,
      trigger: run.trigger ?? 'event',
      durationMs: 0,
      causedBy: run.causedBy,
    };
    for (const action of actions) await applyChangeSet(dataverse, action.writes, log);
    const read = await readCrmFacts(dataverse.batched, environmentSettings, run.id, now().toISOString());
    tell({ crm: read.facts, jira: null });
  } catch (error) {
    // What keeps Jira from being read is told all the same; the next try announces it.
    run.logger.warn({ reason: classifyError(error).message }, 'waiting project not announced');
  }
}

async function readRound(
  reconciler: Reconciler,
  run: BudgetRun,
  refusedKeys: ReadonlySet<string>,
  earlier: JiraFacts | null,
  tell: (sides: BudgetSides) => void,
): Promise<Round> {
  const { dataverse, environmentSettings } = reconciler;
  const now = reconciler.now().toISOString();
  // One request a step of the reading, not one a table.
  const reader = dataverse.batched;
  const [known, settings, currencies] = await Promise.all([
    readCrmFacts(reader, environmentSettings, run.id, now),
    environmentSettings.settings(),
    environmentSettings.currencies(),
  ]);
  const { facts: crm, connectionId, hourlyRate } = await withLinkTargets(known, reconciler);
  tell({ crm, jira: null });
  /** Tells it where people look, before it is thrown. */
  const failed = async (error: unknown): Promise<never> => {
    const { policy, keyPattern } = settings;
    if (run.dryRun !== true)
      await announceWaiting(reconciler, run, crm, { policy: { ...policy, connectionId }, keyPattern }, tell);
    throw error;
  };
  const connection = await reconciler.jira.of(connectionId).catch(failed);
  // Another service works with that site: its mapping is that service's business.
  if (connection === null) return { sides: { crm, jira: null }, jira: null };
  const { site, config } = connection;
  const source = reconciler.source(settings.policy.budgetSource, connection);
  const fields = (): Promise<FieldIds> => connection.fields(config === null ? settings.fieldIds : config.fieldIds);
  const policy = {
    ...settings.policy,
    ...reconciler.policy,
    budgetSource: source.kind,
    connectionId: connection.id,
  };
  const apply = {
    dataverse,
    site,
    source,
    fields,
    now,
    projectSettings: {
      typeKey: settings.projectTypeKey,
      templateKey: (config ?? settings).projectTemplateKey,
      categoryId: (config ?? settings).projectCategoryId,
    },
  };
  const reading: JiraReading = {
    site,
    source,
    fields,
    policy,
    issueTypes: settings.issueTypes,
    keyPattern: settings.keyPattern,
    refusedKeys,
    mayBeLinked: ({ requestedById, byAdministrator }, found) =>
      mayBeLinked(
        { dataverse: reader, site, linkableProjects: settings.linkableProjects },
        { opportunityId: run.id, requestedById, byAdministrator },
        found,
      ),
    fresh: crm.commands.length > 0,
    thorough: run.trigger === 'daily-sync',
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
  const jira = await ask().catch(failed);
  return { sides: { crm, jira }, jira: { policy, connection, apply } };
}

function openSession(reconciler: Reconciler, run: BudgetRun): Session<BudgetSides, Action> {
  const { dataverse } = reconciler;
  const refusedKeys = new Set<string>();
  /** Jira's side, as long as only Dataverse was written since. */
  let earlier: JiraFacts | null = null;
  let round: Round | null = null;
  const reading = (): NonNullable<Round['jira']> => {
    if (round?.jira == null) throw new Error('A run plans and applies what it has read.');
    return round.jira;
  };
  return {
    read: async (tell) => {
      round = await readRound(reconciler, run, refusedKeys, earlier, tell);
      earlier = round.sides.jira;
      return round.sides;
    },
    plan: async ({ crm, jira }) => {
      if (jira === null) return [];
      const { policy, apply } = reading();
      const actions = plan(crm, jira, policy, apply.now);
      if (!tellsPeople(actions)) return actions;
      // The same plan, in the words of those who read it.
      return plan({ ...crm, ...(await readLanguages(dataverse.batched, crm)) }, jira, policy, apply.now);
    },
    note: async ({ crm, jira }, log) => {
      if (jira !== null) await noteUnusableWork(dataverse, run.id, crm.mapping, jira, reading().apply.now, log);
    },
    apply: async (action, { jira }, log) => {
      if (!action.kind.startsWith('dataverse.')) {
        earlier = null;
        if (jira?.state === 'found') reading().connection.site.projects?.forget(jira.project.id);
      }
      try {
        await applyAction(action, { ...reading().apply, log });
      } catch (error) {
        if (error instanceof KeyRefused) refusedKeys.add(error.key);
        throw error;
      }
    },
  };
}

/** The budget of an opportunity, kept in agreement with its Jira project. */
export function budgetModule(reconciler: Reconciler): SyncModule<BudgetSides, Action> {
  return {
    kind: 'opportunity',
    table: 'opportunity',
    open: (run) => openSession(reconciler, run),
    stepOf: (action) => ({ kind: action.kind, about: action.kind === 'dataverse.change-set' ? action.because : null }),
    report: failureRows,
    recover: ({ crm }) => recoveryWrite(crm),
    explain: explainBudget,
    versionOf: ({ crm }) => crm.opportunity?.version,
  };
}
