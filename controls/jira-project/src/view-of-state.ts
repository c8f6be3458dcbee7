import { type Money, moneyFromDecimal } from '@crmjira/domain';
import {
  type ActionView,
  type Currency,
  type FormState,
  type HostFacts,
  type Mapping,
  NARROW_BELOW,
  type UserFormat,
  type Words,
  action,
  chip,
  commandText,
  formatAgo,
  formatDay,
  formatMoment,
  formatDateTime,
  formatMoney,
  freshness,
  isUnderWay,
  message,
  userDay,
} from '@crmjira/form-data';
import { type ProjectState, projectState } from './project-state';
import type { FactView, ProjectView } from './project-view';
import { safeUrl } from './safe-url';
import type { StringKey } from './string-keys';

/** What the person may do besides reading, as far as the client knows. */
export interface Permissions {
  readonly mayCommand: boolean;
  readonly mayReadLog: boolean;
}

interface Telling {
  readonly say: Words<StringKey>;
  readonly format: UserFormat;
  readonly form: FormState | null;
  readonly permissions: Permissions;
}

type Part = Partial<ProjectView>;

/** The whole control in words and figures; pure, so that the same facts always draw the same. */
export function projectView(
  host: HostFacts,
  form: FormState | null,
  permissions: Permissions,
  say: Words<StringKey>,
): ProjectView {
  const state = projectState(host, form);
  const offline = host.offline || form?.failure === 'offline';
  const mayCommand = permissions.mayCommand && !host.disabled && host.editable && !offline;
  const telling: Telling = { say, format: host.format, form, permissions: { ...permissions, mayCommand } };
  return {
    state: state.kind,
    title: say('title'),
    narrow: host.width < NARROW_BELOW,
    live: form === null ? '' : commandText(form.command, form.now, say),
    ...partOf(state, telling),
  };
}

function partOf(state: ProjectState, telling: Telling): Part {
  const { say } = telling;
  switch (state.kind) {
    case 'loading':
      return { loading: say('loading') };
    case 'unsaved':
      return { chip: chip('neutral', 'Save', say('chip.unsaved')), lede: say('unsaved') };
    case 'hidden':
      return { chip: chip('off', 'Lock', say('chip.hidden')), lede: say('hidden') };
    case 'unread':
      return unread(state.offline, telling);
    case 'missing':
      return missing(state.record, telling);
    case 'ready':
      return ready(state.record, telling);
    case 'provisioning':
      return provisioning(state.step, telling);
    case 'failed':
      return failed(state.mapping, telling);
    default:
      return linked(state.kind, state.mapping, telling);
  }
}

function unread(offline: boolean, { say }: Telling): Part {
  if (offline) {
    return {
      chip: chip('warn', 'PlugDisconnected', say('chip.offline')),
      lede: say('offline.nothing'),
    };
  }
  return {
    chip: chip('over', 'ErrorBadge', say('chip.unread')),
    message: message('over', 'ErrorBadge', say('unread'), say('unread.next')),
    actions: [action('refresh', 'Sync', say('unread.again'))],
  };
}

type NoProject = Extract<ProjectState, { kind: 'missing' | 'ready' }>['record'];

function threshold(record: NoProject): Money {
  return moneyFromDecimal(record.settings.budgetThreshold, record.opportunity.currency.code);
}

function noProjectChip({ say }: Telling): Pick<ProjectView, 'chip'> {
  return { chip: chip('neutral', 'Info', say('chip.none')) };
}

