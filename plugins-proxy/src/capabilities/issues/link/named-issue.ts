import type { LinkedIssue } from '../../../clients/jira/issues/read-linked-issue';
import type { LinkRows } from './link-parts';
import type { NamedIssue } from './stored-row';

/** A moment as people read it, the same in both languages. */
const momentText = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** How people know the issue of a link: as it stands now, else as its row shows it. Pure. */
export function namedIssue({
  rows: { row, document, mirror, project },
  issue,
}: {
  readonly rows: LinkRows;
  readonly issue: LinkedIssue | null;
}): NamedIssue {
  const shown = issue?.shown ?? mirror?.issue ?? null;
  return {
    key: shown?.key ?? row.name ?? '',
    project: issue?.project.key ?? project?.key ?? '',
    type: shown?.type ?? document.create?.typeName ?? '',
    asOf: momentText(mirror?.updated ?? row.createdOn),
  };
}
