import {
  asComment,
  commentText,
  type SeenWorklog,
  toAdf,
  toSecond,
  toStarted,
  type Work,
  type WorklogMark,
  type WorklogStep,
  workOf,
} from '@crmjira/domain';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { path } from '../../../platform/http-client/path';
import { readShown } from '../issues/read-shown';
import { type JiraSite, rememberedMyself } from '../jira-site';
import { nothing } from '../wire/answers';
import {
  changedPage,
  editMetaAnswer,
  issueWithHistory,
  markValue,
  permissionsAnswer,
  type SeenWorklogAnswer,
  seenWorklogAnswer,
  seenWorklogPage,
} from './answers';

/** Entity property of a worklog that names its time record (R-1826). */
export const timeRecordProperty = 'crmjira.timeRecordId';
/** Worklogs asked for per page, and pages read at most: a list beyond is longer than any issue's. */
const pageSize = 1_000;
const mostPages = 20;
/** The property of a worklog is Cloud's alone: Data Center's API has none. */
export const keepsMarks = ({ profile }: JiraSite): boolean => profile.deployment === 'cloud';

/** A worklog, and who logged it. */
export interface LoggedWork extends Omit<SeenWorklog, 'issueKey'> {
  readonly author: SeenWorklogAnswer['author'];
  /** Only a group or a role may see it. */
  readonly isLimited: boolean;
}

/** What an issue says to somebody who wants to log work on it. */
export interface WorkTarget {
  readonly issueId: string;
  readonly issueKey: string;
  readonly projectKey: string;
  /** By the category of its status. */
  readonly isClosed: boolean;
}

function markOf({ properties }: Pick<SeenWorklogAnswer, 'properties'>): WorklogMark | null {
  const { data } = markValue.safeParse(properties?.find(({ key }) => key === timeRecordProperty)?.value);
  return data === undefined ? null : { record: data.id.toLowerCase(), version: data.version, wrote: data.wrote };
}

/** ADF (v3) as words; wiki text (v2) as it stands, so that what was sent comes back as it was. */
const wordsOf = (comment: unknown): string => asComment(typeof comment === 'string' ? comment : commentText(comment));

function toLogged(answer: SeenWorklogAnswer, mark: WorklogMark | null = markOf(answer)): LoggedWork {
  const { id, issueId, author, updateAuthor, created, updated, started, timeSpentSeconds } = answer;
  const comment = wordsOf(answer.comment);
  return {
    worklogId: id,
    issueId,
    author,
    isLimited: Boolean(answer.visibility?.value ?? answer.visibility?.identifier),
    work: workOf(started, timeSpentSeconds, comment),
    comment,
    mark,
    isUntouched: created === updated,
    updatedBy: updateAuthor?.displayName ?? null,
    updatedOn: toSecond(updated),
  };
}

const ofIssue = (site: JiraSite, issueId: string): string => site.profile.api + path`/issue/${issueId}/worklog`;

/** One worklog of an issue; null: it is not on it. */
export async function readWorklog(site: JiraSite, issueId: string, worklogId: string): Promise<LoggedWork | null> {
  const found = await site.http.find({
    method: 'GET',
    path: ofIssue(site, issueId) + path`/${worklogId}`,
    query: { expand: 'properties' },
    schema: seenWorklogAnswer,
  });
  return found === null ? null : toLogged(found);
}

/** Worklogs that Jira takes in one request. */
export const worklogsAtOnce = 1_000;

/** Worklogs wherever they are, at most `worklogsAtOnce`; one that is gone or not to be seen is left out. */
export async function readWorklogsById(site: JiraSite, worklogIds: readonly string[]): Promise<readonly LoggedWork[]> {
  const found = await site.http.call({
    method: 'POST',
    path: `${site.profile.api}/worklog/list`,
    query: { expand: 'properties' },
    body: { ids: worklogIds.map(Number) },
    schema: seenWorklogAnswer.array().max(worklogsAtOnce),
    reads: true,
    repeatable: true,
  });
  return found.map((worklog) => toLogged(worklog));
}

/** A worklog wherever it is; null: it is gone, or not to be seen. A bulk move tells nobody. */
export const readWorklogById = async (site: JiraSite, worklogId: string): Promise<LoggedWork | null> =>
  (await readWorklogsById(site, [worklogId]))[0] ?? null;

