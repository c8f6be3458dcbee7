import {
  type Mapping,
  action,
  chip,
  failureWords,
  formatMoment,
  isUnderWay,
  isUnreachable,
  message,
  nextTry,
} from '@crmjira/form-data';
import type { Part, ViewContext } from './view-context';

/** Too many projects at once: since when, and who decides (F-107). Whoever administers the integration can release it here. */
export function held({ heldOn }: Mapping, { say, format, form, permissions }: ViewContext): Part {
  const now = form?.now ?? '';
  const since = formatMoment(heldOn ?? now, now, format.dates);
  const busy = isUnderWay(form?.record?.command);
  const mayRelease = permissions.mayCommand && permissions.mayRelease;
  return {
    chips: [chip('warn', 'Clock', say('chip.held'))],
    message: message('warn', 'Clock', say('held', { since }), say('held.next')),
    actions: mayRelease ? [action('retry', 'Play', say('action.release'), true, busy)] : [],
  };
}

/** What keeps the project from being created, and that it needs nobody at this page (F-108). */
export function waiting(mapping: Mapping, { say, format, form }: ViewContext): Part {
  const now = form?.now ?? '';
  const moment = (at: string): string => formatMoment(at, now, format.dates);
  const away = isUnreachable(mapping.lastError);
  const since = moment(mapping.since ?? mapping.createdOn ?? now);
  const retry = nextTry(mapping, now);
  const next = [say(away ? 'waiting.next' : 'waiting.other')];
  if (retry) next.push(say('stale.retry', { time: moment(retry) }));
  const strong = away ? say('waiting.jira', { since }) : failureWords(mapping, say);
  return {
    chips: [chip('warn', 'Clock', say('chip.waiting'))],
    message: message('warn', 'PlugDisconnected', strong, next.join(' ')),
  };
}

/** Asked for, with no row to tell how far it is. */
export function unanswered({ say, form }: ViewContext): Part {
  return {
    chips: [chip('warn', 'Clock', say('chip.waiting'))],
    message: message(
      'warn',
      'PlugDisconnected',
      form?.record?.command?.result ?? say('waiting.integration'),
      say('waiting.integration.next'),
    ),
    live: '',
  };
}
