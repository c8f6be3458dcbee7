import { isAtLeast } from '../alert-rank';
import { utilization } from '../burn';
import { inEachLanguage } from '../../mail/in-each-language';
import { type Money, subtract } from '../../money/money';
import { moneyText, percentText } from '../../money/money-text';
import { AlertLevel } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import { escapeHtml } from '../../text/escape-html';

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

/** The opportunity's name without a trailing ` - <account name>` (E3.2). */
export function shortName(name: string, accountName: string | null): string {
  const tail = ` - ${accountName}`;
  return accountName && name.endsWith(tail) && name.length > tail.length ? name.slice(0, -tail.length) : name;
}

const words = {
  1033: {
    colon: ':',
    open: 'Open the opportunity',
    warning: {
      mail: 'Budget Warning',
      task: 'Review Budget Status',
      reached: (reference: string, percent: string) =>
        `The project ${reference} has reached ${percent} of its approved budget.`,
      next: 'Please review and take appropriate action.',
      approved: 'Approved budget',
      spent: 'Spent amount',
      remaining: 'Remaining budget',
      utilization: 'Utilization',
    },
    over: {
      mail: 'Budget Alert: Project Over Budget',
      task: 'Review Over Budget Project',
      heading: 'Budget Alert',
      exceeded: (reference: string) => `Project ${reference} has exceeded its approved budget.`,
      next: 'Project has exceeded approved budget. Review and take corrective action.',
      approved: 'Approved Budget',
      spent: 'Spent Amount',
      excess: 'Over Budget By',
    },
  },
  3084: {
    colon: '\u00a0:',
    open: 'Ouvrir l’opportunité',
    warning: {
      mail: 'Avertissement de budget',
      task: 'Vérifier l’état du budget',
      reached: (reference: string, percent: string) =>
        `Le projet ${reference} a atteint ${percent} de son budget approuvé.`,
      next: 'Veuillez vérifier la situation et prendre les mesures nécessaires.',
      approved: 'Budget approuvé',
      spent: 'Montant dépensé',
      remaining: 'Solde du budget',
      utilization: 'Utilisation',
    },
    over: {
      mail: 'Alerte de budget\u00a0: projet en dépassement',
      task: 'Examiner le projet en dépassement de budget',
      heading: 'Alerte de budget',
      exceeded: (reference: string) => `Le projet ${reference} a dépassé son budget approuvé.`,
      next: 'Le projet a dépassé son budget approuvé. Examinez la situation et prenez des mesures correctives.',
      approved: 'Budget approuvé',
      spent: 'Montant dépensé',
      excess: 'Dépassement',
    },
  },
} as const satisfies Readonly<Record<Language, unknown>>;

type Row = readonly [label: string, value: string];

/** What an alert says in one language; subjects are put together from all of them. */
interface Wording {
  readonly mailBody: string;
  readonly taskDescription: string;
}

function details(subject: AlertSubject, language: Language, rows: readonly Row[]): string {
  const { colon, open } = words[language];
  const items = rows.map(([label, value]) => `<li>${label}${colon} ${escapeHtml(value)}</li>`);
  const list = subject.redactAmounts ? '' : `<ul>${items.join('')}</ul>`;
  return list + (subject.recordUrl ? `<p><a href="${escapeHtml(subject.recordUrl)}">${open}</a></p>` : '');
}

function warning(subject: AlertSubject, language: Language): Wording {
  const { approved, reference, spent } = subject;
  const { warning: text } = words[language];
  const percent = utilization(spent, approved, 1) ?? 0;
  const whole = `${Math.floor(percent)}${language === 3084 ? '\u00a0' : ''}%`;
  const rows: readonly Row[] = [
    [text.approved, moneyText(approved, language)],
    [text.spent, moneyText(spent, language)],
    [text.remaining, moneyText(subtract(approved, spent), language)],
    [text.utilization, percentText(percent, language)],
  ];
  return {
    mailBody: `<p>${escapeHtml(text.reached(reference, whole))} ${text.next}</p>${details(subject, language, rows)}`,
    taskDescription: text.reached(reference, whole),
  };
}

function overBudget(subject: AlertSubject, language: Language): Wording {
  const { approved, reference, spent } = subject;
  const { over: text } = words[language];
  const rows: readonly Row[] = [
    [text.approved, moneyText(approved, language)],
    [text.spent, moneyText(spent, language)],
    [text.excess, moneyText(subtract(spent, approved), language)],
  ];
  return {
    mailBody: `<h2>${text.heading}</h2><p>${escapeHtml(text.exceeded(reference))}</p>${details(subject, language, rows)}`,
    taskDescription: text.next,
  };
}

/**
 * Words of mail and task for an alert (R-701 to R-704, E3 and E3-B). Amounts are left out where the environment says so.
 * @param languages of the readers; with several, each says the same (F-117)
 */
export function alertTexts(level: AlertLevel, subject: AlertSubject, languages: readonly Language[]): AlertTexts {
  const over = isAtLeast(level, AlertLevel.OverBudget);
  const heads = (of: 'mail' | 'task'): string =>
    languages.map((language) => words[language][over ? 'over' : 'warning'][of]).join(' / ');
  const say = over ? overBudget : warning;
  const { colon } = words[languages.at(-1) ?? 1033];
  const name = shortName(subject.opportunityName, subject.accountName);
  return {
    mailSubject: over ? heads('mail') : `${heads('mail')}${colon} ${subject.opportunityName}`,
    mailBody: inEachLanguage(languages, (language) => say(subject, language).mailBody),
    taskSubject: over ? `${heads('task')}${colon} ${subject.reference}` : `${heads('task')} - ${name}`,
    taskDescription: languages.map((language) => say(subject, language).taskDescription).join('\n'),
  };
}
