import { OTHER_AUTHORITY } from '../../authority/authority';
import { unmetNeed } from '../../authority/needs';
import { refusalText } from '../../authority/refusal-texts';
import { addDays, dayOf } from '../../calendar/calendar';
import { derivedId } from '../../hash/derived-id';
import type { Language } from '../../text/language';
import type { Action } from './actions';
import type { CrmFacts, Guid, Instant, JiraFacts, OpportunityFacts } from './facts';
import { ownerTask } from './owner-task';
import { refusedEvent, wishLog } from './plan-authority';
import type { Policy } from './policy';

/**
 * Days after the end of a snooze for which it is told that it came too late. Without a limit each snooze that was over before the log
 * noted snoozes would be told of.
 */
const toldWithinDays = 31;

const hasReason = ({ alertsSnoozeReason }: OpportunityFacts): boolean => (alertsSnoozeReason?.trim() ?? '') !== '';

/** The log row that notes a snooze, taken or refused; null where there is none. Another date, or a reason that is added, is another. */
export function snoozeLogId(opportunity: OpportunityFacts): Guid | null {
  const { alertsSnoozedUntil: until } = opportunity;
  if (until === null || opportunity.state !== 'open') return null;
  return derivedId(opportunity.id, 'snooze', until, hasReason(opportunity) ? 'reason' : 'no reason');
}

/**
 * Notes a snooze once: in the log that alerts are held back, or for the owner why they are not (F-120). A snooze that has been noted
 * and is over since is no mistake.
 */
export function planSnooze(crm: CrmFacts, _jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { opportunity, mapping, snoozeNoted } = crm;
  const until = opportunity?.alertsSnoozedUntil ?? null;
  const id = opportunity && snoozeLogId(opportunity);
  if (!mapping || !opportunity || !id || until === null || snoozeNoted !== false) return [];
  if (addDays(`${until}T00:00:00Z`, toldWithinDays) < now) return [];
  // Dataverse lets nobody else change the row.
  const need = unmetNeed(OTHER_AUTHORITY.snooze.needs, {
    write: true,
    'snooze-reason': hasReason(opportunity),
    'snooze-not-past': dayOf(now) <= until,
  });
  const said =
    need === null
      ? { eventType: 'alerts_snoozed', message: `Alerts are snoozed until ${until}.` }
      : { eventType: refusedEvent(need), message: refusalText(need, 1033) };
  const log = wishLog(id, said, crm);
  if (need === null) return [{ kind: 'dataverse.change-set', because: 'alerts were snoozed', writes: [log] }];
  const language = crm.ownerLanguage ?? 1033;
  const texts = {
    subject: `${subjectIn(language)} - ${opportunity.name}`,
    description: refusalText(need, language),
  };
  const task = ownerTask(derivedId(id, 'task'), texts, opportunity, policy, now);
  return [{ kind: 'dataverse.change-set', because: 'a snooze of alerts has no effect', writes: [log, task] }];
}

const subjectIn = (language: Language): string =>
  language === 3084 ? 'Les alertes ne sont pas suspendues' : 'Alerts are not snoozed';
