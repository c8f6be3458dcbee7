import { CommandState, CommandType, ProvisioningState, derivedId, process, tables } from '@crmjira/domain';
import type { Logger } from 'pino';
import type { DataverseClient } from '../dataverse/dataverse-client';
import { readMapping } from '../dataverse/read/read-mapping';
import { readOpportunity } from '../dataverse/read/read-opportunity';
import { readProcessInstance } from '../dataverse/read/read-process';
import type { Surroundings } from '../dataverse/surroundings';
import { classifyError } from '../errors/classify-error';
import { choiceOf, lookupOf, type RemoteExecutionContext, targetOf } from '../intake/remote-execution-context';
import { goalsOf, refusalsOf, stageOf } from './stage-move';

export interface StageGateContext {
  readonly dataverse: DataverseClient;
  readonly surroundings: Surroundings;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Has the project of an opportunity created, or its creation gone on with. */
  readonly requestProject: (opportunityId: string) => Promise<void>;
}

export type StepDecision =
  { readonly allowed: true } | { readonly allowed: false; readonly reasons: readonly string[] };

/** Milliseconds for a decision. Dataverse waits for 60 s and a person with it; what takes longer is refused. */
const deadlineMs = 20_000;

const allowed: StepDecision = { allowed: true };

/** The command row that shows the words on the form: Dataverse passes on only that the move was refused (DESIGN decision 3). */
async function showRefusal(
  context: StageGateContext,
  step: RemoteExecutionContext,
  opportunityId: string,
  move: string,
  reasons: readonly string[],
): Promise<void> {
  const now = context.now().toISOString();
  await context.dataverse.changeSet([
    {
      op: 'create',
      collection: tables.crmjira_command.entitySet,
      id: derivedId(step.PrimaryEntityId, 'stage-move', step.CorrelationId, move),
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
      },
    },
  ]);
}

/** Entering the stage of its creation asks for the project. That it cannot be asked for now is no reason to stop the move. */
async function requestProject(context: StageGateContext, opportunityId: string): Promise<void> {
  await context.requestProject(opportunityId).catch((error: unknown) => {
    context.logger.warn({ reason: classifyError(error).message }, 'project not asked for on entering its stage');
  });
}

async function decide(context: StageGateContext, step: RemoteExecutionContext): Promise<StepDecision> {
  if (step.PrimaryEntityName !== process.uniqueName || step.MessageName !== 'Update') return allowed;
  // Above 256 KB Dataverse leaves out what is changed; then nobody can say where the move leads.
  if (targetOf(step) === null) throw new Error('Dataverse did not say what is changed');
  const goals = goalsOf({
    stageId: lookupOf(step, 'activestageid'),
    state: choiceOf(step, 'statecode'),
    status: choiceOf(step, 'statuscode'),
  });
  if (goals.length === 0) return allowed;
  const { dataverse, surroundings } = context;
  // The service's own moves follow a committed plan; the gate would only repeat what the plan knew.
  const { userId } = await surroundings.whoAmI();
  if ([step.UserId, step.InitiatingUserId].includes(userId)) return allowed;
  const instance = await readProcessInstance(dataverse, step.PrimaryEntityId);
  const from = instance === null ? undefined : stageOf(instance.process.activeStageId);
  if (instance === null || from === undefined) return allowed;
  const moves = goals.filter((to) => to !== from).map((to) => ({ from, to }));
  if (moves.length === 0) return allowed;
  const [settings, currencies, language] = await Promise.all([
    surroundings.settings(),
    surroundings.currencies(),
    surroundings.languageOf(step.InitiatingUserId),
  ]);
  const { defaultCurrency, budgetThreshold } = settings.policy;
  const [opportunity, mapping] = await Promise.all([
    readOpportunity(dataverse, instance.opportunityId, currencies, defaultCurrency),
    readMapping(dataverse, instance.opportunityId, currencies, defaultCurrency),
  ]);
  const reasons = moves.flatMap((move) => refusalsOf(move, { opportunity, mapping }, budgetThreshold, language));
  if (reasons.length === 0) {
    const entersCreation = moves.some(({ to }) => to === 'JiraProjectCreation');
    if (entersCreation && mapping?.provisioningState !== ProvisioningState.Linked)
      await requestProject(context, instance.opportunityId);
    return allowed;
  }
  const move = moves.map(({ to }) => `${from} > ${to}`).join(', ');
  context.logger.info({ move, reasons: reasons.length }, 'stage move refused');
  await showRefusal(context, step, instance.opportunityId, move, reasons).catch((error: unknown) => {
    context.logger.warn({ reason: classifyError(error).message }, 'refusal not shown in Dataverse');
  });
  return { allowed: false, reasons };
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