function missing(record: NoProject, telling: Telling): Part {
  const { say, format } = telling;
  const { open, budgetAmount, currency } = record.opportunity;
  const style = { symbol: currency.symbol, pattern: format.numbers };
  const enough = budgetAmount !== null && budgetAmount.minor > threshold(record).minor;
  const stateText = (met: boolean): string => say(met ? 'met' : 'notMet');
  return {
    ...noProjectChip(telling),
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

function ready(record: NoProject, telling: Telling): Part {
  const { say, format, permissions } = telling;
  const { budgetAmount, currency } = record.opportunity;
  const amount = budgetAmount === null ? '' : money(budgetAmount, currency, format);
  return {
    ...noProjectChip(telling),
    lede: say('ready', { amount }),
    actions: permissions.mayCommand ? [action('create', 'Add', say('action.create'), true)] : [],
  };
}

function provisioning(step: number, { say }: Telling): Part {
  const keys = ['step.1', 'step.2', 'step.3', 'step.4'] as const;
  return {
    chip: chip('brand', 'ProgressRingDots', say('chip.creating')),
    steps: keys.map((key, index) => {
      const place = index + 1 < step ? 'done' : index + 1 === step ? 'current' : 'open';
      return { text: say(key), state: place, stateText: say(place === 'open' ? 'toDo' : place) };
    }),
    note: say('provisioning.note'),
  };
}

function failed(mapping: Mapping, telling: Telling): Part {
  const { say, permissions, form } = telling;
  const reason = mapping.lastError;
  const refused = /^Jira refused the request: (.*?)\.?$/.exec(reason ?? '')?.[1];
  const actions: ActionView[] = [];
  const busy = isUnderWay(form?.command ?? null);
  if (permissions.mayCommand) {
    actions.push(action('retry', 'Sync', say('action.retry'), true, busy));
  }
  if (permissions.mayReadLog) {
    actions.push(action('log', 'OpenInNewWindow', say('action.log')));
  }
  return {
    chip: chip('over', 'ErrorBadge', say('chip.notCreated')),
    message: message(
      'over',
      'ErrorBadge',
      refused ? say('failed', { reason: refused }) : (reason ?? say('failed.unknown')),
      say('failed.next'),
    ),
    actions,
  };
}

function linked(kind: 'archived' | 'offline' | 'stale' | 'old' | 'linked', mapping: Mapping, telling: Telling): Part {
  const { say, format, form } = telling;
  const url = safeUrl(mapping.projectUrl);
  const named: Part = {
    name: mapping.projectName ?? mapping.projectKey ?? undefined,
    ids: [mapping.projectKey, mapping.reference].filter(Boolean).join(' · '),
    link: url === null || kind === 'offline' ? undefined : { url, text: say('openInJira'), hint: say('opensNewTab') },
  };
  const asOf = formatDateTime(form?.readAt ?? form?.now ?? '', format.dates);
  switch (kind) {
    case 'offline':
      return {
        ...named,
        chip: chip('warn', 'PlugDisconnected', say('chip.offline')),
        note: say('offline.note', { time: asOf }),
      };
    case 'archived':
      return {
        ...named,
        chip: chip('neutral', 'Archive', say('chip.archived')),
        facts: facts(mapping, telling, true),
        note: say('archived.note'),
      };
    case 'stale':
    case 'old':
      return { ...named, ...stale(mapping, telling) };
    default:
      return {
        ...named,
        chip: chip('ok', 'Completed', say('chip.fresh')),
        facts: facts(mapping, telling, false),
        note: form?.failure ? say('notRefreshed', { time: asOf }) : undefined,
      };
  }
}

function stale(mapping: Mapping, telling: Telling): Part {
  const { say, format, form, permissions } = telling;
  const now = form?.now ?? '';
  const fresh = freshness(mapping, now);
  const moment = (at: string): string => formatMoment(at, now, format.dates);
  let strong = '';
  let reason: string | null = null;
  if (fresh.kind === 'old') strong = say('stale.old', { time: moment(fresh.figuresFrom) });
  if (fresh.kind === 'failing') {
    reason = fresh.reason;
    strong = reason ?? say('stale.since', { since: moment(fresh.since), time: moment(fresh.figuresFrom) });
  }
  const busy = isUnderWay(form?.command ?? null);
  return {
    chip: chip('warn', 'PlugDisconnected', say('chip.notSyncing')),
    message: message('warn', 'PlugDisconnected', strong, say(reason === null ? 'stale.next' : 'stale.kept')),
    actions: permissions.mayCommand ? [action('sync', 'Sync', say('action.sync'), false, busy)] : [],
  };
}

function facts(mapping: Mapping, telling: Telling, archived: boolean): readonly FactView[] {
  const { say, format, form } = telling;
  const unknown = say('fact.unknown');
  const { issuesDone, issuesOpen, lastSyncOn, completedOn } = mapping;
  let issues = unknown;
  if (issuesDone !== null && issuesOpen !== null) {
    const values = { done: String(issuesDone), open: String(issuesOpen) };
    issues = say(issuesOpen === 0 && archived ? 'fact.issues.done' : 'fact.issues.both', values);
  }
  const completed = completedOn === null ? unknown : formatDay(userDay(completedOn, format.dates), format.dates);
  const synced = lastSyncOn === null ? unknown : formatAgo(lastSyncOn, form?.now ?? lastSyncOn, format.locale);
  return [
    { label: say('fact.lead'), value: mapping.lead ?? unknown },
    { label: say('fact.status'), value: mapping.projectStatus ?? unknown },
    { label: say('fact.issues'), value: issues },
    archived ? { label: say('fact.completed'), value: completed } : { label: say('fact.sync'), value: synced },
  ];
}

function money(amount: Money, currency: Currency, format: UserFormat): string {
  return formatMoney(amount, { symbol: currency.symbol, pattern: format.numbers });
}
