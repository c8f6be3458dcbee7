import {
  derivedId,
  jiraProjectRowId,
  LinkState,
  newLink,
  resolutionId,
  resolutionSubject,
  type StoredResolution,
  SyncPreference,
} from '@crmjira/domain';
import type { IssueRow } from '../../jira/site/rows';
import type { Site } from '../../jira/site/site';
import { systemUserId } from '../../dataverse/index';
import { accounts } from '../accounts';
import { accountNumber } from '../customer-rows';
import { applicationUsers, OTHER_SELLER, SALES_REP, SUPPORT_AGENT } from '../people';
import { opportunities } from '../scenarios';
import type { SeedOptions } from '../seed-options';
import { ref, type SeedRow } from '../seed-row';
import { at, dayFrom } from '../work-days';
import {
  documentOf,
  type IssueSource,
  issueRow,
  type LinkContext,
  type LinkedRecord,
  linkRows,
  regarding,
} from './link-rows';
import { productRows, products } from './products';
import {
  CASE_OF_OPPORTUNITY,
  cases,
  type CaseScenario,
  issueProjects,
  type LinkScenario,
  otherLinks,
} from './scenarios';
import { type WrittenIssue, writeLinkedIssues, writtenIssue } from './write-linked-issues';

/** Both Jira sites, as far as they are there to be written to. */
export interface CaseSites {
  readonly first: Site;
  readonly plant: Site | null;
}

type Options = Pick<SeedOptions, 'now' | 'organizationId' | 'connectionId' | 'jiraUrl' | 'plant' | 'dataverseUrl'>;

export const caseId = (number: number): string => derivedId('seeded-case', String(number));
const ticketNumber = (number: number): string =>
  `CAS-0${number}-${derivedId('ticket', String(number)).slice(0, 6).toUpperCase()}`;

/** Products, cases, offered projects, and the issues that records are linked to, with what Jira has of them. */
export function caseRows({ first, plant }: CaseSites, options: Options): SeedRow[] {
  const { now, connectionId } = options;
  const written = writeLinkedIssues(first, now);
  const context: LinkContext = {
    now,
    organizationId: options.organizationId,
    recordUrl: (table, id) => `${options.dataverseUrl}/main.aspx?etn=${table}&pagetype=entityrecord&id=${id}`,
  };
  const sourceOf = sources({ first, plant }, options, written);
  const links = [
    ...cases.flatMap((one) => one.links.map((link) => ({ record: recordOfCase(one), link }))),
    ...otherLinks.map((one) => ({ record: recordOf(one), link: one.link as LinkScenario })),
  ].flatMap(({ record, link }) => {
    const source = sourceOf(link.issue);
    return source === null ? [] : [{ record, link, source }];
  });
  const project = (issue: WrittenIssue['project']): string => jiraProjectRowId(connectionId, issue.id);
  return [
    ...productRows(),
    ...projectRows({ first, plant }, options),
    ...links.map(({ link, source }) => issueRow(source, link.stage === 'broken')),
    ...cases.flatMap((one) =>
      rowsOfCase(one, now, one.isResolved ? (sourceOf(one.links[0]!.issue)?.issue ?? null) : null),
    ),
    ...links.flatMap(({ record, link, source }) => linkRows(record, link, source, context)),
    ...cases.flatMap((one) => {
      const wanted = one.asksFor && [...written.values()].find((issue) => issue.project.key === one.asksFor?.project);
      return wanted ? [requestedLink(one, project(wanted.project), now)] : [];
    }),
  ];
}

function sources(
  { first, plant }: CaseSites,
  { connectionId, jiraUrl, plant: { connectionId: plantConnectionId, url } }: Options,
  written: ReadonlyMap<string, WrittenIssue>,
) {
  const ofRow = (site: Site, row: IssueRow | undefined): WrittenIssue | null => (row ? writtenIssue(site, row) : null);
  return (issue: LinkScenario['issue']): IssueSource | null => {
    if (typeof issue === 'object' && 'ofPlant' in issue) {
      const found = plant && ofRow(plant, plant.findIssue(issue.ofPlant));
      return found ? { connectionId: plantConnectionId, siteUrl: url, site: plant, issue: found } : null;
    }
    const found =
      typeof issue === 'string'
        ? written.get(issue)
        : ofRow(first, first.findIssue(`${keyOfOpportunity(first, issue.ofOpportunity)}-${issue.number}`));
    return found ? { connectionId, siteUrl: jiraUrl, site: first, issue: found } : null;
  };
}

/** Key of the project that was written for an opportunity. */
function keyOfOpportunity(site: Site, opportunityId: string): string {
  const project = site.projects.all().find(({ id }) => {
    const value = site.property(`project/${id}`, 'crmjira.opportunity')?.value;
    return Reflect.get(Object(value), 'opportunityId') === opportunityId;
  });
  return project?.key ?? '';
}

