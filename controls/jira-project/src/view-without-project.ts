import { type Money, moneyFromDecimal } from '@crmjira/domain';
import {
  type ActionView,
  type Mapping,
  action,
  chip,
  failureWords,
  formatElapsed,
  formatMoney,
  isUnderWay,
  message,
} from '@crmjira/form-data';
import { type ProjectState, USUALLY } from './project-state';
import type { ProjectView } from './project-view';
import type { Part, ViewContext } from './view-context';

type NoProject = Extract<ProjectState, { kind: 'missing' | 'ready' }>['record'];

function threshold(record: NoProject): Money {
  return moneyFromDecimal(record.settings.budgetThreshold, record.opportunity.currency.code);
}

function noProjectChip({ say }: ViewContext): Pick<ProjectView, 'chips'> {
  return { chips: [chip('neutral', 'Info', say('chip.none'))] };
}

/** Which of the conditions is not met yet. */
export function missing(record: NoProject, context: ViewContext): Part {
  const { say, format } = context;
  const { open, budgetAmount, currency } = record.opportunity;
  const style = { symbol: currency.symbol, pattern: format.numbers };
  const enough = budgetAmount !== null && budgetAmount.minor > threshold(record).minor;
  const stateText = (met: boolean): string => say(met ? 'met' : 'notMet');
  return {
    ...noProjectChip(context),
    lede: say('missing'),
    conditions: [
      { text: say('missing.open'), met: open, stateText: stateText(open), detail: null },
      {
        text: say('missing.budget', { threshold: formatMoney(threshold(record), style) }),
        met: enough,
        stateText: stateText(enough),
        detail:
          budgetAmount === null
            ? say('missing.budget.none')
            : say('missing.budget.now', { amount: formatMoney(budgetAmount, style) }),
      },
    ],
  };
}

/** Both conditions hold: the person may ask for the project. */
export function ready(record: NoProject, context: ViewContext): Part {
  const { say, format, permissions } = context;
  const { budgetAmount, currency } = record.opportunity;
  const style = { symbol: currency.symbol, pattern: format.numbers };
  const amount = budgetAmount === null ? '' : formatMoney(budgetAmount, style);
  const actions: ActionView[] = [];
  if (permissions.mayCommand) actions.push(action('create', 'Add', say('action.create'), true));
  if (permissions.mayCommand && permissions.mayLink) actions.push(action('link', 'Link', say('action.link')));
  return { ...noProjectChip(context), lede: say('ready', { amount }), actions };
}

/** @param step the one being worked on, 1 to 4 @param since when it was asked for */
export function provisioning(step: number, since: string | null, { say, form, format }: ViewContext): Part {
  const now = form?.now ?? '';
  const isSlow = since !== null && Date.parse(now) - Date.parse(since) > USUALLY;
  const keys = ['step.1', 'step.2', 'step.3', 'step.4'] as const;
  return {
    chips: [chip('brand', 'ProgressRingDots', say('chip.creating'))],
    steps: keys.map((key, index) => {
      const place = index + 1 < step ? 'done' : index + 1 === step ? 'current' : 'open';
      return { text: say(key), state: place, stateText: say(place === 'open' ? 'toDo' : place) };
    }),
    note: isSlow
      ? say('provisioning.slow', { time: formatElapsed(since, now, format.locale) })
      : say('provisioning.note'),
  };
}

/** Why there is no project, what is safe and what to do. */
export function failed(mapping: Mapping, context: ViewContext): Part {
  const { say, permissions, form } = context;
  const reason = mapping.lastError;
  const refused = /^Jira refused the request: (.*?)\.?$/.exec(reason ?? '')?.[1];
  const actions: ActionView[] = [];
  const busy = isUnderWay(form?.record?.command);
  if (permissions.mayCommand) {
    actions.push(action('retry', 'Sync', say('action.retry'), true, busy));
  }
  if (permissions.mayReadLog) {
    actions.push(action('log', 'OpenInNewWindow', say('action.log')));
  }
  return {
    chips: [chip('over', 'ErrorBadge', say('chip.notCreated'))],
    message: message(
      'over',
      'ErrorBadge',
      refused ? say('failed', { reason: refused }) : (reason && failureWords(mapping, say)) || say('failed.unknown'),
      say('failed.next'),
    ),
    actions,
  };
}
