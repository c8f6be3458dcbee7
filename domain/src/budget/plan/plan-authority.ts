import type { Need } from '../../authority/needs';
import { nameOfCommand, refusalText } from '../../authority/refusal-texts';
import type { RefusedRequest } from './facts';
import { wholeSecond } from '../../calendar/calendar';
import { derivedId } from '../../hash/derived-id';
import { moneyText } from '../../money/money-text';
import { commandRow } from '../../schema/command-row';
import {
  CommandState,
  CommandType,
  IntegrationStatus,
  OperationType,
  SourceSystem,
} from '../../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { initialBudget } from './approved-amount';
import type { CrmFacts, Guid, Instant, JiraFacts } from './facts';
import { logRow } from './log-row';
import type { Policy } from './policy';
import { bind, create, update } from './write-rows';

/** State and status reason of an inactive row (the platform's own). */
const inactive = { state: 1, reason: 2 } as const;

/** How a refused request for approval is found again: the argument of the command row that says why. */
export const refusedRequestArgument = (requestId: Guid): string => `request ${requestId}`;

/**
 * The audit of a wish that a row of Dynamics says. It is a success of the integration also where it is refused, as nothing failed: refusals
 * must not lower the success rate, or anybody could.
 */
export function wishLog(
  id: Guid,
  said: { readonly eventType: string; readonly message: string },
  crm: Pick<CrmFacts, 'opportunityId' | 'mapping'>,
): RowWrite {
  return create(
    'crmjira_integration_log',
    id,
    logRow({
      operation: OperationType.Update,
      source: SourceSystem.Dynamics365,
      sourceId: crm.opportunityId,
      targetId: crm.mapping?.projectKey ?? null,
      status: IntegrationStatus.Success,
      mapping: crm.mapping?.id ?? null,
      ...said,
    }),
  );
}

/** How a refusal is found in the log. */
export const refusedEvent = (need: Need): string => `refused: ${need}`;

/**
 * The audit of a refusal: who wished for what, and which condition did not hold.
 * @param wishId row of the wish; one log row each
 */
export function refusalLog(
  wishId: Guid,
  { wish, need, by }: { readonly wish: string; readonly need: Need; readonly by: Guid },
  crm: Pick<CrmFacts, 'opportunityId' | 'mapping'>,
): RowWrite {
  const message = `${wish} of systemuser ${by} was refused: ${need}.`;
  return wishLog(derivedId(wishId, 'log', 'refused'), { eventType: refusedEvent(need), message }, crm);
}

/**
 * A refused request becomes inactive, so that nobody is asked to decide on it, and tells that it has expired (F-104), and why. A command
 * row of the requester's says why as well.
 */
function requestWrites(request: RefusedRequest, crm: CrmFacts, now: Instant): RowWrite[] {
  const { opportunity } = crm;
  const { id, need, language, requestedById, amount } = request;
  const row = (need === 'amount-of-row' && opportunity && rowAmount(opportunity)) || null;
  const amounts = { asked: moneyText(amount, language), row: row ? moneyText(row, language) : '–' };
  const words = refusalText(need, language, amounts);
  return [
    update('crmjira_budget_approval', id, {
      statecode: inactive.state,
      statuscode: inactive.reason,
      crmjira_decided_on: wholeSecond(now),
      // What somebody else has filled in is not to be read as a decision.
      ...(need === 'undecided-row'
        ? {
            crmjira_decision: null,
            'crmjira_decided_by@odata.bind': null,
            crmjira_deciders: null,
          }
        : {}),
      // Whoever asked can read the request, and not always command rows.
      crmjira_decision_comment: words,
    }),
    create('crmjira_command', derivedId(id, 'refused'), {
      ...commandRow({ table: 'opportunity', id: crm.opportunityId }, CommandType.Retry),
      crmjira_command_state: CommandState.Refused,
      crmjira_argument: refusedRequestArgument(id),
      crmjira_result: words,
      crmjira_finished_on: wholeSecond(now),
      // People read their own command rows only.
      'ownerid@odata.bind': bind('systemuser', requestedById),
    }),
    refusalLog(id, { wish: 'Request approval', need, by: requestedById }, crm),
  ];
}

/** The amount that a person sees who looks at the opportunity: its budget amount, else its project budget. */
function rowAmount(opportunity: NonNullable<CrmFacts['opportunity']>) {
  return opportunity.budgetAmount ?? initialBudget(opportunity);
}

/**
 * Answers what may not be done, before anything else is planned: the reader has kept these wishes apart, so that no other part of the
 * plan sees them (ADR-16).
 */
export function planAuthority(crm: CrmFacts, _jira: JiraFacts, _policy: Policy, now: Instant): Action[] {
  const { refusedCommands = [], refusedRequests = [] } = crm;
  const writes = [
    ...refusedCommands.flatMap(({ command, need }) => [
      update('crmjira_command', command.id, {
        crmjira_command_state: CommandState.Refused,
        crmjira_result: refusalText(need, command.language),
        crmjira_finished_on: wholeSecond(now),
      }),
      refusalLog(command.id, { wish: nameOfCommand(command.type), need, by: command.requestedById }, crm),
    ]),
    ...refusedRequests.flatMap((request) => requestWrites(request, crm, now)),
  ];
  return writes.length === 0
    ? []
    : [{ kind: 'dataverse.change-set', because: 'somebody asked for what they may not do', writes }];
}
