import { linksOf } from '../operations/link-issues';
import { issueTypes } from '../site/defaults';
import { ABSENT_FUNCTIONS } from './absent-query-fields';
import type { QueryContext } from './query-context';

/** Functions that answer ids; null when there is no such function. */
export function idFunction(context: QueryContext, name: string, args: readonly string[]): readonly string[] | null {
  const { site } = context.view;
  const projectVersions = (released: boolean) => {
    const projects = args.flatMap((key) => site.findProject(key.toUpperCase())?.id ?? []);
    return site.versions
      .all()
      .filter((version) => version.released === released && (args.length === 0 || projects.includes(version.projectId)))
      .map((version) => version.id);
  };
  switch (name.toLowerCase()) {
    case 'currentuser':
      return context.user ? [context.user.id] : [];
    case 'membersof':
      return site.users
        .all()
        .filter((user) => user.groups.includes(args[0] ?? ''))
        .map((user) => user.id);
    case 'releasedversions':
      return projectVersions(true);
    case 'unreleasedversions':
      return projectVersions(false);
    case 'standardissuetypes':
      return issueTypes.filter((type) => type.level !== -1).map((type) => type.id);
    case 'subtaskissuetypes':
      return issueTypes.filter((type) => type.level === -1).map((type) => type.id);
    case 'projectsleadbyuser':
      return site.projects
        .all()
        .filter((project) => project.leadId === (args[0] ? site.findUser(args[0])?.id : context.user?.id))
        .map((project) => project.id);
    case 'linkedissues': {
      const issue = site.findIssue(args[0] ?? '');
      const words = args.slice(1).map((word) => word.toLowerCase());
      return linksOf(site, issue?.id ?? '').flatMap((link) => {
        const type = site.linkTypes.get(link.typeId);
        const outward = link.sourceId === issue?.id;
        const named = outward ? type?.outward : type?.inward;
        if (words.length > 0 && !words.includes(named?.toLowerCase() ?? '')) return [];
        return [outward ? link.destinationId : link.sourceId];
      });
    }
    case 'issueswithremotelinksbyglobalid':
      return site.remoteLinks.all().flatMap((row) => (args.includes(row.globalId ?? '') ? [row.issueId] : []));
    default:
      return ABSENT_FUNCTIONS.has(name.toLowerCase()) ? [] : null;
  }
}
