import type { PrivilegeDepth } from '@crmjira/domain';
import { guidOf } from '../guid';
import type { Right } from '../security/privilege-names';

/** A role of Microsoft's, by table: rights and how far they reach. */
export interface PlatformRole {
  readonly id: string;
  readonly name: string;
  /** learn.microsoft.com "Security roles": the same in every environment */
  readonly templateId: string;
  readonly grants: readonly {
    readonly tables: readonly string[];
    readonly rights: readonly Right[];
    readonly depth: PrivilegeDepth;
  }[];
}

const use: readonly Right[] = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'];
const readonlyTables = [
  'User',
  'Team',
  'BusinessUnit',
  'TransactionCurrency',
  'Role',
  'Workflow',
  'Queue',
  'Product',
  'EnvironmentVariableDefinition',
  'Solution',
  'Query',
  'Publisher',
];
const service = ['Account', 'Contact', 'Activity', 'Note', 'Incident', 'UserQuery'];
const sales = ['Account', 'Contact', 'Lead', 'Opportunity', 'Activity', 'Note', 'Incident', 'SalesOrder', 'UserQuery'];

/** Entries of timelines belong to the organization. */
const posts = { tables: ['Post'], rights: ['Create', 'Read'], depth: 'Global' } as const;

/** Language, time zone and formats: everybody's own. */
const ownSettings = { tables: ['UserSettings'], rights: ['Read', 'Write'], depth: 'Basic' } as const;

export const administratorRoleId = guidOf('role:System Administrator');
export const administratorTemplateId = '627090ff-40a3-4053-8790-584edc5be201';

/** Excerpts of the roles that Dynamics 365 Sales and Customer Service bring, for the tables that are here. */
export const platformRoles: readonly PlatformRole[] = [
  {
    id: guidOf('role:Salesperson'),
    name: 'Salesperson',
    templateId: 'a4be89ff-7c35-4d69-9900-999c3f603e6f',
    grants: [
      { tables: sales, rights: use, depth: 'Basic' },
      { tables: sales, rights: ['Read', 'Append', 'AppendTo'], depth: 'Local' },
      { tables: readonlyTables, rights: ['Read'], depth: 'Global' },
      { tables: ['User', 'Team', 'Queue', 'TransactionCurrency'], rights: ['AppendTo'], depth: 'Global' },
      posts,
      ownSettings,
    ],
  },
  {
    id: guidOf('role:Sales Manager'),
    name: 'Sales Manager',
    templateId: 'c0ed2f4f-6f92-4691-92ba-78f2931e8fba',
    grants: [
      { tables: sales, rights: use, depth: 'Deep' },
      { tables: readonlyTables, rights: ['Read'], depth: 'Global' },
      { tables: ['Product'], rights: ['Create', 'Write'], depth: 'Global' },
      { tables: ['User', 'Team', 'Queue', 'TransactionCurrency'], rights: ['AppendTo'], depth: 'Global' },
      posts,
      ownSettings,
    ],
  },
  {
    id: guidOf('role:Customer Service Representative'),
    name: 'Customer Service Representative',
    templateId: 'ecfd0b44-5720-45e3-ae68-417ddb0fb654',
    grants: [
      { tables: service, rights: use, depth: 'Basic' },
      { tables: service, rights: ['Read', 'Write', 'Append', 'AppendTo'], depth: 'Local' },
      { tables: readonlyTables, rights: ['Read'], depth: 'Global' },
      { tables: ['User', 'Team', 'Queue', 'TransactionCurrency', 'Product'], rights: ['AppendTo'], depth: 'Global' },
      posts,
      ownSettings,
    ],
  },
  {
    id: guidOf('role:Basic User'),
    name: 'Basic User',
    templateId: '236750cd-45ae-4939-ab12-b24b920ced93',
    grants: [
      { tables: ['Account', 'Contact', 'Activity', 'Note', 'UserQuery'], rights: use, depth: 'Basic' },
      { tables: readonlyTables, rights: ['Read'], depth: 'Global' },
      posts,
      ownSettings,
    ],
  },
];
