import {
  AlertLevel,
  Severity,
  addDays,
  alertEmailId,
  alertId,
  alertLevel,
  alertTaskId,
  alertTexts,
  isAtLeast,
  mappingId,
  money,
  toDecimal,
  utilization,
} from '@crmjira/domain';
import type { Money } from '@crmjira/domain';
import { accounts } from './accounts';
import { currencies } from './currencies';
import { sentMailRows } from './mail-rows';
import { FINANCE_CONTROLLER, PROJECT_MANAGER, applicationUsers, crmPeople } from './people';
import { type ProjectOfOpportunity, ownerOf } from './project-of-opportunity';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';
import type { BurnDay } from './simulate-work';
import { at } from './work-days';

/** Days on which the burn first reached a level; a jump over both raises the higher only. */
function crossings(
  history: readonly BurnDay[],
  approved: Money,
  warningPercent: number,
): { burn: BurnDay; level: AlertLevel }[] {
  let reached: AlertLevel = AlertLevel.None;
  return history.flatMap((burn) => {
    const level = alertLevel(money(burn.spent, approved.currency), approved, warningPercent);
    if (isAtLeast(reached, level)) return [];
    reached = level;
    return [{ burn, level }];
  });
}

/** Alert, task and sent mail for each level that a project has reached. */
export function alertRows(
  project: ProjectOfOpportunity,
  { approved, warningPercent }: { approved: Money; warningPercent: number },
): SeedRow[] {
  const { opportunity, jira, work, scenario } = project;
  const mapping = mappingId(opportunity.id);
  const owner = crmPeople.find(({ id }) => id === ownerOf(opportunity));
  const account = accounts.find(({ key }) => key === opportunity.account)?.name ?? null;
  const regarding = ref('opportunity', opportunity.id);
  const service = ref('systemuser', applicationUsers[1].id);
  return crossings(work.history, approved, warningPercent).flatMap(({ burn, level }): SeedRow[] => {
    const over = isAtLeast(level, AlertLevel.OverBudget);
    const id = alertId(mapping, level, 1);
    const raisedOn = at(burn.day, 21, 50);
    const spent = money(burn.spent, approved.currency);
    const percent = utilization(spent, approved) ?? 0;
    const to = [owner?.upn ?? '', ...(over ? [] : [PROJECT_MANAGER.upn, FINANCE_CONTROLLER.upn])];
    const subject = {
      opportunityName: opportunity.name,
      accountName: account,
      reference: jira.reference,
      spent,
      approved,
      redactAmounts: false,
      recordUrl: null,
    };
    const texts = alertTexts(level, subject, [1033]);
    const closed = scenario.state === 'completed';
    return [
      {
        table: 'crmjira_budget_alert',
        row: {
          crmjira_budget_alertid: id,
          crmjira_name: texts.mailSubject.slice(0, 200),
          'crmjira_budget_mapping_id@odata.bind': ref('crmjira_budget_mapping', mapping),
          'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies[opportunity.currency].id),
          'ownerid@odata.bind': service,
          createdon: raisedOn,
          crmjira_alert_level: level,
          crmjira_crossing_no: 1,
          crmjira_severity: over ? Severity.High : Severity.Medium,
          crmjira_utilization: percent,
          crmjira_spent_amount: toDecimal(spent),
          crmjira_approved_budget: toDecimal(approved),
          crmjira_raised_on: raisedOn,
          crmjira_emailed_on: raisedOn,
          crmjira_recipients: to.join('; '),
          crmjira_task_id: alertTaskId(id),
        },
      },
      {
        table: 'task',
        row: {
          activityid: alertTaskId(id),
          subject: texts.taskSubject.slice(0, 200),
          description: texts.taskDescription,
          prioritycode: 2,
          scheduledstart: raisedOn,
          scheduledend: addDays(raisedOn, 1),
          createdon: raisedOn,
          'regardingobjectid_opportunity_task@odata.bind': regarding,
          'ownerid@odata.bind': ref('systemuser', ownerOf(opportunity)),
          ...(closed ? { statecode: 1, statuscode: 5 } : {}),
        },
      },
      ...sentMailRows(alertEmailId(id), {
        subject: texts.mailSubject,
        body: texts.mailBody,
        to,
        isImportant: over,
        sentOn: raisedOn,
        opportunityId: opportunity.id,
      }),
    ];
  });
}
