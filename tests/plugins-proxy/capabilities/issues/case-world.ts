import { jiraIssueRowId, newLink, type ResolutionRule, type ShownIssue, SyncPreference, tables } from '@crmjira/domain';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { connect, type Connections } from '../../../../plugins-proxy/src/capabilities/connect';
import { newLinkColumns } from '../../../../plugins-proxy/src/capabilities/issues/link/stored-row';
import { mirrorColumns } from '../../../../plugins-proxy/src/capabilities/issues/mirror/mirror-columns';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { acme, dataCenter, people, type StandIns, startStandIns } from '../../stand-ins';

const row = z.record(z.string(), z.unknown());
type Row = z.output<typeof row>;
type Columns = Record<string, unknown>;

/** Transitions of the stand-in's workflow. */
export const toStatus = { open: '11', progress: '21', done: '41' } as const;

export interface IssueWish {
  readonly preference?: SyncPreference;
  /** Newest entry of its changelog when it was linked; left out: it was made for the link. */
  readonly since?: number;
  readonly resolvesRecord?: boolean;
}

/** Both stand-ins with a project, and the service's own clients for them; cases and links are made as the service makes them. */
export async function startCaseWorld(deployment: 'cloud' | 'dc' = 'cloud') {
  let time = Date.parse('2025-05-16T17:00:00Z');
  const clock = (): Date => new Date(time);
  const standIns: StandIns = await startStandIns(clock);
  const { admin, jiraUrl, environment } = standIns;
  const config = readConfig({ ...environment, ...(deployment === 'dc' ? dataCenter : {}) });
  const connections: Connections = connect(config, clock);

  const jira = async (method: string, path: string, body?: unknown, api = '3'): Promise<Row> => {
    const { JIRA_API_TOKEN } = environment;
    const response = await fetch(`${jiraUrl}/rest/api/${api}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${SERVICE_ACCOUNT.email}:${JIRA_API_TOKEN}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : row.parse(JSON.parse(text));
  };
  const project = await jira('POST', '/project', {
    key: 'SUP',
    name: 'Support',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
    leadAccountId: (await jira('GET', '/myself'))['accountId'],
  });
  const projectId = String(project['id']);
  const connectionId = config.connectionId;
  const projectRowId = randomUUID();
  const create = (collection: string, id: string, columns: Columns): Promise<void> =>
    admin.changeSet([{ op: 'create', collection, id, columns }]);
  await create('crmjira_jira_projects', projectRowId, {
    crmjira_name: 'Support',
    crmjira_project_id: projectId,
    crmjira_project_key: 'SUP',
    'crmjira_integration_id@odata.bind': `/crmjira_integrations(${connectionId})`,
  });

  const newCase = async (): Promise<string> => {
    const id = randomUUID();
    await create('incidents', id, {
      title: 'Export fails',
      'customerid_account@odata.bind': `/accounts(${acme})`,
      'ownerid@odata.bind': `/systemusers(${people.owner})`,
    });
    return id;
  };
  const newIssue = async (): Promise<{ readonly id: string; readonly key: string }> => {
    const fields = { project: { id: projectId }, issuetype: { name: 'Bug' }, summary: 'Export fails' };
    const made = await jira('POST', '/issue', { fields });
    return { id: String(made['id']), key: String(made['key']) };
  };
  /** A link in force, with the row of its issue. */
  const link = async (
    caseId: string,
    issue: { readonly id: string; readonly key: string },
    { preference = SyncPreference.Both, since, resolvesRecord = false }: IssueWish = {},
  ): Promise<string> => {
    const [linkId, mirrorRowId] = [randomUUID(), jiraIssueRowId(connectionId, issue.id)];
    const shown: ShownIssue = {
      ...{ issueId: issue.id, key: issue.key, projectId, summary: 'Export fails', type: 'Bug', status: 'To Do' },
      ...{ priority: null, assignee: null, assigneeActive: true, labels: [], archived: false },
      ...{ resolution: null, resolvedOn: null, resolvedBy: null },
      statusCategory: 'new',
    };
    const record = { table: 'incident', id: caseId, etag: '', version: 1, closed: false } as const;
    const stored = {
      ...newLink(issue.id, { ...record, changedBy: null, changedOn: null }),
      stage: 'linked',
      ...(since === undefined ? {} : { since }),
    } as const;
    await admin.changeSet([
      {
        op: 'upsert',
        collection: tables.crmjira_jira_issue.entitySet,
        id: mirrorRowId,
        columns: mirrorColumns(shown, { connectionId, siteUrl: jiraUrl, projectRowId }),
      },
      {
        op: 'create',
        collection: tables.crmjira_issue_link.entitySet,
        id: linkId,
        columns: {
          ...newLinkColumns({
            ...{ table: 'incident', recordId: caseId, projectRowId, mirrorRowId, preference, note: null, stored },
            ...{ create: null, at: clock().toISOString() },
          }),
          crmjira_resolves_record: resolvesRecord,
        },
      },
    ]);
    return linkId;
  };
  const transition = (issueId: string, to: keyof typeof toStatus): Promise<Row> =>
    jira('POST', `/issue/${issueId}/transitions`, { transition: { id: toStatus[to] } });
  const rows = (collection: string, filter: string): Promise<Row[]> =>
    admin.many(collection, { select: [], filter, orderBy: ['versionnumber asc'] }, row);

  return {
    standIns,
    admin,
    connections,
    connectionId,
    clock,
    pass: (ms: number): void => void (time += ms),
    jira,
    newCase,
    newIssue,
    link,
    transition,
    rows,
    setRule: (rule: ResolutionRule): Promise<void> =>
      admin.changeSet([
        {
          op: 'update',
          collection: 'crmjira_integrations',
          id: connectionId,
          columns: { crmjira_resolution_rule: rule },
        },
      ]),
    reactivate: (caseId: string): Promise<void> =>
      admin.changeSet([
        { op: 'update', collection: 'incidents', id: caseId, columns: { statecode: 0, statuscode: 1 } },
      ]),
    /** Words of the timeline, oldest first. */
    posts: async (recordId: string): Promise<string[]> =>
      (await rows('posts', `_regardingobjectid_value eq ${recordId}`)).map(({ text }) => String(text)),
    /** Rows of resolution, and whether the case is closed. */
    resolutions: async (caseId: string): Promise<{ readonly subjects: string[]; readonly closed: boolean }> => ({
      subjects: (await rows('incidentresolutions', `_incidentid_value eq ${caseId}`)).map(({ subject }) =>
        String(subject),
      ),
      closed: (await admin.one('incidents', caseId, ['statecode'], row))?.['statecode'] === 1,
    }),
    close: async (): Promise<void> => {
      await connections.close();
      await standIns.close();
    },
  };
}

export type CaseWorld = Awaited<ReturnType<typeof startCaseWorld>>;
