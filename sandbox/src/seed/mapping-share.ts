import { type Money, mappingId, money } from '@crmjira/domain';
import { currencies } from './currencies';
import { applicationUsers } from './people';
import type { ProjectOfOpportunity } from './project-of-opportunity';
import { ref } from './seed-row';
import { at } from './work-days';

/** A running project was last read so many hours ago. */
const LAST_SYNC = 0.1;

/** What every row that hangs on a mapping shares. */
export interface MappingShare {
  readonly id: string;
  readonly approved: Money;
  readonly currency: Readonly<Record<string, string>>;
  readonly owner: Readonly<Record<string, string>>;
  readonly ofMapping: Readonly<Record<string, string>>;
  readonly syncedOn: string;
  /** what the form says when the project is gone, in the words of the plan, so that it has nothing to add */
  readonly error: string | null;
}

export function shareOf({ opportunity, scenario, work, jira }: ProjectOfOpportunity, now: Date): MappingShare {
  const id = mappingId(opportunity.id);
  const lastRead = new Date(now.getTime() - (scenario.deletedHoursAgo ?? LAST_SYNC) * 3_600_000);
  const lastDay = work.history.at(-1)?.day ?? work.startDay;
  return {
    id,
    approved: money(Math.round((opportunity.budget ?? 0) * 100), opportunity.currency),
    currency: { 'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies[opportunity.currency].id) },
    owner: { 'ownerid@odata.bind': ref('systemuser', applicationUsers[1].id) },
    ofMapping: { 'crmjira_budget_mapping_id@odata.bind': ref('crmjira_budget_mapping', id) },
    syncedOn: scenario.state === 'completed' ? at(lastDay, 16) : `${lastRead.toISOString().slice(0, 19)}Z`,
    error:
      scenario.deletedHoursAgo === undefined
        ? null
        : `The Jira project ${jira.key} no longer exists, or the integration account may no longer see it. The last figures are kept. Restore the project or that access in Jira. To link another project, ask an administrator to delete the budget mapping first.`,
  };
}
