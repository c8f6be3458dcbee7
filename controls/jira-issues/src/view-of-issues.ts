import { CommandType } from '@crmjira/domain';
import {
  type ChipView,
  type IssueLink,
  type OfferedProject,
  NARROW_BELOW,
  chip,
  formatAgo,
  formatPercent,
  isDone,
  message,
} from '@crmjira/form-data';
import type { BudgetView, GroupView, IssuesView, NoticeView, RowView } from './issues-view';
import type { IssuesRecord } from './parts';
import { type ViewContext, counted } from './view-context';
import { about, isAway, isFailing, momentOf, rowOfIssue, rowOfLink, wishNotice } from './view-of-row';
import { type Wish, isDoneWish, isWaiting } from './wish';

/** Width from which an issue takes two lines, and texts have room. */
const WIDE_FROM = 560;

/** Issues that are shown before the whole list is asked for. */
const FIRST = 6;

type Part = Partial<IssuesView>;

/** @param context null: the record is not saved yet */
export function issuesView(context: ViewContext | null, { host, say }: Pick<ViewContext, 'host' | 'say'>): IssuesView {
  const { state, ...part } = partOf(context, host.readable, say);
  return {
    state,
    narrow: host.width < NARROW_BELOW,
    wide: host.width >= WIDE_FROM,
    chips: [],
    ...part,
  };
}

function partOf(
  context: ViewContext | null,
  readable: boolean,
  say: ViewContext['say'],
): Part & { readonly state: string } {
  const only = (state: string, chips: ChipView, lede: string): Part & { readonly state: string } => ({
    state,
    chips: [chips],
    lede,
  });
  if (!readable || context?.form.failure === 'forbidden')
    return only('hidden', chip('off', 'Lock', say('chip.hidden')), say('hidden'));
  if (!context) return only('unsaved', chip('neutral', 'Save', say('chip.unsaved')), say('unsaved'));
  const { form, host } = context;
  if (form.record)
    return form.record.issueSettings.on
      ? listed(form.record, context)
      : only('off', chip('off', 'Blocked', say('chip.off')), say('off'));
  if (!form.failure) return { state: 'loading', loading: say('loading') };
  return host.offline || form.failure === 'offline'
    ? only('unread', chip('warn', 'PlugDisconnected', say('chip.offline')), say('offline.nothing'))
    : {
        ...only('unread', chip('warn', 'Warning', say('chip.unread')), say('unread')),
        notes: [say('unread.next')],
        actions: [about('refresh', 'Sync', say('again'), '')],
      };
}

/** Newest change first. */
const byChange = ({ issue: one }: IssueLink, { issue: other }: IssueLink): number =>
  (other?.updated ?? '').localeCompare(one?.updated ?? '');

function listed(record: IssuesRecord, context: ViewContext): Part & { readonly state: string } {
  const { form, host, say, wishes, mayCommand, all } = context;
  const { subject, links, related = [] } = record;
  const offline = host.offline || form.failure === 'offline';
  const mayChange = mayCommand && subject.open && !host.disabled && !offline;
  const shown = [...links].sort(byChange);
  const open = shown.filter(({ issue }) => !issue || !isDone(issue));
  const done = shown.filter((link) => !open.includes(link));
  const coming = wishes.filter(
    (wish) => wish.type === CommandType.LinkIssue && !shown.some(({ issue }) => issue?.key === wish.about),
  );
  const row = (link: IssueLink): RowView => rowOfLink(link, context, mayChange);
  const rows = [...coming.map((wish) => comingRow(wish, context)), ...open.map(row)];
  const resolved = done.map(row);
  const others = related.map((issue) => rowOfIssue(issue, context, issue.from));
  const group = (
    key: 'open' | 'resolved' | 'related.account' | 'related.product',
    of: readonly RowView[],
  ): GroupView => ({
    title: done.length || others.length ? say(`group.${key}`, { n: String(of.length) }) : '',
    rows: of,
  });
  const groups = [
    group('open', rows),
    group('resolved', resolved),
    group(context.table === 'account' ? 'related.account' : 'related.product', others),
  ];
  let room = all ? Infinity : FIRST;
  const count = rows.length + resolved.length + others.length;
  const isEmpty = count === 0;
  const isBlank = isEmpty && !wishes.some(isWaiting);
  const project = suggested(record);
  return {
    state: isEmpty ? 'none' : 'list',
    chips: [chipOf(shown, isEmpty, offline, context)],
    lede: isBlank ? say('none') : null,
    notices: topNotices(shown, context, mayChange),
    tools: !mayChange ? null : isEmpty ? 'first' : 'title',
    hint: isBlank && mayChange && project ? hintOf(project, context) : null,
    groups: groups.map((one) => ({ ...one, rows: one.rows.filter(() => room-- > 0) })).filter((one) => one.rows.length),
    more: all || count <= FIRST ? null : say('showAll', { n: String(count) }),
    budgets: budgetsOf(record, context),
    notes: notesOf(record, offline, context),
    foot: isEmpty ? undefined : footOf(shown, open.length, done.length, context),
  };
}

/** The link shows at once as waiting. */
function comingRow(wish: Wish, context: ViewContext): RowView {
  const { about: id, key, caption } = wish;
  return {
    ...rowOfIssue({ id, key, summary: caption }, context),
    url: null,
    facts: [],
    notices: wishNotice({ ...wish, caption: context.say('linking', { key }) }, context),
  };
}

