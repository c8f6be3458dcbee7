import { ApprovalStatus, ProvisioningState } from '@crmjira/domain';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import { jiraRest } from './jira-rest';
import { OLIVIA, PAUL, TOOLS, signIn } from './people';
import type { SandboxUnderTest } from './sandbox-under-test';

export interface ExampleProject {
  readonly key: string;
  /** The root issue, on which the hours of these tests are logged. */
  readonly issueKey: string;
}

/** E1 without a page: the example opportunity gets its budget, its project and its approval, each by whoever may. */
export async function putExampleIntoExecution({ endpoints }: SandboxUnderTest): Promise<ExampleProject> {
  const [olivia, paul, tools] = await Promise.all([
    signIn(endpoints, OLIVIA),
    signIn(endpoints, PAUL),
    signIn(endpoints, TOOLS),
  ]);
  const linkedMapping = async () => {
    const [row] = await tools.rows(
      `crmjira_budget_mappings?$filter=_crmjira_opportunity_id_value eq ${EXAMPLE_OPPORTUNITY_ID}`,
    );
    if (row?.['crmjira_provisioning_state'] !== ProvisioningState.Linked) throw new Error('No project is linked.');
    return row;
  };
  await olivia.update(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`, { budgetamount: 250_000 });
  const linked = await eventually(linkedMapping);
  const approval = await olivia.create('crmjira_budget_approvals', {
    'crmjira_opportunity_id@odata.bind': `/opportunities(${EXAMPLE_OPPORTUNITY_ID})`,
    crmjira_amount: 250_000,
    crmjira_requested_on: new Date().toISOString(),
  });
  await paul.create('crmjira_budget_decisions', {
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${approval})`,
    crmjira_decision: ApprovalStatus.Approved,
    crmjira_decided_on: new Date().toISOString(),
  });
  await eventually(async () => {
    const { crmjira_approval_status: status } = await olivia.row(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`);
    if (status !== ApprovalStatus.Approved) throw new Error('The budget is not approved.');
  });
  const key = String(linked['crmjira_jira_project_key']);
  const [root] = await jiraRest(endpoints).issuesOf(key);
  if (!root) throw new Error(`The project ${key} has no issue.`);
  return { key, issueKey: root.key };
}
