import type { IssueLinkRow, IssueRow, LinkTypeRow } from '../site/rows';
import { linksOf } from '../operations/link-issues';
import { issueReference } from './issue-reference';
import { selfUrl } from './view';
import type { View } from './view';

export function linkTypeView(view: View, type: LinkTypeRow) {
  const { id, name, inward, outward } = type;
  return { id, name, inward, outward, self: selfUrl(view, `/issueLinkType/${id}`) };
}

function common(view: View, link: IssueLinkRow) {
  const type = view.site.linkTypes.get(link.typeId);
  if (!type) throw new Error(`Link ${link.id} has no type.`);
  return { id: link.id, self: selfUrl(view, `/issueLink/${link.id}`), type: linkTypeView(view, type) };
}

const end = (view: View, id: string) => {
  const issue = view.site.issues.get(id);
  return issue ? issueReference(view, issue) : undefined;
};

/** A link as it stands between both of its issues. */
export function issueLinkView(view: View, link: IssueLinkRow) {
  return {
    ...common(view, link),
    inwardIssue: end(view, link.sourceId),
    outwardIssue: end(view, link.destinationId),
  };
}

/** Links as one issue shows them: each with the issue at its other end. */
export function linksOnIssue(view: View, issue: IssueRow) {
  return linksOf(view.site, issue.id).map((link) => ({
    ...common(view, link),
    ...(link.sourceId === issue.id
      ? { outwardIssue: end(view, link.destinationId) }
      : { inwardIssue: end(view, link.sourceId) }),
  }));
}
