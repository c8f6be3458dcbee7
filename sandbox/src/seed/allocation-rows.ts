import { allocationId, costOfTime, money } from '@crmjira/domain';
import type { MappingShare } from './mapping-share';
import type { ProjectOfOpportunity } from './project-of-opportunity';
import { jiraPeople } from './people';
import type { SeedRow } from './seed-row';
import { rateOf } from './simulate-work';
import { hours } from './snapshot-rows';

interface PersonMonth {
  readonly month: string;
  readonly personId: string;
  readonly person: string;
  readonly seconds: number;
  /** minor units */
  readonly cost: number;
}

/** Hours and cost by person and month, as they follow from the worklogs. */
export function allocationRows({ opportunity, work, jira }: ProjectOfOpportunity, share: MappingShare): SeedRow[] {
  const months = new Map<string, PersonMonth>();
  for (const worklog of work.worklogs) {
    const who = jiraPeople[worklog.person];
    if (!who) continue;
    const month = `${worklog.day.slice(0, 7)}-01`;
    const rate = money(Math.round(rateOf(opportunity, worklog.person).rate * 100), opportunity.currency);
    const id = allocationId(share.id, month, who.accountId);
    const before = months.get(id);
    months.set(id, {
      month,
      personId: who.accountId,
      person: who.displayName,
      seconds: (before?.seconds ?? 0) + worklog.seconds,
      cost: (before?.cost ?? 0) + costOfTime(worklog.seconds, rate).minor,
    });
  }
  return [...months].map(([id, { month, personId, person, seconds, cost }]) => ({
    table: 'crmjira_resource_allocation',
    row: {
      crmjira_resource_allocationid: id,
      crmjira_name: `${jira.reference} ${month.slice(0, 7)}`,
      ...share.ofMapping,
      ...share.currency,
      ...share.owner,
      crmjira_month: month,
      crmjira_person_id: personId,
      crmjira_person: person,
      crmjira_hours: hours(seconds),
      crmjira_cost: cost / 100,
    },
  }));
}