/** Worklogs of an issue that begin at an instant. Data Center answers all of them. */
export async function readWorklogsAt(site: JiraSite, issueId: string, started: string): Promise<readonly LoggedWork[]> {
  const at = Date.parse(started);
  const found: LoggedWork[] = [];
  let read = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await site.http.find({
      method: 'GET',
      path: ofIssue(site, issueId),
      query: {
        startAt: read,
        maxResults: pageSize,
        startedAfter: at - 1_000,
        startedBefore: at + 1_000,
        expand: 'properties',
      },
      schema: seenWorklogPage,
    });
    if (answer === null) return found;
    found.push(...answer.worklogs.map((worklog) => toLogged(worklog)).filter(({ work }) => work.started === started));
    read += answer.worklogs.length;
    if (answer.worklogs.length === 0 || read >= answer.total) break;
  }
  return found;
}

export interface WorklogWrite {
  readonly work: Work;
  readonly comment: string;
  readonly mark: WorklogMark;
}

function bodyOf(site: JiraSite, { work, comment, mark }: WorklogWrite) {
  return {
    started: toStarted(work.started),
    timeSpentSeconds: work.seconds,
    comment: site.profile.deployment === 'cloud' ? toAdf([{ kind: 'text', text: comment }], 1033) : comment,
    ...(keepsMarks(site)
      ? {
          properties: [
            { key: timeRecordProperty, value: { id: mark.record, version: mark.version, wrote: mark.wrote } },
          ],
        }
      : {}),
  };
}

/** Logs work as the account of the credentials. Sent once: whether it arrived is found out by its mark. */
export async function addWorklog(site: JiraSite, issueId: string, write: WorklogWrite): Promise<LoggedWork> {
  const answer = await site.http.call({
    method: 'POST',
    path: ofIssue(site, issueId),
    query: { expand: 'properties' },
    body: bodyOf(site, write),
    schema: seenWorklogAnswer,
  });
  return toLogged(answer, write.mark);
}

/** Sent once as well: a repeat after a person's change would cover it unseen. */
export async function putWorklog(
  site: JiraSite,
  { issueId, worklogId }: Pick<LoggedWork, 'issueId' | 'worklogId'>,
  write: WorklogWrite,
): Promise<LoggedWork> {
  const answer = await site.http.call({
    method: 'PUT',
    path: ofIssue(site, issueId) + path`/${worklogId}`,
    query: { expand: 'properties' },
    body: bodyOf(site, write),
    schema: seenWorklogAnswer,
    repeatable: false,
  });
  return toLogged(answer, write.mark);
}

/** One that is gone already is done. */
export async function deleteWorklog(
  site: JiraSite,
  { issueId, worklogId }: Pick<LoggedWork, 'issueId' | 'worklogId'>,
): Promise<void> {
  await site.http.find({ method: 'DELETE', path: ofIssue(site, issueId) + path`/${worklogId}`, schema: nothing });
}

/** A page of a feed of changes; the last minute is never in it. */
const readChanges = (site: JiraSite, feed: 'updated' | 'deleted', since: number) =>
  site.http.call({
    method: 'GET',
    path: `${site.profile.api}/worklog/${feed}`,
    query: { since, ...(feed === 'updated' ? { expand: 'properties' } : {}) },
    schema: changedPage,
  });

/** All pages. @throws IntegrationError where there are more than are looked through */
async function* changes(site: JiraSite, feed: 'updated' | 'deleted', since: number) {
  let from = Math.max(0, since);
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await readChanges(site, feed, from);
    yield answer.values;
    if (answer.lastPage) return;
    // As Jira's own link to the next page has it; a page that ends where it began would come again and again.
    if (answer.until <= from) break;
    from = answer.until;
  }
  throw new IntegrationError('Jira has more changed worklogs than are looked through in one run; it is tried again.', {
    code: 'jira-unavailable',
    errorClass: 'transient',
  });
}

/** The worklog that carries the mark of a record, on whatever issue; always null where the site keeps no marks. */
export async function findMarked(site: JiraSite, record: string, since: number): Promise<LoggedWork | null> {
  if (!keepsMarks(site)) return null;
  for await (const values of changes(site, 'updated', since)) {
    const found = values.find((one) => markOf(one)?.record === record);
    if (found !== undefined) return readWorklogById(site, found.worklogId);
  }
  return null;
}

/** Worklogs that have changed, and the moment up to which those are all (milliseconds, Jira's clock). */
export interface ChangedWorklogs {
  readonly unmarked: readonly string[];
  readonly until: number;
  /** The feed ends there. */
  readonly isAll: boolean;
}

