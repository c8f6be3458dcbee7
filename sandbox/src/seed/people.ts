/** People of Dataverse. Ids of the personas are fixed: form host, tests and documents name them. */
export interface CrmPerson {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly upn: string;
  readonly title: string;
  readonly roles: readonly string[];
}

export const SALES_REP: CrmPerson = {
  id: '87654321-abcd-ef12-3456-7890abcdef12',
  firstName: 'Olivia',
  lastName: 'Owens',
  upn: 'opportunity.owner@company.com',
  title: 'Account Executive',
  roles: ['Salesperson', 'CRM-JIRA Integration User'],
};
export const PROJECT_MANAGER: CrmPerson = {
  id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01',
  firstName: 'Paul',
  lastName: 'Martin',
  upn: 'project.manager@company.com',
  title: 'Project Manager',
  roles: ['Sales Manager', 'CRM-JIRA Integration User', 'CRM-JIRA Budget Approver', 'CRM-JIRA Worklog Viewer'],
};
export const ADMINISTRATOR: CrmPerson = {
  id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02',
  firstName: 'Ada',
  lastName: 'Singh',
  upn: 'admin@company.com',
  title: 'Dynamics 365 Administrator',
  roles: ['System Administrator', 'CRM-JIRA Integration Administrator'],
};
export const FINANCE_CONTROLLER: CrmPerson = {
  id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a03',
  firstName: 'Farah',
  lastName: 'Controller',
  upn: 'finance.controller@company.com',
  title: 'Finance Controller',
  roles: ['Sales Manager', 'CRM-JIRA Integration User', 'CRM-JIRA Budget Approver'],
};
/** A second seller, so that not everything belongs to the persona. */
export const OTHER_SELLER: CrmPerson = {
  id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a04',
  firstName: 'Mathieu',
  lastName: 'Gagnon',
  upn: 'mathieu.gagnon@company.com',
  title: 'Account Executive, Québec',
  roles: ['Salesperson', 'CRM-JIRA Integration User'],
};

/** Works on cases. */
export const SUPPORT_AGENT: CrmPerson = {
  id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a05',
  firstName: 'Samira',
  lastName: 'Haddad',
  upn: 'samira.haddad@company.com',
  title: 'Support Agent',
  roles: ['Customer Service Representative', 'CRM-JIRA Integration User'],
};

export const crmPeople: readonly CrmPerson[] = [
  SALES_REP,
  PROJECT_MANAGER,
  ADMINISTRATOR,
  FINANCE_CONTROLLER,
  OTHER_SELLER,
  SUPPORT_AGENT,
];

/** Column security profiles of the solution. */
export const columnProfiles = {
  readers: 'CRM-JIRA Integration Columns: Readers',
  service: 'CRM-JIRA Integration Columns: Service',
} as const;

/** Everybody who works with budgets: holds the readers' profile for its members, as docs/real-tenant.md has it. */
export const budgetUsers = { id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1c01', name: 'CRM-JIRA Users' } as const;

/** Application users: rows of systemuser that stand for an app registration. */
export const applicationUsers = [
  {
    id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1b01',
    clientId: '11111111-1111-4111-8111-111111111111',
    name: 'Sandbox tools',
    upn: 'sandbox-tools@company.com',
    roles: ['System Administrator'],
  },
  {
    id: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1b02',
    clientId: '22222222-2222-4222-8222-222222222222',
    name: 'CRM-JIRA Integration',
    upn: 'crm-jira-integration@company.com',
    roles: ['CRM-JIRA Integration Service'],
  },
] as const;

export interface JiraPerson {
  readonly email: string;
  readonly displayName: string;
  readonly accountId: string;
  /** CAD an hour, where the person's work costs another rate than the project's */
  readonly rate?: number;
}

const person = (number: number, email: string, displayName: string, rate?: number): JiraPerson => ({
  email: `${email}@company.com`,
  displayName,
  accountId: `712020:5c1d0f3a-8f0e-4c8e-9d5a-0000000001${String(number).padStart(2, '0')}`,
  ...(rate === undefined ? {} : { rate }),
});

/** People who do the work in Jira. */
export const jiraPeople: readonly JiraPerson[] = [
  person(1, 'john.developer', 'John Developer'),
  person(2, 'amara.okafor', 'Amara Okafor'),
  person(3, 'luc.tremblay', 'Luc Tremblay'),
  person(4, 'mei.chen', 'Mei Chen'),
  person(5, 'sofia.rossi', 'Sofia Rossi'),
  person(6, 'david.kim', 'David Kim'),
  person(7, 'ines.beaulieu', 'Inès Beaulieu'),
  // the architect is billed at a rate of her own, which travels with each worklog
  person(8, 'priya.nair', 'Priya Nair', 165),
];

/** People of Dataverse who log time of their own in Jira; they make their tokens by hand, on its page `/people`. */
export const jiraPersonas: readonly JiraPerson[] = [SALES_REP, PROJECT_MANAGER, SUPPORT_AGENT].map(
  ({ upn, firstName, lastName }, n) => ({
    email: upn,
    displayName: `${firstName} ${lastName}`,
    accountId: `712020:5c1d0f3a-8f0e-4c8e-9d5a-0000000002${String(n + 1).padStart(2, '0')}`,
  }),
);
