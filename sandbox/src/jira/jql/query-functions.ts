import { issueTypes } from '../site/defaults';
import { ABSENT_FUNCTIONS } from './absent-query-fields';
import type { QueryContext } from './query-context';

/** Functions that answer ids; null when there is no such function. */
export function idFunction(context: QueryContext, name: string, args: readonly string[]): readonly string[] | null {
  const { site } = context.view;
  const projectVersions = (released: boolean) => {
    const projects = args.flatMap((key) => site.findProject(key)?.id ?? []);
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
    default:
      return ABSENT_FUNCTIONS.has(name.toLowerCase()) ? [] : null;
  }
}
