import type { IssueRow } from '../site/rows';
import type { Site } from '../site/site';
import { escapeHtml, hours } from './layout';

/** What a person can do by hand with the work of an issue. */
export function worklogForms(site: Site, issue: IssueRow): string {
  const form = (action: string, fields: string): string =>
    `<form method="post" action="/browse/${issue.key}/${action}">${fields}</form>`;
  const options = site.worklogs.where('issue', issue.id).map(({ id, authorId, startedOn, seconds }) => {
    const words = `${startedOn.slice(0, 16).replace('T', ' ')} · ${hours(seconds)} · ${site.users.get(authorId)?.displayName ?? ''}`;
    return `<option value="${id}">${escapeHtml(words)}</option>`;
  });
  const choose = (first = ''): string =>
    `<label>Work <select name="worklog">${first}${options.join('')}</select></label>`;
  const locks = site.projects.get(issue.projectId)?.locksDone === true;
  const ofExisting = `${form('change-work', `${choose()}<label>Time spent <input name="timeSpent" required></label><button>Change work</button>`)}
${form('delete-work', `${choose()}<button>Delete work</button>`)}
${form('move-work', `${choose('<option value="">All of it</option>')}<label>To issue <input name="issue" required></label><button>Move work</button><span class="faint">Jira tells nobody of this, and writes no history.</span>`)}`;
  return `<section class="card acts"><h2>Work by hand</h2>
${form('log', '<label>Time spent <input name="timeSpent" placeholder="1h 30m" required></label><label>Comment <input name="comment"></label><button>Log work</button>')}
${options.length > 0 ? ofExisting : ''}
${form('lock', `<span>${locks ? 'In this project nobody logs work on an issue that is done.' : 'In this project work can be logged on issues that are done.'}</span> <button>${locks ? 'Let them be changed' : 'Lock done issues'}</button>`)}</section>`;
}