function chipOf(links: readonly IssueLink[], isEmpty: boolean, offline: boolean, context: ViewContext): ChipView {
  const { say, form, wishes } = context;
  const failing = links.filter(
    (link) => isFailing(link) || form.record?.conflicts.some(({ linkId }) => linkId === link.id),
  ).length;
  if (offline) return chip('warn', 'PlugDisconnected', say('chip.offline'));
  if (wishes.some((wish) => wish.type === CommandType.CreateIssue && isWaiting(wish)))
    return chip('brand', 'ProgressRingDots', say('chip.creating'));
  if (links.some(isAway)) return chip('warn', 'PlugDisconnected', say('chip.notSyncing'));
  if (failing) return chip('warn', 'PlugDisconnected', counted(say, 'chip.failing', failing));
  return isEmpty ? chip('neutral', 'Info', say('chip.none')) : chip('ok', 'Completed', say('chip.fresh'));
}

function topNotices(links: readonly IssueLink[], context: ViewContext, mayChange: boolean): NoticeView[] {
  const { say, wishes, form } = context;
  const notices: NoticeView[] = [];
  const away = links.find(isAway);
  if (away) {
    const { lastSyncOn, nextRetryOn } = away;
    const next =
      nextRetryOn && nextRetryOn > form.now ? say('away.retry', { time: momentOf(nextRetryOn, context) }) : '';
    notices.push({
      ...message(
        'warn',
        'PlugDisconnected',
        say('away', { since: momentOf(lastSyncOn, context) }),
        `${say('away.next')} ${next}`,
      ),
      actions: mayChange ? [about('retry', 'Sync', say('syncNow'), away.id)] : [],
    });
  }
  // Whoever has linked the issue again meanwhile, here or elsewhere, has nothing to undo.
  const left = wishes.filter(
    (wish) => wish.type === CommandType.UnlinkIssue && isDoneWish(wish) && !links.some(({ id }) => id === wish.about),
  );
  for (const { key, no } of left)
    notices.push({
      ...message('neutral', 'RemoveLink', say('unlinked', { key }), say('unlinked.next')),
      actions: mayChange ? [about('undo', 'Undo', say('undo'), String(no))] : [],
      focus: 'undo',
    });
  for (const wish of wishes) {
    const { type, key, caption } = wish;
    if (type === CommandType.Undo) notices.push(...wishNotice(wish, context));
    if (type !== CommandType.CreateIssue) continue;
    if (isWaiting(wish))
      notices.push(message('brand', 'ProgressRingDots', key, `${caption} · ${say('creating.next')}`));
    // The service's own document: the link, whose row says how far its issue is.
    const answer = wish.answer as { readonly link?: string } | null;
    const made = isDoneWish(wish) && links.find(({ id }) => id === answer?.link)?.issue;
    if (made) notices.push(message('ok', 'Completed', say('created', { key: made.key ?? '' }), ''));
  }
  return notices;
}

/** Where a new issue goes unless another project is chosen: that of the case's product, of the opportunity, of the product. */
export const suggested = ({ projects = [], subject: { whose } }: IssuesRecord): OfferedProject | undefined =>
  projects.find(({ product, opportunity }) => product === whose || opportunity === whose);

const hintOf = ({ key, name }: OfferedProject, { table, say }: ViewContext): string =>
  say(table === 'incident' ? 'suggested' : 'project', { key: key ?? '', name: name ?? '' });

function budgetsOf({ budgets = [] }: IssuesRecord, { say, host }: ViewContext): BudgetView[] {
  return budgets.map(({ reference, status, caption, percent, opportunityId }) => ({
    reference: say('budget', { reference: reference ?? '' }),
    status,
    caption: caption ?? '',
    percent: percent ?? 0,
    spent: percent === null ? '' : say('spent', { percent: formatPercent(percent, 1, host.format.numbers) }),
    opportunityId: opportunityId ?? '',
  }));
}

function notesOf({ subject }: IssuesRecord, offline: boolean, context: ViewContext): string[] {
  const { form, say, mayCommand } = context;
  const time = momentOf(form.readAt, context);
  const notes: string[] = [];
  if (offline) notes.push(say('offline', { time }));
  else if (form.failure) notes.push(say('notRefreshed', { time }));
  if (form.missed.length) notes.push(say('notAll'));
  if (!subject.open) notes.push(say('closed'));
  else if (!mayCommand) notes.push(say('readOnly'));
  return notes;
}

function footOf(links: readonly IssueLink[], open: number, done: number, context: ViewContext): string[] {
  const { say, form, host } = context;
  const counts: string[] = [];
  if (open) counts.push(counted(say, 'count.open', open));
  if (done) counts.push(counted(say, 'count.resolved', done));
  const synced = links
    .map(({ lastSyncOn }) => lastSyncOn ?? '')
    .sort()
    .at(-1);
  const foot = [counts.join(', ')];
  if (synced)
    foot.push(
      links.some(isAway)
        ? say('lastSync', { time: momentOf(synced, context) })
        : say('synced', { ago: formatAgo(synced, form.now, host.format.locale) }),
    );
  return foot.filter(Boolean);
}
