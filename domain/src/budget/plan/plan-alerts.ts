import { addDays, afterWeekend, wholeSecond } from '../../calendar/calendar';
import { alertEmailId, alertId, alertTaskId } from '../../hash/derived-id';
import { utilization } from '../burn';
import { type Money, toDecimal } from '../../money/money';
import { AlertLevel, Severity } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import { isAtLeast } from '../alert-rank';
import { alertLevel } from '../thresholds';
import type { RowWrite } from './actions';
import { type AlertTexts, alertTexts } from './alert-texts';
import { currencyRowOf } from './approved-amount';
import type { CrmFacts, Guid, Instant, MappingFacts, OpportunityFacts } from './facts';
import { distinctAddresses, mailDraft } from './mail-draft';
import type { Policy } from './policy';
import { snoozedUntil } from './snooze';
import { bind, create, update } from './write-rows';

type Subject = CrmFacts & { readonly opportunity: OpportunityFacts; readonly mapping: MappingFacts };
interface Figures {
  readonly spent: Money;
  readonly approved: Money;
}

export interface AlertPlan {
  readonly level: AlertLevel;
  /** a level was newly reached: the opportunity needs its review */
  readonly raised: boolean;
  readonly writes: readonly RowWrite[];
}

/**
 * One alert per crossing and level: a jump over both levels raises only the higher, falling below re-arms, and further
 * events on the same level write nothing. Alert, task and draft mail stand in the change set of the figures that cause them.
 */
export function planAlerts(crm: Subject, figures: Figures, policy: Policy, now: Instant): AlertPlan {
  const level = alertLevel(figures.spent, figures.approved, policy.warningThreshold);
  const before = crm.mapping.lastAlertLevel;
  if (!isAtLeast(before, level)) return { level, raised: true, writes: raise(crm, level, figures, policy, now) };
  const cleared = crm.alerts.filter((alert) => alert.clearedOn === null && !isAtLeast(level, alert.level));
  return {
    level,
    raised: false,
    writes: cleared.map((alert) => update('crmjira_budget_alert', alert.id, { crmjira_cleared_on: wholeSecond(now) })),
  };
}

const isOver = (level: AlertLevel): boolean => isAtLeast(level, AlertLevel.OverBudget);

function recipients(crm: CrmFacts, level: AlertLevel, policy: Policy, inDigest: boolean): string[] {
  // The owner of a digest hears of a warning there; the others do not read it.
  const owners = inDigest ? [] : crm.ownerEmails.length > 0 ? crm.ownerEmails : [policy.administratorMailbox];
  const others = isOver(level) ? [] : [crm.projectManagerEmail, policy.financeControllerEmail];
  return distinctAddresses([...owners, ...others], inDigest ? crm.ownerEmails : []);
}

function raise(crm: Subject, level: AlertLevel, figures: Figures, policy: Policy, now: Instant): RowWrite[] {
  const { opportunity, mapping } = crm;
  const crossingNo = 1 + Math.max(0, ...crm.alerts.filter((a) => a.level === level).map((a) => a.crossingNo));
  const id = alertId(mapping.id, level, crossingNo);
  const at = wholeSecond(now);
  const over = isOver(level);
  const snoozed = snoozedUntil(opportunity, now);
  const inDigest = isForDigest(crm, level);
  const to = recipients(crm, level, policy, inDigest);
  return [
    create('crmjira_budget_alert', id, {
      crmjira_name: textsOf(crm, level, figures, policy, ownerLanguages(crm)).mailSubject,
      'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', mapping.id),
      'transactioncurrencyid@odata.bind': bind(
        'transactioncurrency',
        currencyRowOf(mapping, opportunity, figures.approved),
      ),
      crmjira_alert_level: level,
      crmjira_crossing_no: crossingNo,
      crmjira_severity: over ? Severity.High : Severity.Medium,
      ...(utilization(figures.spent, figures.approved) === null
        ? {}
        : { crmjira_utilization: utilization(figures.spent, figures.approved) }),
      crmjira_spent_amount: toDecimal(figures.spent),
      crmjira_approved_budget: toDecimal(figures.approved),
      crmjira_raised_on: at,
      crmjira_recipients: to.join('; '),
      crmjira_task_id: alertTaskId(id),
      ...(snoozed === null ? {} : { crmjira_snoozed_until: snoozed }),
      ...(inDigest ? { crmjira_in_digest: true } : {}),
    }),
    ...(snoozed === null ? tellPeople(crm, { id, level, inDigest }, figures, policy, now) : []),
  ];
}