/** Projects that an administrator offers: two of products, the one of an opportunity, and one of the second site. */
function projectRows({ first, plant }: CaseSites, { now, connectionId, plant: second }: Options): SeedRow[] {
  const row = (site: Site, connection: string, key: string, more: Readonly<Record<string, unknown>>): SeedRow[] => {
    const project = site.findProject(key);
    if (!project) return [];
    return [
      {
        table: 'crmjira_jira_project',
        row: {
          crmjira_jira_projectid: jiraProjectRowId(connection, project.id),
          'crmjira_integration_id@odata.bind': ref('crmjira_integration', connection),
          crmjira_project_id: project.id,
          crmjira_project_key: project.key,
          crmjira_name: project.name,
          crmjira_lead: site.users.get(project.leadId)?.displayName ?? null,
          crmjira_type: project.typeKey,
          crmjira_style: connection === connectionId ? 'classic' : null,
          crmjira_is_archived: false,
          crmjira_is_offered: true,
          crmjira_discovered_on: at(dayFrom(now, -45), 6),
          crmjira_last_sync_on: now.toISOString(),
          ...more,
        },
      },
    ];
  };
  return [
    ...issueProjects.flatMap(({ key, product }) =>
      row(first, connectionId, key, { 'crmjira_product@odata.bind': ref('product', products[product].id) }),
    ),
    ...row(first, connectionId, keyOfOpportunity(first, CASE_OF_OPPORTUNITY), {
      'crmjira_opportunity@odata.bind': ref('opportunity', CASE_OF_OPPORTUNITY),
    }),
    ...(plant ? row(plant, second.connectionId, 'PLANT', {}) : []),
  ];
}

const recordOfCase = (one: CaseScenario): LinkedRecord => ({
  table: 'incident',
  id: caseId(one.number),
  number: ticketNumber(one.number),
  title: one.title,
  owner: SUPPORT_AGENT.id,
  closed: one.isResolved === true,
  // On hold and waiting have no counterpart in Jira.
  ...(one.status === 2 || one.status === 3 ? {} : { status: String(one.status) }),
  priority: String(one.priority),
});

function recordOf(one: (typeof otherLinks)[number]): LinkedRecord {
  const of = (id: string, number: string | null, name: string, owner: string | null): LinkedRecord => ({
    table: one.table,
    id,
    number,
    title: name,
    owner,
    closed: false,
  });
  if (one.table === 'product') {
    const { id, number, name } = products[one.product];
    return of(id, number, name, null);
  }
  if (one.table === 'account') {
    const account = accounts.find(({ key }) => key === one.account)!;
    return of(account.id, accountNumber(account), account.name, systemUserId);
  }
  const { id, name, owner } = opportunities.find((opportunity) => opportunity.id === one.opportunity)!;
  return of(id, null, name, owner === 'sales-rep' ? SALES_REP.id : OTHER_SELLER.id);
}

function rowsOfCase(one: CaseScenario, now: Date, resolvedBy: WrittenIssue | null): SeedRow[] {
  const id = caseId(one.number);
  const account = accounts.find(({ key }) => key === one.account)!;
  const createdon = at(dayFrom(now, -one.openedDaysAgo), 13, 14);
  const occasion = resolvedBy && `${resolvedBy.shown.issueId}:${resolvedBy.lastChange}`;
  const resolution = occasion === null ? null : resolutionId(id, occasion);
  const resolvedOn = resolvedBy?.shown.resolvedOn ?? null;
  const service = { table: 'systemuser', id: applicationUsers[1].id };
  return [
    {
      table: 'incident',
      row: {
        incidentid: id,
        ticketnumber: ticketNumber(one.number),
        title: one.title,
        description: one.description,
        prioritycode: one.priority,
        caseorigincode: one.origin,
        statecode: resolvedOn === null ? 0 : 1,
        statuscode: one.status,
        resolveby: resolvedOn === null ? at(dayFrom(now, 3 + one.priority), 21) : null,
        'customerid_account@odata.bind': ref('account', account.id),
        'primarycontactid@odata.bind': ref('contact', account.contactId),
        ...(one.product === null ? {} : { 'productid@odata.bind': ref('product', products[one.product].id) }),
        ownerid: { table: 'systemuser', id: SUPPORT_AGENT.id },
        createdon,
        createdby: { table: 'systemuser', id: SUPPORT_AGENT.id },
        modifiedon: resolvedOn ?? createdon,
        ...(resolution === null
          ? {}
          : {
              crmjira_issue_resolution: JSON.stringify({
                occasion,
                closed: true,
                accounted: [resolution],
                stayedOpen: null,
              } satisfies StoredResolution),
            }),
      },
    },
    ...(resolvedBy === null
      ? []
      : [
          {
            table: 'incidentresolution',
            row: {
              activityid: resolution,
              subject: resolutionSubject(resolvedBy.shown.key, 1033),
              description: `${resolvedBy.shown.resolution} · ${resolvedBy.shown.resolvedBy}`,
              incidentid: { table: 'incident', id },
              resolutiontypecode: one.status,
              actualend: resolvedOn,
              statecode: 1,
              statuscode: 2,
              ownerid: service,
              createdon: resolvedOn,
              createdby: service,
            },
          },
        ]),
  ];
}

/** A link whose issue Jira has not made yet. */
function requestedLink(one: CaseScenario, projectRowId: string, now: Date): SeedRow {
  const record = recordOfCase(one);
  const asked = newLink(null, {
    table: 'incident',
    id: record.id,
    etag: '',
    version: 0,
    closed: false,
    owner: { id: SUPPORT_AGENT.id, name: '' },
    changedBy: null,
    changedOn: null,
  });
  const create = {
    type: '10004',
    typeName: 'Bug',
    priority: null,
    summary: one.title,
    labels: ['dynamics', 'case', 'DockFlow'],
    description: [{ kind: 'text', text: one.description }],
    fields: {},
  };
  return {
    table: 'crmjira_issue_link',
    row: {
      crmjira_issue_linkid: derivedId(record.id, 'seeded-request'),
      crmjira_name: one.title,
      ...regarding(record),
      crmjira_sync_preference: SyncPreference.Both,
      crmjira_state: LinkState.Requested,
      crmjira_base: documentOf(asked, now.toISOString(), projectRowId, create),
      'crmjira_created_by_user@odata.bind': ref('systemuser', SUPPORT_AGENT.id),
      createdon: now.toISOString(),
    },
  };
}
