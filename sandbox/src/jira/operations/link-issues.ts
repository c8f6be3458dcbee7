import type { ChangeItem, IssueLinkRow, IssueRow, LinkTypeRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { recordChange } from './store-issue';

/** Links that begin or end at an issue, oldest first. */
export function linksOf(site: Site, issueId: string): IssueLinkRow[] {
  const links = [...site.issueLinks.where('source', issueId), ...site.issueLinks.where('destination', issueId)];
  return links.sort((left, right) => Number(left.id) - Number(right.id));
}

/** The type that an id or a name, in either direction, stands for. */
export function findLinkType(site: Site, wanted: { readonly id?: unknown; readonly name?: unknown }) {
  const { id, name } = wanted;
  if (id !== undefined) return site.linkTypes.get(String(id));
  const lower = String(name).toLowerCase();
  return site.linkTypes.all().find((type) => type.name.toLowerCase() === lower);
}

function item(words: string, other: IssueRow, added: boolean): ChangeItem {
  const told = { id: other.key, text: `This issue ${words} ${other.key}` };
  return {
    field: 'Link',
    fieldId: 'issuelinks',
    custom: false,
    from: added ? null : told.id,
    fromString: added ? null : told.text,
    to: added ? told.id : null,
    toString: added ? told.text : null,
  };
}

/** Both issues have it in their history; no event but the link's own tells of it. */
function record(site: Site, actor: UserRow, link: IssueLinkRow, type: LinkTypeRow, added: boolean): void {
  const [source, destination] = [site.issues.get(link.sourceId), site.issues.get(link.destinationId)];
  if (!source || !destination) return;
  recordChange(site, actor, source, {}, [item(type.outward, destination, added)]);
  recordChange(site, actor, destination, {}, [item(type.inward, source, added)]);
}

/**
 * Links two issues; a link that is there already is answered instead of made twice.
 * @param source the issue to which the outward words apply, e.g. the one that blocks
 */
export function linkIssues(
  site: Site,
  actor: UserRow,
  type: LinkTypeRow,
  source: IssueRow,
  destination: IssueRow,
): IssueLinkRow {
  const there = site.issueLinks
    .where('source', source.id)
    .find((link) => link.destinationId === destination.id && link.typeId === type.id);
  if (there) return there;
  return site.together(() => {
    const link = site.issueLinks.put<IssueLinkRow>({
      id: site.nextId('issue-link'),
      typeId: type.id,
      sourceId: source.id,
      destinationId: destination.id,
    });
    record(site, actor, link, type, true);
    site.emit({ on: site.now(), actorId: actor.id, kind: 'issuelink', event: 'created', link, type });
    return link;
  });
}

export function unlinkIssues(site: Site, actor: UserRow, link: IssueLinkRow): void {
  const type = site.linkTypes.get(link.typeId);
  if (!type) throw new Error(`Link ${link.id} has no type.`);
  site.together(() => {
    site.issueLinks.delete(link.id);
    record(site, actor, link, type, false);
    site.emit({ on: site.now(), actorId: actor.id, kind: 'issuelink', event: 'deleted', link, type });
  });
}
