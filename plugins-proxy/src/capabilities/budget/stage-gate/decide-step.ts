import {
  CommandState,
  CommandType,
  derivedId,
  type Need,
  OTHER_AUTHORITY,
  processBoundText,
  ProvisioningState,
  refusalLog,
  refusalText,
  type RowWrite,
  tables,
  unmetNeed,
} from '@crmjira/domain';
import type { Logger } from 'pino';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { readAskers } from '../read/read-askers';
import { readMapping } from '../read/read-mapping';
import { readOpportunity } from '../read/read-opportunity';
import { readProcessInstance } from '../read/read-process';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { classifyError } from '../../../platform/errors/classify-error';
import type { RemoteExecutionContext } from '../../../clients/dataverse/remote-execution-context';
import { type ProcessChange, readChange } from './read-change';
import { goalsOf, refusalsOf, stageOf } from './stage-move';

export interface StageGateContext {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Has the project of an opportunity created, or its creation gone on with. */
  readonly requestProject: (opportunityId: string) => Promise<void>;
}

export type StepDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reasons: readonly string[] };

/** Milliseconds for a decision. Dataverse waits for 60 s and a person with it; what takes longer is refused. */
const deadlineMs = 20_000;

const allowed: StepDecision = { allowed: true };

/**
 * The command row that shows the words on the form: Dataverse passes on only that the move was refused (ADR-3). Where the
 * person may not do it at all, a log row goes with it.
 */
async function showRefusal(
  context: StageGateContext,
  step: RemoteExecutionContext,
  opportunityId: string,
  { move, reasons, need }: Refusal,
): Promise<void> {
  const now = context.now().toISOString();
  const id = derivedId(step.PrimaryEntityId, 'stage-move', step.CorrelationId, move);
  const row: RowWrite = {
    op: 'create',
    table: 'crmjira_command',
    id,
    columns: {
      crmjira_name: 'Stage move',
      'crmjira_opportunity_id@odata.bind': `/${tables.opportunity.entitySet}(${opportunityId})`,
      'crmjira_requested_by@odata.bind': `/${tables.systemuser.entitySet}(${step.InitiatingUserId})`,
      crmjira_command_type: CommandType.StageMove,
      crmjira_command_state: CommandState.Refused,
      crmjira_argument: move,
      crmjira_result: reasons.join('\n'),
      crmjira_requested_on: now,
      crmjira_finished_on: now,
      // People read their own command rows only.
      'ownerid@odata.bind': `/${tables.systemuser.entitySet}(${step.InitiatingUserId})`,
    },
  };
  const by = step.InitiatingUserId;
  const log = need === null ? [] : [refusalLog(id, { wish: move, need, by }, { opportunityId, mapping: null })];
  await applyChangeSet(context.dataverse, [row, ...log], { correlationId: step.CorrelationId, durationMs: 0 });
}

/** A refused step. */
interface Refusal {
  /** what was tried, e.g. `BudgetApproval > ProjectExecution` */
  readonly move: string;
  readonly reasons: readonly string[];
  /** the condition of authority that did not hold; null: those of the stages did not */
  readonly need: Need | null;
}

/** Entering the stage of its creation asks for the project. That it cannot be asked for now is no reason to stop the move. */
async function requestProject(context: StageGateContext, opportunityId: string): Promise<void> {
  await context.requestProject(opportunityId).catch((error: unknown) => {
    context.logger.warn({ reason: classifyError(error).message }, 'project not asked for on entering its stage');
  });
}

/**
 * What the person may not do to this process, whatever its stages say; null: all of it (F-308). A process belongs to its opportunity for
 * good: binding it to another would carry one record's progress to the other.
 */
async function refusedForPerson(
  { dataverse, environmentSettings }: StageGateContext,
  step: RemoteExecutionContext,
  opportunityId: string,
  change: ProcessChange,
): Promise<Need | null> {
  const { userId } = await environmentSettings.whoAmI();
  const asker = await readAskers(dataverse, opportunityId, userId)(step.InitiatingUserId);
  const binds = change.opportunityId !== undefined && change.opportunityId !== opportunityId;
  const evidence = { service: asker.isService, write: asker.mayWrite, 'stage-conditions': true };
  const wishes = [...(binds ? (['bind-process'] as const) : []), 'stage-move', 'finish-process'] as const;
  return wishes.map((wish) => unmetNeed(OTHER_AUTHORITY[wish].needs, evidence)).find((need) => need !== null) ?? null;
}

async function decide(context: StageGateContext, step: RemoteExecutionContext): Promise<StepDecision> {
  const { dataverse, environmentSettings } = context;
  const { organizationId, userId } = await environmentSettings.whoAmI();
  const change = readChange(step, organizationId);
  // The service's own moves follow a committed plan; the gate would only repeat what the plan knew.
  if (change === null || step.InitiatingUserId === userId.toLowerCase()) return allowed;
  if (Object.values(change).every((value) => value === undefined)) return allowed;
  const goals = goalsOf(change);
  const instance = await readProcessInstance(dataverse, step.PrimaryEntityId);
  const from = instance === null ? undefined : stageOf(instance.process.activeStageId);
  if (instance === null || from === undefined) throw new Error('The process, or the stage that it is in, is not known');
  const moves = goals.filter((to) => to !== from).map((to) => ({ from, to }));
  const [settings, currencies, language, need] = await Promise.all([
    environmentSettings.settings(),
    environmentSettings.currencies(),
    environmentSettings.languageOf(step.InitiatingUserId),
    refusedForPerson(context, step, instance.opportunityId, change),
  ]);
  const refuse = async (refusal: Refusal): Promise<StepDecision> => {
    context.logger.info({ move: refusal.move, reasons: refusal.reasons.length }, 'stage move refused');
    await showRefusal(context, step, instance.opportunityId, refusal).catch((error: unknown) => {
      context.logger.warn({ reason: classifyError(error).message }, 'refusal not shown in Dataverse');
    });
    return { allowed: false, reasons: refusal.reasons };
  };
  const move = moves.map(({ to }) => `${from} > ${to}`).join(', ') || from;
  if (need !== null) {
    const text = need === 'service' ? processBoundText(language) : refusalText(need, language);
    return refuse({ move, reasons: [text], need });
  }
  if (moves.length === 0) return allowed;
  const { defaultCurrency, budgetThreshold } = settings.policy;
  const [opportunity, mapping] = await Promise.all([
    readOpportunity(dataverse, instance.opportunityId, currencies, defaultCurrency),
    readMapping(dataverse, instance.opportunityId, currencies, defaultCurrency),
  ]);
  const reasons = moves.flatMap((one) => refusalsOf(one, { opportunity, mapping }, budgetThreshold, language));
  if (reasons.length > 0) return refuse({ move, reasons, need: null });
  const entersCreation = moves.some(({ to }) => to === 'JiraProjectCreation');
  if (entersCreation && mapping?.provisioningState !== ProvisioningState.Linked)
    await requestProject(context, instance.opportunityId);
  return allowed;
}

/**
 * Decides the synchronous step on the process. Whatever goes wrong refuses the move: the form then says that the check
 * could not be made.
 */
export async function decideStep(context: StageGateContext, step: RemoteExecutionContext): Promise<StepDecision> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no decision after ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([decide(context, step), late]);
  } catch (error) {
    const { message } = classifyError(error);
    context.logger.error({ reason: message }, 'stage move could not be checked');
    return { allowed: false, reasons: [`The move could not be checked. ${message}`] };
  } finally {
    clearTimeout(timer);
  }
}
