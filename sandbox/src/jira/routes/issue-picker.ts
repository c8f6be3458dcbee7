import type { Api, Call } from '../api';
import { compileQuery } from '../jql/compile-query';
import { runQuery } from '../jql/search';
import type { IssueRow } from '../site/rows';
import { issueTypeById, issueTypeView } from '../views/catalogue-views';

/** issues in a section */
const MOST = 20;

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A text as HTML with what was asked for in bold. */
function marked(text: string, words: readonly string[]): string {
  const patterns = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (patterns.length === 0) return escape(text);
  return text
    .split(new RegExp(`(${patterns.join('|')})`, 'gi'))
    .map((part, index) => (index % 2 === 1 ? `<b>${escape(part)}</b>` : escape(part)))
    .join('');
}

function suggestion(call: Call, issue: IssueRow, words: readonly string[]) {
  const { iconUrl } = issueTypeView(call.view, issueTypeById(issue.typeId));
  return {
    id: Number(issue.id),
    key: issue.key,
    keyHtml: marked(issue.key, words),
    img: iconUrl.slice(call.site.options.publicUrl.length),
    summary: marked(issue.summary, words),
    summaryText: issue.summary,
  };
}

function section(call: Call, label: string, id: string, issues: readonly IssueRow[], words: readonly string[]) {
  const shown = issues.slice(0, MOST).map((issue) => suggestion(call, issue, words));
  return {
    label,
    id,
    ...(shown.length > 0
      ? { sub: `Showing ${shown.length} of ${issues.length} matching issues` }
      : { msg: 'No matching issues found' }),
    issues: shown,
  };
}

function matcher(call: Call, words: readonly string[]): (issue: IssueRow) => boolean {
  const [current] = [call.site.findIssue(call.query('currentIssueKey') ?? '')];
  const projectId = call.query('currentProjectId');
  const [subTasks, parents] = [call.queryFlag('showSubTasks', true), call.queryFlag('showSubTaskParent', true)];
  return (issue) =>
    issue.id !== current?.id &&
    (projectId === undefined || issue.projectId === projectId) &&
    (subTasks || issueTypeById(issue.typeId).level !== -1) &&
    (parents || issue.id !== current?.parentId) &&
    words.every((word) => [issue.key, issue.summary].some((text) => text.toLowerCase().includes(word.toLowerCase())));
}

/** Suggestions while somebody types. What a person has looked at is not kept: what was changed last stands for it. */
export function registerIssuePicker(api: Api): void {
  api.get('/issue/picker', (call) => {
    call.user();
    const words = (call.query('query') ?? '').split(/\s+/).filter((word) => word !== '');
    const matches = matcher(call, words);
    const context = { view: call.view, user: call.caller.user, now: new Date(call.site.now()) };
    const find = (jql: string) => runQuery(context, compileQuery(jql, context)).filter(matches);
    const currentJql = call.query('currentJQL');
    return {
      sections: [
        section(call, 'History Search', 'hs', find('ORDER BY updated DESC'), words),
        ...(currentJql === undefined ? [] : [section(call, 'Current Search', 'cs', find(currentJql), words)]),
      ],
    };
  });
}
