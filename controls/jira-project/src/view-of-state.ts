import {
  type HostFacts,
  NARROW_BELOW,
  type Words,
  action,
  chip,
  commandText,
  formatDateTime,
  message,
} from '@crmjira/form-data';
import type { BudgetForm } from './parts';
import { type ProjectState, projectState } from './project-state';
import type { ProjectView } from './project-view';
import type { StringKey } from './generated/string-keys';
import type { Part, Permissions, ViewContext } from './view-context';
import { linked } from './view-of-project';
import { held, unanswered, waiting } from './view-of-waiting';
import { failed, missing, provisioning, ready } from './view-without-project';

/** The whole control in words and figures; pure, so that the same facts always draw the same. */
export function projectView(
  host: HostFacts,
  form: BudgetForm | null,
  permissions: Permissions,
  say: Words<StringKey>,
): ProjectView {
  const state = projectState(host, form);
  const offline = host.offline || form?.failure === 'offline';
  // A command is a row of its own: that column security keeps the key itself from being edited takes none away.
  const mayCommand = permissions.mayCommand && !host.disabled && !offline;
  const context: ViewContext = { say, format: host.format, form, permissions: { ...permissions, mayCommand } };
  const part = partOf(state, context);
  return {
    state: state.kind,
    title: say('title'),
    narrow: host.width < NARROW_BELOW,
    chips: [],
    live: form === null ? '' : commandText(form.record?.command, form.now, say),
    ...part,
    note: [part.note, state.kind !== 'hidden' && behind(form, offline, context)].filter(Boolean).join(' '),
  };
}

/** In whatever state it is: what could not be read again is shown as of the last good reading. */
function behind(form: BudgetForm | null, offline: boolean, { say, format }: ViewContext): string {
  if (!form?.record || !form.readAt || !(offline || form.failure)) return '';
  return say(offline ? 'offline.note' : 'notRefreshed', { time: formatDateTime(form.readAt, format.dates) });
}

function partOf(state: ProjectState, context: ViewContext): Part {
  const { say } = context;
  switch (state.kind) {
    case 'loading':
      return { loading: say('loading') };
    case 'unsaved':
      return { chips: [chip('neutral', 'Save', say('chip.unsaved'))], lede: say('unsaved') };
    case 'hidden':
      return { chips: [chip('off', 'Hide', say('chip.hidden'))], lede: say('hidden') };
    case 'unread':
      return unread(state.offline, context);
    case 'missing':
      return missing(state.record, context);
    case 'ready':
      return ready(state.record, context);
    case 'provisioning':
      return provisioning(state.step, state.since, context);
    case 'unanswered':
      return unanswered(context);
    case 'held':
      return held(state.mapping, context);
    case 'waiting':
      return waiting(state.mapping, context);
    case 'failed':
      return failed(state.mapping, context);
    default:
      return linked(state.kind, state.mapping, context);
  }
}

function unread(offline: boolean, { say }: ViewContext): Part {
  if (offline) {
    return {
      chips: [chip('warn', 'PlugDisconnected', say('chip.offline'))],
      lede: say('offline.nothing'),
    };
  }
  return {
    chips: [chip('over', 'ErrorBadge', say('chip.unread'))],
    message: message('over', 'ErrorBadge', say('unread'), say('unread.next')),
    actions: [action('refresh', 'Sync', say('unread.again'))],
  };
}
