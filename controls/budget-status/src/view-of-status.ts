import {
  type ActionView,
  type ChipView,
  type HostFacts,
  NARROW_BELOW,
  type Words,
  action,
  chip,
} from '@crmjira/form-data';
import type { BudgetForm } from './parts';
import type { StatusView } from './status-view';
import type { StringKey } from './generated/string-keys';
import type { Review } from './use-review-task';
import { figuresPart } from './view-of-figures';

/** The whole control in words; pure, so that the same facts always draw the same. */
export function statusView(
  host: HostFacts,
  form: BudgetForm | null,
  say: Words<StringKey>,
  review: Review | null,
): StatusView {
  const frame = { title: say('title'), narrow: host.width < NARROW_BELOW };
  return { ...frame, chips: [], ...partOf(host, form, say, review) };
}

function partOf(
  host: HostFacts,
  form: BudgetForm | null,
  say: Words<StringKey>,
  review: Review | null,
): Partial<StatusView> & { readonly state: string } {
  const plain = (state: string, mark: ChipView, why: string, actions?: readonly ActionView[]) => ({
    state,
    chips: [mark],
    why,
    actions,
  });
  const hidden = plain('hidden', chip('off', 'Hide', say('chip.hidden')), say('hidden'));
  if (!host.readable) return hidden;
  if (host.recordId === null) {
    return plain('unsaved', chip('neutral', 'Save', say('chip.unsaved')), say('unsaved'));
  }
  if (form === null || (form.record === null && form.failure === null)) {
    return { state: 'loading', loading: say('loading') };
  }
  const { record, failure } = form;
  if (failure === 'forbidden') return hidden;
  const offline = host.offline || failure === 'offline';
  if (record === null) {
    return offline
      ? plain('offline', chip('warn', 'PlugDisconnected', say('chip.offline')), say('offline.nothing'))
      : plain('unread', chip('over', 'ErrorBadge', say('chip.unread')), say('unread'), [
          action('refresh', 'Sync', say('unread.again')),
        ]);
  }
  const { mapping } = record;
  if (!mapping?.budgetStatus) {
    return plain('none', chip('neutral', 'CircleRing', say('chip.none')), say('none'));
  }
  return figuresPart({ form, record, mapping, offline, locked: host.disabled, format: host.format, say, review });
}
