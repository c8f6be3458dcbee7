import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { z } from 'zod';
import {
  type IssueAction,
  jiraIssueRowId,
  jiraProjectRowId,
  newLink,
  type RecordFacts,
  SyncPreference,
} from '@crmjira/domain';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { issueLinkModule } from '../../../../plugins-proxy/src/capabilities/issues/link/issue-link-module';
import type { LinkSides } from '../../../../plugins-proxy/src/capabilities/issues/link/link-parts';
import {
  type CreateWish,
  newLinkColumns,
  readLinkRow,
  wishColumns,
} from '../../../../plugins-proxy/src/capabilities/issues/link/stored-row';
import { issuePolicies } from '../../../../plugins-proxy/src/capabilities/issues/policy/issue-policy';
import { claimEnvironment } from '../../../../plugins-proxy/src/connections/claim/claim-environment';
import { settle } from '../../../../plugins-proxy/src/reconciler/settle';
import type { SyncModule } from '../../../../plugins-proxy/src/reconciler/sync-module';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import type { ProjectRow } from '../../../../sandbox/src/jira/site/rows';
import { acme, dataCenter, people, type StandIns, startStandIns } from '../../stand-ins';

const connectionId = '5a8d2c1e-0000-4000-8000-000000000c01';
export const projectRowId = jiraProjectRowId(connectionId, '10500');
const anyRow = z.record(z.string(), z.unknown());
type Row = z.output<typeof anyRow>;
export type LinkedWorld = Awaited<ReturnType<typeof startLinkedWorld>>;

const started: StandIns[] = [];
const closing: (() => Promise<void>)[] = [];
export async function stopLinkedWorlds(): Promise<void> {
  for (const close of closing.splice(0)) await close();
  for (const standIns of started.splice(0)) await standIns.close();
}

/** Where a run is cut off. */
export class Cut extends Error {}

export const acmeProject: ProjectRow = {
  id: '10500',
  key: 'ACME',
  formerKeys: [],
  name: 'Acme support',
  description: '',
  leadId: SERVICE_ACCOUNT.accountId,
  typeKey: 'software',
  templateKey: '',
  simplified: false,
  categoryId: null,
  url: '',
  assigneeType: 'UNASSIGNED',
  createdOn: '2025-01-01T00:00:00.000Z',
  archivedOn: null,
  archivedById: null,
  deletedOn: null,
  deletedById: null,
  lastIssueNumber: 0,
};