/** Warnings only: over budget is never part of a digest only (R-2306). Nobody's digest is a reason to mail at once. */
function isForDigest(crm: Subject, level: AlertLevel): boolean {
  return !isOver(level) && crm.opportunity.alertsInDigest && crm.ownerEmails.length > 0;
}

/** Each language that people at these addresses read; a mailbox has none of its own and goes by the others. */
function languagesAt({ readerLanguages }: CrmFacts, addresses: readonly string[]): Language[] {
  const known = new Set(addresses.flatMap((address) => readerLanguages?.get(address) ?? []));
  return [...known].sort();
}

/** Of the owner, or of the members of an owner team. */
function ownerLanguages(crm: CrmFacts): readonly Language[] {
  if (crm.ownerLanguage !== undefined) return [crm.ownerLanguage];
  const known = languagesAt(crm, crm.ownerEmails);
  return known.length > 0 ? known : [1033];
}

function textsOf(
  crm: Subject,
  level: AlertLevel,
  figures: Figures,
  policy: Policy,
  languages: readonly Language[],
): AlertTexts {
  const { opportunity, mapping } = crm;
  const subject = {
    opportunityName: opportunity.name,
    accountName: opportunity.accountName,
    reference: mapping.reference,
    spent: figures.spent,
    approved: figures.approved,
    redactAmounts: policy.redactAmountsInEmail,
    recordUrl: policy.recordUrl === null ? null : policy.recordUrl + opportunity.id,
  };
  return alertTexts(level, subject, languages);
}

/** When an alert's task is due. */
function taskDue(now: Instant, policy: Policy): Instant {
  const due = addDays(now, policy.taskDueDays);
  return policy.taskSkipWeekends === true ? afterWeekend(due) : due;
}

/** Task and draft mail of an alert: with it, or once its snooze is over. */
export function tellPeople(
  crm: Subject,
  { id, level, inDigest }: { readonly id: Guid; readonly level: AlertLevel; readonly inDigest: boolean },
  figures: Figures,
  policy: Policy,
  now: Instant,
): RowWrite[] {
  const { opportunity } = crm;
  const at = wholeSecond(now);
  const to = recipients(crm, level, policy, inDigest);
  const readers = languagesAt(crm, to);
  const mail = textsOf(crm, level, figures, policy, readers.length > 0 ? readers : [1033, 3084]);
  const task = textsOf(crm, level, figures, policy, ownerLanguages(crm));
  const regarding = bind('opportunity', opportunity.id);
  const owner = bind(opportunity.ownerType === 'team' ? 'team' : 'systemuser', opportunity.ownerId);
  const writes: RowWrite[] = [
    create('task', alertTaskId(id), {
      subject: task.taskSubject,
      description: task.taskDescription,
      prioritycode: 2,
      scheduledstart: at,
      scheduledend: taskDue(now, policy),
      'regardingobjectid_opportunity_task@odata.bind': regarding,
      'ownerid@odata.bind': owner,
    }),
  ];
  // Where no mail can leave the system, the alert row and the task still tell the owner.
  return [
    ...writes,
    ...mailDraft(crm, alertEmailId(id), {
      subject: mail.mailSubject,
      body: mail.mailBody,
      to,
      isImportant: isOver(level),
    }),
  ];
}
