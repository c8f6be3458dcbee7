import { entryOf } from '../entry-of';
import { utilization } from '../burn';
import { type Money, subtract } from '../money';
import { moneyText, percentText } from '../money-text';
import { AlertLevel } from '../schema/generated/options';

export interface AlertSubject {
  readonly opportunityName: string;
  readonly accountName: string | null;
  readonly reference: string;
  readonly spent: Money;
  readonly approved: Money;
  readonly redactAmounts: boolean;
  /** link to the opportunity, null when the environment's address is not configured */
  readonly recordUrl: string | null;
}

export interface AlertTexts {
  readonly mailSubject: string;
  readonly mailBody: string;
  readonly taskSubject: string;
  readonly taskDescription: string;
}

/** HTML text content and attribute values (R-515). */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entryOf(entities, character)!);
}

/** The opportunity's name without a trailing ` - <account name>` (E3.2). */
export function shortName(name: string, accountName: string | null): string {
  const tail = ` - ${accountName}`;
  return accountName && name.endsWith(tail) && name.length > tail.length ? name.slice(0, -tail.length) : name;
}

function list(rows: readonly (readonly [string, string])[]): string {
  return `<ul>${rows.map(([label, value]) => `<li>${label}: ${escapeHtml(value)}</li>`).join('')}</ul>`;
}

function link(subject: AlertSubject): string {
  return subject.recordUrl ? `<p><a href="${escapeHtml(subject.recordUrl)}">Open the opportunity</a></p>` : '';
}

function warning(subject: AlertSubject): AlertTexts {
  const percent = utilization(subject.spent, subject.approved, 1) ?? 0;
  const reached = `${Math.floor(percent)}%`;
  const details = subject.redactAmounts
    ? ''
    : list([
        ['Approved budget', moneyText(subject.approved)],
        ['Spent amount', moneyText(subject.spent)],
        ['Remaining budget', moneyText(subtract(subject.approved, subject.spent))],
        ['Utilization', percentText(percent)],
      ]);
  return {
    mailSubject: `Budget Warning: ${subject.opportunityName}`,
    mailBody:
      `<p>The project ${escapeHtml(subject.reference)} has reached ${reached} of its approved budget. ` +
      `Please review and take appropriate action.</p>${details}${link(subject)}`,
    taskSubject: `Review Budget Status - ${shortName(subject.opportunityName, subject.accountName)}`,
    taskDescription: `The project ${subject.reference} has reached ${reached} of its approved budget.`,
  };
}

function overBudget(subject: AlertSubject): AlertTexts {
  const details = subject.redactAmounts
    ? ''
    : list([
        ['Approved Budget', moneyText(subject.approved)],
        ['Spent Amount', moneyText(subject.spent)],
        ['Over Budget By', moneyText(subtract(subject.spent, subject.approved))],
      ]);
  return {
    mailSubject: 'Budget Alert: Project Over Budget',
    mailBody: `<h2>Budget Alert</h2><p>Project ${escapeHtml(subject.reference)} has exceeded its approved budget.</p>${details}${link(subject)}`,
    taskSubject: `Review Over Budget Project: ${subject.reference}`,
    taskDescription: 'Project has exceeded approved budget. Review and take corrective action.',
  };
}

/** Words of mail and task for an alert (R-701 to R-704, E3 and E3-B). Amounts are left out where the environment says so (R-708). */
export function alertTexts(level: AlertLevel, subject: AlertSubject): AlertTexts {
  return level === AlertLevel.OverBudget ? overBudget(subject) : warning(subject);
}
