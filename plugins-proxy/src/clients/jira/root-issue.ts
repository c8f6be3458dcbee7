import { cleanName, cutText, type RootIssueFacts, type RootIssueFields } from '@crmjira/domain';
import { z } from 'zod';
import type { Effect } from '../../platform/http-client/with-effect-check';
import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { isDone, type ReadIssues, rootIssueFields } from './read-issues';
import { namingFieldsOffScreen } from './fields-off-screen';
import type { FieldIds } from './resolve-fields';
import { writeRootIssueRecord } from './root-issue-record';
import { type IssueAnswer, issueAnswer, issueTypeAnswer, nothing, projectCreatedAnswer } from './wire/answers';

const text = z.string().nullish().catch(null);
/** Whoever may edit the issue may write 1e21 into it, which no amount can be (F-304). */
const amount = z.number().min(-1e12).max(1e12).nullish().catch(null);
const option = z.object({ value: z.string() }).nullish().catch(null);

function toFacts(issue: IssueAnswer, ids: FieldIds): RootIssueFacts {
  const { fields } = issue;
  return {
    id: issue.id,
    key: issue.key,
    opportunityId: text.parse(fields[ids.opportunityId]) ?? null,
    accountId: text.parse(fields[ids.accountId]) ?? null,
    budgetStatus: option.parse(fields[ids.budgetStatus])?.value ?? null,
    approvedAmount: amount.parse(fields[ids.approvedAmount]) ?? null,
    isDone: isDone(issue),
  };
}

/** The root issue with the name of its status, which stands for the project's. */
export interface RootIssue {
  readonly facts: RootIssueFacts;
  readonly statusName: string | null;
}

/**
 * The project's root issue: by the id that the project remembers, else the issue among `issues` that carries the opportunity's id: its
 * creation was cut off before the project could remember it, be it the first one or that of a successor of a deleted one. Null when
 * there is none.
 * @param remembered id that the project remembers; among `issues` it stands as it is now where the deployment can search so
 */
export async function readRootIssue(
  site: JiraSite,
  projectId: string,
  opportunityId: string,
  ids: FieldIds,
  issues: ReadIssues,
  remembered: string | null,
): Promise<RootIssue | null> {
  const read = async (id: string): Promise<RootIssue | null> => {
    const isShown = site.profile.searchesExactly && id === remembered;
    const shown = isShown ? issues.shown.get(id) : undefined;
    const issue =
      shown ??
      (await site.http.find({
        method: 'GET',
        path: site.profile.api + path`/issue/${id}`,
        query: { fields: ['summary', 'status', 'project', ...rootIssueFields(ids)].join(',') },
        schema: issueAnswer,
      }));
    // Moved to another project: it is that one's business now, and ours gets a new one.
    if (issue === null || (issue.fields.project?.id ?? projectId) !== projectId) return null;
    return { facts: toFacts(issue, ids), statusName: issue.fields.status?.name ?? null };
  };
  const known = remembered === null ? null : await read(remembered);
  if (known !== null) return known;
  const carries = (issue: IssueAnswer): boolean =>
    issue.id !== remembered && text.parse(issue.fields[ids.opportunityId])?.toLowerCase() === opportunityId;
  const found = issues.all.find(carries);
  return found === undefined ? null : read(found.id);
}

function toColumns(fields: Partial<RootIssueFields>, ids: FieldIds): Record<string, unknown> {
  return {
    ...(fields.opportunityId === undefined ? {} : { [ids.opportunityId]: fields.opportunityId }),
    ...(fields.accountId === undefined ? {} : { [ids.accountId]: fields.accountId }),
    ...(fields.budgetStatus === undefined ? {} : { [ids.budgetStatus]: { value: fields.budgetStatus } }),
    ...(fields.approvedAmount === undefined ? {} : { [ids.approvedAmount]: fields.approvedAmount }),
  };
}

const typesOfProject = z.object({ key: z.string(), issueTypes: issueTypeAnswer.array() });

/** Longest summary Jira takes, in characters. */
const summaryLength = 255;

/**
 * Whether a root issue whose answer was lost is there. In a new project it is the first issue, which is read by its key and needs no
 * search index; where there were issues before, only the index could tell, and that lags behind.
 */
async function findCreated(
  site: JiraSite,
  projectKey: string,
  opportunityId: string,
  ids: FieldIds,
): Promise<Effect<{ readonly id: string; readonly key: string }>> {
  const first = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${`${projectKey}-1`}`,
    query: { fields: ids.opportunityId },
    schema: issueAnswer,
  });
  if (first === null) return { state: 'none' };
  const isOurs = text.parse(first.fields[ids.opportunityId])?.toLowerCase() === opportunityId.toLowerCase();
  return isOurs ? { state: 'there', value: first } : { state: 'unsure' };
}

/** Creates the root issue (Epic, else Task, else whatever the project has) and lets the project remember it. */
export async function createRootIssue(
  site: JiraSite,
  action: { readonly projectId: string; readonly summary: string; readonly fields: RootIssueFields },
  ids: FieldIds,
): Promise<void> {
  const read = () =>
    site.http.call({
      method: 'GET',
      path: site.profile.api + path`/project/${action.projectId}`,
      schema: typesOfProject,
    });
  const { issueTypes, key } = await (site.metadata?.get(`issue-types:${action.projectId}`, read) ?? read());
  const top = issueTypes.filter((type) => type.subtask !== true);
  const type = top.find((one) => one.name === 'Epic') ?? top.find((one) => one.name === 'Task') ?? top[0];
  const summary = cutText(cleanName(action.summary), summaryLength);
  const create = site.http.call({
    method: 'POST',
    path: `${site.profile.api}/issue`,
    body: {
      fields: {
        project: { id: action.projectId },
        issuetype: { id: type?.id ?? '' },
        summary,
        ...(ids.epicName !== null && type?.name === 'Epic' ? { [ids.epicName]: summary } : {}),
        ...toColumns(action.fields, ids),
      },
    },
    schema: projectCreatedAnswer,
    effect: () => findCreated(site, key, action.fields.opportunityId, ids),
  });
  const created = await namingFieldsOffScreen(create, ids);
  await writeRootIssueRecord(site, action.projectId, { id: created.id, known: [] }, action.fields);
}

/** Puts fields of the root issue back to the CRM's values (R-517). */
export async function updateRootIssue(
  site: JiraSite,
  issueId: string,
  fields: Partial<RootIssueFields>,
  ids: FieldIds,
): Promise<void> {
  site.ownWrites?.expect(issueId);
  const update = site.http.call({
    method: 'PUT',
    path: site.profile.api + path`/issue/${issueId}`,
    body: { fields: toColumns(fields, ids) },
    schema: nothing,
  });
  await namingFieldsOffScreen(update, ids);
}
