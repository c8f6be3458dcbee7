import { NARROW_BELOW, chip, formatDateTime, message } from '@crmjira/form-data';
import { approvalState, isOffline } from './approval-state';
import type { ApprovalView, Part } from './approval-view';
import { outcomeOf } from './outcomes';
import type { ViewContext } from './view-context';
import { isMissed } from './rows/approvals-part';
import { keptPart, partOf } from './view-of-state';

/** The whole control in words and figures; pure, so that the same facts always draw the same. */
export function approvalView(context: ViewContext): ApprovalView {
  const { host, form, say } = context;
  const state = approvalState(context);
  const known = 'record' in state;
  const offline = isOffline(context) && known;
  const part = partOf(state, context);
  const left = known && !part.field?.decides && state.kind !== 'conflict' && context.unrecorded;
  const time = form?.readAt ? formatDateTime(form.readAt, host.format.dates) : '';
  const behind = known && (isMissed(form) || form?.failure) && say('notRefreshed', { time });
  return {
    state: offline ? 'offline' : state.kind,
    title: say('title'),
    narrow: host.width < NARROW_BELOW,
    told: told(context),
    ...part,
    ...(left && keptPart(left, say)),
    ...(offline ? offlinePart(say('offline', { time }), say) : behind && { note: behind }),
  };
}

/** What became of what was sent from here; empty before that, and where a message says it. */
function told({ attempt, say }: ViewContext): string {
  if (!attempt) return '';
  const { sent, amount, outcome } = attempt;
  if (/^(noComment|sending|taken)$/.test(sent)) return '';
  if (sent === 'changed') return say('ask.changed');
  if (sent === 'sent') return say(outcome ? `${outcomeOf(outcome)[2]}.told` : 'asked', { amount });
  return say(sent !== 'forbidden' ? 'notSent' : outcome ? 'notAllowed.decide' : 'notAllowed.ask');
}

/** What is known stays, what would need the server goes. */
function offlinePart(strong: string, say: ViewContext['say']): Part {
  return {
    message: message('warn', 'PlugDisconnected', strong, say('offline.next')),
    actions: [],
    field: undefined,
    note: undefined,
    chip: chip('warn', 'PlugDisconnected', say('chip.cut')),
  };
}
