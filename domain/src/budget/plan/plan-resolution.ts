import { wholeSecond } from '../../calendar/calendar';
import { resolutionRefusedText } from '../drift/discrepancy-texts';
import { parseResolution, resolveDiscrepancy } from '../drift/resolve-discrepancy';
import { toDecimal } from '../../money/money';
import { CommandState, CommandType, ProvisioningState } from '../../schema/generated/options';
import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts } from './facts';
import type { Policy } from './policy';
import { update } from './write-rows';

/**
 * Carries out "Resolve discrepancy" (command 7): one field takes one side. What is refused is answered at once, while both sides
 * still differ; what was done is answered with the other commands, when both agree.
 */
export function planResolution(crm: CrmFacts, jira: JiraFacts, _policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || jira.state !== 'found') return [];
  if (mapping.provisioningState !== ProvisioningState.Linked) return [];
  for (const command of crm.commands.filter(({ type }) => type === CommandType.ResolveDiscrepancy)) {
    const resolution = resolveDiscrepancy(crm, mapping, jira, parseResolution(command.argument));
    if (resolution.kind === 'settles') continue;
    if (resolution.kind === 'set-jira-amount') {
      const { budgetId, projectId, amount } = resolution;
      return [{ kind: 'budget.set-amount', budgetId, projectId, amount }];
    }
    if (resolution.kind === 'set-project-budget') {
      return [
        {
          kind: 'dataverse.change-set',
          because: 'the amount in Jira was chosen',
          writes: [
            update('opportunity', opportunity.id, { crmjira_project_budget: toDecimal(resolution.amount) }),
            // What was seen of the budget amount until now: the project budget is the newer of the two.
            update(
              'crmjira_budget_mapping',
              mapping.id,
              { crmjira_budget_amount_seen: opportunity.budgetAmount ? toDecimal(opportunity.budgetAmount) : null },
              mapping.version,
            ),
          ],
        },
      ];
    }
    return [
      {
        kind: 'dataverse.change-set',
        because: 'a discrepancy was not resolved as asked',
        writes: [
          update('crmjira_command', command.id, {
            crmjira_command_state: CommandState.Refused,
            crmjira_result: resolutionRefusedText(resolution.refusal, command.language),
            crmjira_finished_on: wholeSecond(now),
          }),
        ],
      },
    ];
  }
  return [];
}
