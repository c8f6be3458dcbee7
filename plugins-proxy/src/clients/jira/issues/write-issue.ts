import {
  type AdfDocument,
  type Block,
  type JiraWrite,
  type Language,
  type Mark,
  toAdf,
  toWiki,
  writeMark,
} from '@crmjira/domain';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../jira-site';
import { nothing } from '../wire/answers';
import { createdIssueAnswer } from './answers';

/** What a new issue is made from, in the ids of its site. */
export interface NewIssue {
  readonly projectId: string;
  readonly typeId: string;
  readonly priorityId: string | null;
  readonly summary: string;
  readonly labels: readonly string[];
  readonly description: readonly Block[];
  readonly language: Language;
  /** Further fields of the create screen, in the form that Jira takes. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Travels in the create itself, so that it is known by it although its answer is lost. */
  readonly property: { readonly key: string; readonly value: unknown };
}

/** A description in the form that the deployment takes: ADF (v3) or wiki text (v2). */
export const toDescription = (site: JiraSite, blocks: readonly Block[], language: Language): AdfDocument | string =>
  site.profile.deployment === 'cloud' ? toAdf(blocks, language) : toWiki(blocks, language);

/** Sends a create once. Whether it arrived is found out by its mark, never by sending it again. */
export function createMarkedIssue(site: JiraSite, issue: NewIssue): Promise<{ readonly id: string }> {
  return site.http.call({
    method: 'POST',
    path: `${site.profile.api}/issue`,
    body: {
      fields: {
        ...issue.fields,
        project: { id: issue.projectId },
        issuetype: { id: issue.typeId },
        summary: issue.summary,
        ...(issue.description.length === 0
          ? {}
          : { description: toDescription(site, issue.description, issue.language) }),
        ...(issue.labels.length === 0 ? {} : { labels: issue.labels }),
        ...(issue.priorityId === null ? {} : { priority: { id: issue.priorityId } }),
      },
      properties: [issue.property],
    },
    schema: createdIssueAnswer,
  });
}

function bodyOf({ field, value, transition, label }: JiraWrite): Record<string, unknown> {
  switch (field) {
    case 'status':
      return { transition: { id: transition } };
    case 'priority':
      return { fields: { priority: { id: value } } };
    case 'summary':
      return { fields: { summary: value } };
    case 'labels':
      return { update: { labels: [label?.add === true ? { add: label.name } : { remove: label?.name }] } };
  }
}

/**
 * Sends one value with the mark by which its entry of the changelog is told from a person's. Sent once: where the answer is lost, the
 * next round reads what came of it.
 */
export async function writeMarked(site: JiraSite, issueId: string, write: JiraWrite, mark: Mark): Promise<void> {
  const issue = site.profile.api + path`/issue/${issueId}`;
  await site.http.call({
    ...(write.field === 'status' ? { method: 'POST', path: `${issue}/transitions` } : { method: 'PUT', path: issue }),
    body: { ...bodyOf(write), historyMetadata: writeMark(mark) },
    schema: nothing,
    repeatable: false,
  });
}
