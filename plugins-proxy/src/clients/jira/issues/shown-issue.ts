import { type ShownIssue, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';

const id = z.union([z.string(), z.number()]).transform(String);
const named = z.object({ name: z.string() }).nullish();
const categories = ['new', 'indeterminate', 'done'] as const;

const shownFields = z.object({
  summary: z.string().nullish(),
  issuetype: named,
  status: z
    .object({ name: z.string(), statusCategory: z.object({ key: z.enum(categories).nullish().catch(null) }).nullish() })
    .nullish(),
  priority: named,
  assignee: z.object({ displayName: z.string().nullish(), active: z.boolean().nullish() }).nullish(),
  labels: z.array(z.string()).nullish(),
  resolution: named,
  resolutiondate: z.string().nullish(),
  project: z.object({ id, key: z.string() }),
  created: z.string().nullish(),
  updated: z.string().nullish(),
  duedate: z.string().nullish(),
  /** Level of issue security: who has none of it may not see the issue. */
  security: z.unknown().optional(),
  /** Data Center; Cloud hides archived issues. */
  archiveddate: z.string().nullish(),
});

/** Fields to ask Jira for, for `readShownIssue`. */
export const shownFieldNames = Object.keys(shownFields.shape);

/** An issue as Jira shows it. */
export interface SeenIssue {
  readonly shown: ShownIssue;
  /** It has a level of issue security: nothing of it may arrive in Dynamics. */
  readonly isRestricted: boolean;
  readonly created: string | null;
  readonly updated: string | null;
  /** Calendar day. */
  readonly dueOn: string | null;
}

const instantOf = (text: string | null | undefined): string | null => (text == null ? null : wholeSecond(text));

/**
 * Reads an issue of a search or of `issue/…`; the same on Cloud and Data Center.
 * @param resolvedBy who resolved it, where the changelog was read
 */
export function readShownIssue(
  issue: { readonly id: string; readonly key: string; readonly fields: unknown },
  resolvedBy: string | null = null,
): SeenIssue {
  const fields = shownFields.parse(issue.fields);
  return {
    shown: {
      issueId: issue.id,
      key: issue.key,
      projectId: fields.project.id,
      summary: fields.summary ?? '',
      type: fields.issuetype?.name ?? '',
      status: fields.status?.name ?? '',
      statusCategory: fields.status?.statusCategory?.key ?? 'undefined',
      priority: fields.priority?.name ?? null,
      assignee: fields.assignee?.displayName ?? null,
      assigneeActive: fields.assignee?.active ?? true,
      labels: fields.labels ?? [],
      resolution: fields.resolution?.name ?? null,
      resolvedOn: instantOf(fields.resolutiondate),
      resolvedBy,
      archived: fields.archiveddate != null,
    },
    isRestricted: fields.security != null,
    created: instantOf(fields.created),
    updated: instantOf(fields.updated),
    dueOn: fields.duedate?.slice(0, 10) ?? null,
  };
}
