import type { CustomFieldRow, LinkTypeRow } from './rows';

/** A fresh site's configuration. Ids are those of a real Cloud site made from the Scrum template. */
export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** 1 above, 0 standard, -1 sub-task */
  readonly level: 1 | 0 | -1;
  readonly avatarId: number;
}

export const issueTypes: readonly IssueType[] = [
  {
    id: '10000',
    name: 'Epic',
    description: 'A big user story that needs to be broken down.',
    level: 1,
    avatarId: 10307,
  },
  {
    id: '10001',
    name: 'Story',
    description: 'Functionality or a feature expressed as a user goal.',
    level: 0,
    avatarId: 10315,
  },
  { id: '10002', name: 'Task', description: 'A small, distinct piece of work.', level: 0, avatarId: 10318 },
  {
    id: '10003',
    name: 'Sub-task',
    description: 'A small piece of work that is part of a larger task.',
    level: -1,
    avatarId: 10316,
  },
  { id: '10004', name: 'Bug', description: 'A problem or error.', level: 0, avatarId: 10303 },
];

export interface StatusCategory {
  readonly id: number;
  readonly key: string;
  readonly colorName: string;
  readonly name: string;
}

export const statusCategories: readonly StatusCategory[] = [
  { id: 1, key: 'undefined', colorName: 'medium-gray', name: 'No Category' },
  { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  { id: 3, key: 'done', colorName: 'green', name: 'Done' },
];

export interface Status {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly categoryKey: 'new' | 'indeterminate' | 'done';
}

export const statuses: readonly Status[] = [
  { id: '10000', name: 'To Do', description: '', categoryKey: 'new' },
  {
    id: '3',
    name: 'In Progress',
    description: 'This issue is being actively worked on at the moment by the assignee.',
    categoryKey: 'indeterminate',
  },
  { id: '10002', name: 'In Review', description: '', categoryKey: 'indeterminate' },
  { id: '10001', name: 'Done', description: '', categoryKey: 'done' },
];
export const INITIAL_STATUS = '10000';

/** The simplified workflow: from anywhere to anywhere. */
export const transitions: readonly { readonly id: string; readonly name: string; readonly toId: string }[] = [
  { id: '11', name: 'To Do', toId: '10000' },
  { id: '21', name: 'In Progress', toId: '3' },
  { id: '31', name: 'In Review', toId: '10002' },
  { id: '41', name: 'Done', toId: '10001' },
];

export const priorities: readonly {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly color: string;
}[] = [
  { id: '1', name: 'Highest', description: 'This problem will block progress.', color: '#d04437' },
  { id: '2', name: 'High', description: 'Serious problem that could block progress.', color: '#f15c75' },
  { id: '3', name: 'Medium', description: 'Has the potential to affect progress.', color: '#f79232' },
  { id: '4', name: 'Low', description: 'Minor problem or easily worked around.', color: '#707070' },
  { id: '5', name: 'Lowest', description: 'Trivial problem with little or no impact on progress.', color: '#999999' },
];
export const DEFAULT_PRIORITY = '3';

export const resolutions: readonly { readonly id: string; readonly name: string; readonly description: string }[] = [
  { id: '10000', name: 'Done', description: 'Work has been completed on this issue.' },
  { id: '10001', name: "Won't Do", description: "This issue won't be actioned." },
  { id: '10002', name: 'Duplicate', description: 'The problem is a duplicate of an existing issue.' },
];
export const DONE_RESOLUTION = '10000';

/** Types of issue links that a new site has. */
export const linkTypes: readonly LinkTypeRow[] = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10001', name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
  { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
];

export const roles: readonly { readonly id: number; readonly name: string; readonly description: string }[] = [
  { id: 10002, name: 'Administrators', description: 'A project role that represents administrators in a project' },
  { id: 10003, name: 'Developers', description: 'A project role that represents developers in a project' },
  { id: 10004, name: 'Users', description: 'A project role that represents users in a project' },
];

export const ADMINISTRATORS = 'jira-administrators';
export const SOFTWARE_USERS = 'jira-software-users';

/** Data Center's field that holds the key of an issue's epic. */
export const EPIC_LINK = 'customfield_10008';

/** D-7.1, beside the fields in which Data Center keeps epics. */
export const customFields: readonly CustomFieldRow[] = [
  {
    id: EPIC_LINK,
    name: 'Epic Link',
    description: 'Choose an epic to assign this issue to.',
    type: 'textfield',
    options: [],
    onlyDataCenter: true,
  },
  {
    id: 'customfield_10011',
    name: 'Epic Name',
    description: 'Provide a short name to identify this epic.',
    type: 'textfield',
    options: [],
    onlyDataCenter: true,
  },
  {
    id: 'customfield_10100',
    name: 'CRM Opportunity ID',
    description: 'Links JIRA project to Dynamics 365 Opportunity',
    type: 'textfield',
    options: [],
  },
  {
    id: 'customfield_10101',
    name: 'Customer Account ID',
    description: 'Dynamics 365 Account GUID',
    type: 'textfield',
    options: [],
  },
  {
    id: 'customfield_10102',
    name: 'Budget Status',
    description: '',
    type: 'select',
    options: ['Draft', 'Approved', 'Active', 'Overbudget', 'Completed'].map((value, index) => ({
      id: String(10020 + index),
      value,
    })),
  },
  {
    id: 'customfield_10103',
    name: 'Approved Budget Amount',
    description: 'Total approved budget from CRM',
    type: 'float',
    options: [],
  },
];

/** Category 10000 is what the integration's configuration names (D-10). */
export const categories = [{ id: '10000', name: 'CRM projects', description: 'Projects made from opportunities' }];