/** Worklogs without a mark of ours that have changed since, whoever changed them; of a long feed its beginning. */
export async function changedSince(site: JiraSite, since: number, pagesAtMost: number): Promise<ChangedWorklogs> {
  const unmarked = new Set<string>();
  let until = Math.max(0, since);
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await readChanges(site, 'updated', until);
    for (const one of answer.values) if (markOf(one) === null) unmarked.add(one.worklogId);
    if (answer.lastPage) return { unmarked: [...unmarked], until: Math.max(until, answer.until), isAll: true };
    // More at one moment than a page holds: what is left of it is passed over, or nothing later would ever be read.
    until = answer.until > until ? answer.until : until + 1;
  }
  return { unmarked: [...unmarked], until, isAll: false };
}

/** Whether Jira says that a worklog was deleted. */
export async function wasDeleted(site: JiraSite, worklogId: string, since: number): Promise<boolean> {
  for await (const values of changes(site, 'deleted', since))
    if (values.some((one) => one.worklogId === worklogId)) return true;
  return false;
}

/** An issue as somebody sees it who wants to log work on it; null: not there, or not to be seen. */
export async function readTarget(site: JiraSite, idOrKey: string): Promise<WorkTarget | null> {
  const shown = (await readShown(site, idOrKey))?.shown;
  return shown === undefined
    ? null
    : {
        issueId: shown.issueId,
        issueKey: shown.key,
        projectKey: shown.key.replace(/-\d+$/, ''),
        isClosed: shown.statusCategory === 'done',
      };
}

type WorklogPermission = 'WORK_ON_ISSUES' | `${'EDIT' | 'DELETE'}_${'OWN' | 'ALL'}_WORKLOGS`;

/** Whether the account holds a permission on an issue. */
async function holds(site: JiraSite, issueKey: string, permission: WorklogPermission): Promise<boolean> {
  const answer = await site.http.find({
    method: 'GET',
    path: `${site.profile.api}/mypermissions`,
    query: { issueKey, permissions: permission },
    schema: permissionsAnswer,
  });
  return answer?.permissions[permission]?.havePermission === true;
}

/** Whether the account may log work on an issue (R-1834). */
export const mayLogWork = (site: JiraSite, issueKey: string): Promise<boolean> =>
  holds(site, issueKey, 'WORK_ON_ISSUES');

/** Whether the account may change or remove a worklog; its own need another permission than those of others. */
export async function mayChange(
  site: JiraSite,
  issueKey: string,
  worklog: LoggedWork,
  verb: 'EDIT' | 'DELETE',
): Promise<boolean> {
  return holds(site, issueKey, `${verb}_${(await isOwn(site, worklog, null)) ? 'OWN' : 'ALL'}_WORKLOGS`);
}

/** Whether the workflow lets an issue be changed: of one that it does not, Jira offers no field. */
export async function isEditable(site: JiraSite, issueKey: string): Promise<boolean> {
  const answer = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueKey}/editmeta`,
    schema: editMetaAnswer,
  });
  return Object.keys(answer?.fields ?? {}).length > 0;
}

/** Whether it was logged by the account of the credentials. */
export async function isOwn(site: JiraSite, { author }: LoggedWork, accountId: string | null): Promise<boolean> {
  if (author == null) return false;
  if (accountId !== null) return [author.accountId, author.key, author.name].includes(accountId);
  const me = await rememberedMyself(site);
  return me.accountId === undefined ? author.name === me.name : author.accountId === me.accountId;
}

/** The newest changes of a worklog, oldest first. Cloud brings the newest hundred entries of an issue with it. */
export async function readWorklogSteps(
  site: JiraSite,
  issueId: string,
  worklogId: string,
): Promise<readonly WorklogStep[]> {
  const issue = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueId}`,
    query: { fields: 'summary', expand: 'changelog' },
    schema: issueWithHistory,
  });
  return (issue?.changelog?.histories ?? [])
    .filter(({ items }) => items.some(({ field, from, to }) => field === 'WorklogId' && (from ?? to) === worklogId))
    .map(({ id, author, created, items }) => {
      const spent = items.find(({ field }) => field === 'timespent');
      return {
        id,
        by: author?.displayName ?? null,
        on: toSecond(created),
        seconds: Number(spent?.to ?? 0) - Number(spent?.from ?? 0),
      };
    })
    .sort((one, other) => one.id - other.id);
}
