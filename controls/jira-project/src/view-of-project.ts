import { equalMoney } from '@crmjira/domain';
import {
  type Mapping,
  action,
  chip,
  failureWords,
  formatAgo,
  formatDay,
  formatMoment,
  freshness,
  isUnderWay,
  message,
  nextTry,
  safeUrl,
  userDay,
} from '@crmjira/form-data';
import { budgetIsCompleted } from './project-state';
import type { FactView } from './project-view';
import type { Part, ViewContext } from './view-context';

/** A project that exists: linked, archived, behind or read offline. */
export function linked(
  kind: 'archived' | 'offline' | 'stale' | 'old' | 'linked',
  mapping: Mapping,
  context: ViewContext,
): Part {
  const { say, permissions } = context;
  const url = safeUrl(mapping.projectUrl);
  const named: Part = {
    name: mapping.projectName ?? mapping.projectKey ?? undefined,
    ids: [mapping.projectKey, mapping.reference].filter(Boolean).join(' · '),
    link: url === null || kind === 'offline' ? undefined : { url, text: say('openInJira'), hint: say('opensNewTab') },
    actions:
      permissions.mayReadReport && kind !== 'offline' && budgetIsCompleted(mapping)
        ? [action('report', 'OpenInNewWindow', say('action.report'))]
        : [],
  };
  switch (kind) {
    case 'offline':
      return {
        ...named,
        chips: [chip('warn', 'PlugDisconnected', say('chip.offline'))],
      };
    case 'archived':
      return {
        ...named,
        chips: [chip('neutral', 'Archive', say('chip.archived'))],
        facts: facts(mapping, context, true),
        note: say('archived.note'),
      };
    case 'stale':
    case 'old':
      return { ...named, ...stale(mapping, context, named.actions) };
    default:
      return {
        ...named,
        chips: [
          // Never in agreement while amounts differ (F-112); what to do about it stands with the figures.
          differs(mapping)
            ? chip('warn', 'BranchMerge', say('chip.differs'))
            : chip('ok', 'Completed', say('chip.fresh')),
        ],
        facts: facts(mapping, context, false),
      };
  }
}

function differs({ jiraAmount, approved }: Mapping): boolean {
  return jiraAmount !== null && approved !== null && !equalMoney(jiraAmount, approved);
}

function stale(mapping: Mapping, context: ViewContext, others: Part['actions'] = []): Part {
  const { say, format, form, permissions } = context;
  const now = form?.now ?? '';
  const fresh = freshness(mapping, now);
  const moment = (at: string): string => formatMoment(at, now, format.dates);
  let strong = '';
  let reason: string | null = null;
  if (fresh.kind === 'old') strong = say('stale.old', { time: moment(fresh.figuresFrom) });
  if (fresh.kind === 'failing') {
    reason = fresh.reason && failureWords(mapping, say);
    strong = reason ?? say('stale.since', { since: moment(fresh.since), time: moment(fresh.figuresFrom) });
  }
  const retry = fresh.kind === 'failing' && nextTry(mapping, now);
  const next = [say(reason === null ? 'stale.next' : 'stale.kept')];
  if (retry) next.push(say('stale.retry', { time: moment(retry) }));
  const busy = isUnderWay(form?.record?.command);
  return {
    chips: [chip('warn', 'PlugDisconnected', say('chip.notSyncing'))],
    message: message('warn', 'PlugDisconnected', strong, next.join(' ')),
    actions: [...(permissions.mayCommand ? [action('sync', 'Sync', say('action.sync'), false, busy)] : []), ...others],
  };
}

function facts(mapping: Mapping, context: ViewContext, archived: boolean): readonly FactView[] {
  const { say, format, form } = context;
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