/** Both stand-ins, and the module of links as the service runs it; time stands until a test lets it pass. */
export async function startLinkedWorld(deployment: 'cloud' | 'dc' = 'cloud') {
  let time = Date.parse('2025-05-16T17:00:00Z');
  const now = (): Date => new Date(time);
  const written: string[] = [];
  /** How the next request to Jira like this ends: carried out, and its answer lost. */
  let losing: RegExp | null = null;
  const standIns = await startStandIns(now, (what) => void written.push(what), {
    prepare: (_dataverse, jira) =>
      jira.app.addHook('onSend', ({ method, url, raw }, _reply, payload, done) => {
        if (losing?.test(`${method} ${url}`) === true) {
          losing = null;
          raw.socket.destroy();
        }
        done(null, payload);
      }),
  });
  started.push(standIns);
  const config = readConfig({ ...standIns.environment, ...(deployment === 'dc' ? dataCenter : {}) });
  const connections = connect(config, now);
  closing.push(() => connections.close());
  await claimEnvironment({ dataverse: standIns.admin, site: connections.jira.first.site, connectionId });
  const { admin, jira } = standIns;
  jira.site.projects.put(acmeProject);
  await admin.changeSet([
    {
      op: 'upsert',
      collection: 'crmjira_jira_projects',
      id: projectRowId,
      columns: {
        crmjira_name: 'Acme support',
        crmjira_project_id: '10500',
        crmjira_project_key: 'ACME',
        crmjira_is_offered: true,
        'crmjira_integration_id@odata.bind': `/crmjira_integrations(${connectionId})`,
      },
    },
  ]);
  const policyOf = issuePolicies(connections);
  const module = issueLinkModule({ ...connections, policyOf, now });

  const api = async (method: string, path: string, body?: unknown): Promise<Row> => {
    const { JIRA_EMAIL, JIRA_API_TOKEN } = standIns.environment;
    const response = await fetch(`${standIns.jiraUrl}/rest/api/3${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : anyRow.parse(JSON.parse(text));
  };
  const rows = (collection: string, filter?: string): Promise<Row[]> =>
    admin.many(collection, { select: [], ...(filter === undefined ? {} : { filter }) }, anyRow);
  const one = async (collection: string, id: string): Promise<Row> => {
    const found = await admin.one(collection, id, [], anyRow);
    if (found === null) throw new Error(`no ${collection}(${id})`);
    return found;
  };
  const edit = (collection: string, id: string, columns: Row): Promise<void> =>
    standIns.admin.changeSet([{ op: 'update', collection, id, columns }]);

  const addCase = async (title = 'Printer on fire'): Promise<string> => {
    const id = randomUUID();
    await admin.changeSet([
      {
        op: 'create',
        collection: 'incidents',
        id,
        columns: {
          title,
          prioritycode: 1,
          'customerid_account@odata.bind': `/accounts(${acme})`,
          'ownerid@odata.bind': `/systemusers(${people.owner})`,
        },
      },
    ]);
    return id;
  };
  const addLink = async (
    recordId: string,
    more: {
      readonly issueId?: string;
      readonly create?: CreateWish;
      readonly preference?: SyncPreference;
      readonly table?: RecordFacts['table'];
    } = {},
  ): Promise<string> => {
    const id = randomUUID();
    const { table = 'incident', issueId = null, create = null, preference = SyncPreference.Both } = more;
    const record = {
      table,
      id: recordId,
      etag: '',
      version: 0,
      closed: false,
      changedBy: null,
      changedOn: null,
      ...(table === 'product' ? {} : { owner: { id: people.owner, name: '' } }),
    };
    const columns = newLinkColumns({
      table,
      recordId,
      projectRowId,
      mirrorRowId: null,
      preference,
      note: null,
      stored: newLink(issueId, record),
      create,
      at: now().toISOString(),
    });
    await admin.changeSet([{ op: 'create', collection: 'crmjira_issue_links', id, columns }]);
    return id;
  };
  /** One run of the link. @param cutAfter so many actions */
  const run = async (id: string, cutAfter = Infinity, over: typeof module = module): Promise<readonly string[]> => {
    const done: string[] = [];
    const cut: SyncModule<LinkSides, IssueAction> = {
      ...over,
      open: (of) => {
        const session = over.open(of);
        return {
          ...session,
          apply: async (action, sides, log) => {
            if (done.length >= cutAfter) throw new Cut(`after ${done.join()}`);
            await session.apply(action, sides, log);
          },
        };
      },
    };
    await settle(
      cut,
      {
        id,
        correlationId: randomUUID(),
        logger: pino({ level: 'silent' }),
        onApplied: (action) => void done.push(action.kind),
      },
      now,
    );
    return done;
  };
  const wish = async (id: string, wanted: Parameters<typeof wishColumns>[0]): Promise<void> => {
    const row = await readLinkRow(admin, id);
    if (row === null) throw new Error('no link');
    const columns = wishColumns(wanted, now().toISOString(), row);
    await admin.changeSet([{ op: 'update', collection: 'crmjira_issue_links', id, columns, ifMatch: row.etag }]);
  };
  const bug = (summary = 'Printer on fire'): CreateWish => ({
    type: '10004',
    typeName: 'Bug',
    priority: '2',
    summary,
    labels: ['dynamics', 'case'],
    description: [{ kind: 'text', text: 'It burns.' }],
    fields: {},
  });
  return {
    standIns,
    jira,
    module,
    connections,
    written,
    now,
    loseAnswer: (of: RegExp) => void (losing = of),
    faults: async (rules: readonly Row[]): Promise<void> => {
      const response = await fetch(`${standIns.jiraUrl}/sandbox/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rules }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    pass: (ms: number) => void (time += ms),
    api,
    rows,
    one,
    edit,
    addCase,
    addLink,
    addIssue: async (summary = 'Printer on fire', more: Row = {}): Promise<string> =>
      String(
        (
          await api('POST', '/issue', {
            fields: { project: { id: '10500' }, issuetype: { name: 'Bug' }, summary, priority: { id: '2' }, ...more },
          })
        )['id'],
      ),
    run,
    wish,
    bug,
    link: (id: string) => readLinkRow(admin, id),
    mirrorId: (issueId: string) => jiraIssueRowId(connectionId, issueId),
    /** Issues of the project, as they stand. */
    issues: () => jira.site.issues.all().filter(({ projectId }) => projectId === '10500'),
    /** Moves an issue to the status with this name, as a person does. */
    move: async (issueId: string, to: string): Promise<void> => {
      const { transitions } = z
        .object({ transitions: z.array(z.object({ id: z.string(), name: z.string() })) })
        .parse(await api('GET', `/issue/${issueId}/transitions`));
      await api('POST', `/issue/${issueId}/transitions`, {
        transition: { id: transitions.find(({ name }) => name === to)?.id },
      });
    },
  };
}
