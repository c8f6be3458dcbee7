import type { IssueType, Status } from '../site/defaults';
import { issueTypes, priorities, resolutions, statusCategories, statuses } from '../site/defaults';
import type { CategoryRow, ComponentRow, VersionRow } from '../site/rows';
import { userView } from './user-view';
import { selfUrl } from './view';
import type { View } from './view';

export function issueTypeView(view: View, type: IssueType) {
  return {
    self: selfUrl(view, `/issuetype/${type.id}`),
    id: type.id,
    description: type.description,
    iconUrl: `${view.site.options.publicUrl}/secure/viewavatar?size=medium&avatarId=${type.avatarId}&avatarType=issuetype`,
    name: type.name,
    subtask: type.level === -1,
    avatarId: type.avatarId,
    ...(view.edition === 'cloud' ? { hierarchyLevel: type.level } : {}),
  };
}

export function statusCategoryView(view: View, key: string) {
  const category = statusCategories.find((candidate) => candidate.key === key);
  if (!category) throw new Error(`There is no status category ${key}.`);
  return { self: selfUrl(view, `/statuscategory/${category.id}`), ...category };
}

export function statusView(view: View, status: Status) {
  return {
    self: selfUrl(view, `/status/${status.id}`),
    description: status.description,
    iconUrl: `${view.site.options.publicUrl}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: statusCategoryView(view, status.categoryKey),
  };
}

export function statusById(id: string): Status {
  const status = statuses.find((candidate) => candidate.id === id);
  if (!status) throw new Error(`There is no status ${id}.`);
  return status;
}

export function issueTypeById(id: string): IssueType {
  const type = issueTypes.find((candidate) => candidate.id === id);
  if (!type) throw new Error(`There is no issue type ${id}.`);
  return type;
}

export function priorityView(view: View, id: string) {
  const priority = priorities.find((candidate) => candidate.id === id);
  if (!priority) return null;
  return {
    self: selfUrl(view, `/priority/${id}`),
    iconUrl: `${view.site.options.publicUrl}/images/icons/priorities/${priority.name.toLowerCase()}.svg`,
    name: priority.name,
    id,
  };
}

export function priorityDetailsView(view: View, id: string) {
  const priority = priorities.find((candidate) => candidate.id === id);
  return { ...priorityView(view, id), statusColor: priority?.color, description: priority?.description };
}

export function resolutionView(view: View, id: string | null) {
  const resolution = resolutions.find((candidate) => candidate.id === id);
  return resolution ? { self: selfUrl(view, `/resolution/${resolution.id}`), ...resolution } : null;
}

export function categoryView(view: View, category: CategoryRow) {
  return { self: selfUrl(view, `/projectCategory/${category.id}`), ...category };
}

export function versionView(view: View, version: VersionRow) {
  const { site } = view;
  const today = site.now().slice(0, 10);
  return {
    self: selfUrl(view, `/version/${version.id}`),
    id: version.id,
    ...(version.description ? { description: version.description } : {}),
    name: version.name,
    archived: version.archived,
    released: version.released,
    ...(version.startDate ? { startDate: version.startDate, userStartDate: userDay(version.startDate) } : {}),
    ...(version.releaseDate
      ? {
          releaseDate: version.releaseDate,
          overdue: !version.released && version.releaseDate < today,
          userReleaseDate: userDay(version.releaseDate),
        }
      : {}),
    projectId: Number(version.projectId),
  };
}

const shortMonth = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' });

/** `06/Jul/25`: how a site in English shows a day */
function userDay(day: string): string {
  const month = shortMonth.format(new Date(`${day}T00:00:00Z`));
  return `${day.slice(8)}/${month}/${day.slice(2, 4)}`;
}

export function componentView(view: View, component: ComponentRow) {
  const project = view.site.projects.get(component.projectId);
  return {
    self: selfUrl(view, `/component/${component.id}`),
    id: component.id,
    name: component.name,
    ...(component.description ? { description: component.description } : {}),
    ...(component.leadId ? { lead: userView(view, component.leadId) } : {}),
    assigneeType: 'PROJECT_DEFAULT',
    realAssigneeType: 'PROJECT_DEFAULT',
    isAssigneeTypeValid: false,
    project: project?.key,
    projectId: Number(component.projectId),
  };
}
