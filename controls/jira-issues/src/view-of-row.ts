import { CommandType, LinkState, SyncPreference } from '@crmjira/domain';
import {
  type ActionView,
  type Conflict,
  type IconName,
  type Issue,
  type IssueLink,
  commandText,
  failureWords,
  formatAgo,
  formatDayShort,
  formatMoment,
  isUnreachable,
  message,
  userDay,
} from '@crmjira/form-data';
import type { NoticeView, RowView } from './issues-view';
import type { ViewContext } from './view-context';
import { type Wish, isDoneWish, isWaiting } from './wish';

/** Stands where a value is empty. */
const NOT_KNOWN = '–';

export const momentOf = (at: string | null, { form, host }: ViewContext): string =>
  at ? formatMoment(at, form.now, host.format.dates) : NOT_KNOWN;

/** @param argument what the action is about */
export const about = (name: string, icon: IconName, text: string, argument: string | null): ActionView => ({
  name,
  icon,
  text,
  argument: argument ?? '',
  primary: false,
  busy: false,
});

export const isFailing = ({ state, issue }: IssueLink): boolean =>
  state === LinkState.Failing || state === LinkState.Broken || !!issue?.isGone;

/** Jira does not answer: nothing that one link or the other could be mended by. */
export const isAway = (link: IssueLink): boolean => isFailing(link) && isUnreachable(link.lastError);

/** What stays the same whoever shows the issue, as far as it is known. @param from name of another record that it is linked to */
export function rowOfIssue(
  issue: Partial<Issue>,
  { host, form, say, table }: ViewContext,
  from?: string | null,
): RowView {
  const { key, updated, resolvedOn, priority, type, category } = issue;
  const { dates, locale } = host.format;
  const facts = [issue.assignee ?? say('unassigned')];
  if (category === 'done' && resolvedOn)
    facts.push(say('resolvedOn', { day: formatDayShort(userDay(resolvedOn, dates), dates) }));
  else if (updated) facts.push(say('updated', { ago: formatAgo(updated, form.now, locale) }));
  if (from) facts.push(from);
  return {
    id: issue.id ?? '',
    key: key ?? '',
    url: issue.url && !host.offline && /^https?:/.test(issue.url) ? issue.url : null,
    type: type ?? '',
    summary: issue.summary ?? '',
    status: issue.status ?? '',
    category: category ?? '',
    priority: priority ?? '',
    facts,
    table,
  };
}

/** @param mayChange links, which the wishes of this person show at once */
export function rowOfLink(link: IssueLink, context: ViewContext, mayChange: boolean): RowView {
  const { form, say, leaving, wishes } = context;
  const { issue, id, lastSyncOn } = link;
  const key = issue?.key ?? '';
  const conflicts = form.record?.conflicts.filter(({ linkId }) => linkId === id) ?? [];
  const own = wishes.filter(({ about }) => about === id || conflicts.some((conflict) => conflict.id === about));
  const wanted = own.find((wish) => wish.type === CommandType.SetSync && isWaiting(wish))?.payload.sync;
  // Until there is an issue, the link has the name of what it is to become.
  const row = rowOfIssue(issue ?? { summary: link.name }, context);
  const notices = [
    ...failureOf(link, key, context, mayChange),
    ...conflicts.map((conflict) => conflictNotice(conflict, context, mayChange)),
    ...own.flatMap((wish) => wishNotice(wish, context)),
  ];
  if (leaving === id)
    notices.push({
      ...message('neutral', 'RemoveLink', say('unlink.ask', { key }), say('unlink.ask.next')),
      actions: [about('unlink', 'RemoveLink', say('unlink'), id), about('keep', 'Link', say('keep'), '')],
      focus: 'keep',
    });
  const isAsOf = isFailing(link) && lastSyncOn;
  const asOf = isAsOf && say('asOf', { time: momentOf(lastSyncOn, context) });
  return {
    ...row,
    id: id ?? '',
    // Without its status the link itself says how far it is.
    ...(!issue && { status: say('chip.creating'), category: 'creating' }),
    facts: asOf ? [...row.facts.slice(0, 1), asOf] : issue ? row.facts : [],
    sync: mayChange ? ((wanted ?? link.sync ?? SyncPreference.Both) as SyncPreference) : null,
    notices,
  };
}

function failureOf(link: IssueLink, key: string, context: ViewContext, mayChange: boolean): NoticeView[] {
  const { say } = context;
  const { id, lastError, errorCode } = link;
  if (!isFailing(link) || isAway(link)) return [];
  const gone = link.state === LinkState.Broken || link.issue?.isGone;
  const time = momentOf(link.lastSyncOn, context);
  // The service's own words say what is safe and what to do.
  const words = failureWords({ lastError, lastErrorCode: errorCode }, say);
  const retry = about('retry', 'Sync', say('retry'), id);
  const strong = say(gone && !words ? 'gone' : 'failing', { key });
  return [
    {
      ...message(gone ? 'warn' : 'over', gone ? 'Warning' : 'ErrorBadge', strong, words || say('gone.next', { time })),
      actions: mayChange ? [retry, ...(gone ? [about('leave', 'RemoveLink', say('unlink'), id)] : [])] : [],
    },
  ];
}

/** A label is a field of its own: `label:` and its name. */
const fieldName = (field: string, say: ViewContext['say']): string => {
  const [kind, label = ''] = field.split(/:(.*)/);
  return say(`field.${kind as 'status' | 'priority' | 'summary' | 'label'}`, { label });
};

function conflictNotice(conflict: Conflict, context: ViewContext, mayChange: boolean): NoticeView {
  const { say } = context;
  const { id, field, crmValue, jiraValue, crmBy, jiraBy, crmOn, jiraOn } = conflict;
  const a = crmValue ?? NOT_KNOWN;
  const b = jiraValue ?? NOT_KNOWN;
  const decide = (side: 'crm' | 'jira'): ActionView => about(side, 'Accept', say(`conflict.${side}`, { a, b }), id);
  const who = {
    who: crmBy ?? NOT_KNOWN,
    who2: jiraBy ?? NOT_KNOWN,
    t1: momentOf(crmOn, context),
    t2: momentOf(jiraOn, context),
  };
  return {
    ...message('warn', 'Warning', say('conflict', { field: fieldName(field ?? '', say), a, b, ...who }), ''),
    actions: mayChange ? [decide('crm'), decide('jira')] : [],
  };
}

/** What became of something that was asked for here; nothing once the rows tell. */
export function wishNotice(wish: Wish, { form, say }: ViewContext): NoticeView[] {
  const { caption, no } = wish;
  if (isDoneWish(wish)) return [];
  const text = commandText({ ...wish, name: 'retry' }, form.now, say);
  return isWaiting(wish)
    ? [message('brand', 'ProgressRingDots', caption, text)]
    : [
        {
          ...message('over', 'ErrorBadge', caption, text),
          actions: [about('dismiss', 'Cancel', say('dismiss'), String(no))],
        },
      ];
}
