import { randomUUID } from 'node:crypto';
import {
  CommandState,
  commandRow,
  CommandType,
  ConflictState,
  jiraProjectRowId,
  SyncPreference,
} from '@crmjira/domain';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { createTokenSource } from '../../../../plugins-proxy/src/clients/dataverse/token-source';
import { editIssue } from '../../../../sandbox/src/jira/operations/edit-issue';
import { storeComment } from '../../../../sandbox/src/jira/operations/store-comment';
import { transitionIssue } from '../../../../sandbox/src/jira/operations/transition-issue';
import type { IssueRow, UserRow } from '../../../../sandbox/src/jira/site/rows';
import { issueTypeById } from '../../../../sandbox/src/jira/views/catalogue-views';
import { randomFor } from '../../../../sandbox/src/seed/random';
import { freePort } from '../../../free-port';
import { eventually } from '../../eventually';
import { projectRow } from '../../jira-rows';
import { type ProxyChild, startProxyChild } from '../../proxy-child';
import { acme, people, type StandIns, startStandIns, variable } from '../../stand-ins';
import { type Chaos, startChaosRelay } from './chaos-relay';
import {
  type History,
  historyInJira,
  lostValues,
  meaningOf,
  statusMap,
  statusPairs,
  type Written,
} from './issue-storm-oracle';
import { type IssueStormSize, type MergedKind, planEdit, type Step, type StormSide } from './issue-storm-plan';

/** A storm of people's edits on both sides of linked cases. */
export interface IssueStormOptions extends IssueStormSize {
  /** Of its store. */
  readonly file: string;
  /** Edits begun a second. */
  readonly perSecond: number;
  readonly chaos: Chaos;
  /** Who wins a conflict, as the row of the connection says it. */
  readonly conflicts: Readonly<Record<string, string>>;
  readonly report: (line: string) => void;
  readonly settleWithinMs: number;
}

/** What is wrong after a storm, in sentences; each list is empty after a good one. */
export interface IssueStormResult {
  /** Values that a person entered and that neither stand, nor were seen on the other side, nor are named by an entry. */
  readonly lost: readonly string[];
  /** Issues, links and comments that are there more than once, or not at all. */
  readonly doubled: readonly string[];
  /** What differs between both sides at rest. */
  readonly differs: readonly string[];
  readonly dead: number;
  readonly kills: number;
  readonly edits: number;
  readonly steps: number;
  /** Conflicts that a person had to decide, and edits that a rule of the connection has decided. */
  readonly decided: number;
  readonly byRule: number;
  readonly webhooks: { readonly taken: number; readonly lost: number; readonly doubled: number };
  readonly runs: number;
  readonly seconds: number;
}

interface Linked {
  readonly caseId: string;
  readonly linkId: string;
  readonly issueId: string;
}

const row = z.record(z.string(), z.unknown());
type Row = z.output<typeof row>;
const health = z.object({ queue: z.object({ pending: z.number(), dead: z.number() }) });
const auditDetails = z.object({
  AuditDetailCollection: z.object({ AuditDetails: z.array(z.object({ NewValue: row })) }),
});
const links = 'crmjira_issue_links';

const pick = <T>(from: readonly T[], random: () => number): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};

/** The service: one process, killed and started again at another address. */
function createService(standIns: StandIns, relay: Awaited<ReturnType<typeof startChaosRelay>>, file: string) {
  let running: ProxyChild | null = null;
  let logged = '';
  const start = async (): Promise<void> => {
    const port = String(await freePort());
    const address = `http://localhost:${port}`;
    // Asked for by way of the relay, as everybody does.
    relay.pointTo(address);
    running = await startProxyChild({
      ...standIns.environment,
      STORE_FILE: file,
      PORT: port,
      PUBLIC_URL: relay.url,
      POLL_INTERVAL_MS: '500',
      REGISTER_STEPS: 'true',
      LOG_LEVEL: 'info',
      WORKERS: '6',
    });
  };
  const log = (): string => logged + (running?.lines() ?? '');
  const kill = async (): Promise<void> => {
    relay.pointTo(null);
    running?.kill();
    await running?.gone();
    logged = log();
    running = null;
  };
  return { start, kill, log, said: (words: string): number => log().split(words).length - 1 };
}

/** Makes the next look of the service take it that a day has passed. */
function forgetDailySync(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('pragma busy_timeout = 5000');
  database.prepare("update mark set value = '' where name = 'daily.links'").run();
  database.close();
}

/** What the audit of Dataverse says of a case. What the service's own user has written is not a person's. */
async function historyInCrm(standIns: StandIns, token: string, caseId: string, serviceUser: string): Promise<History> {
  const rows = await standIns.admin.many(
    'audits',
    { select: [], filter: `_objectid_value eq ${caseId}`, orderBy: ['versionnumber desc'] },
    row,
  );
  const target = encodeURIComponent(`{'@odata.id':'incidents(${caseId})'}`);
  const answer = await fetch(
    `${standIns.config.dataverse.url}/api/data/v9.2/RetrieveRecordChangeHistory(Target=@t)?@t=${target}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  const details = auditDetails.parse(await answer.json()).AuditDetailCollection.AuditDetails;
  if (details.length !== rows.length) throw new Error('the audit of a case is not whole');
  const of = (kind: MergedKind, column: string): Written[] =>
    details
      .flatMap(({ NewValue }, at): Written[] =>
        NewValue[column] === undefined
          ? []
          : [
              {
                value: meaningOf(kind, 'crm', NewValue[column]),
                byPerson: rows[at]?.['_userid_value'] !== serviceUser,
                at: Date.parse(String(rows[at]?.['createdon'])),
              },
            ],
      )
      .reverse();
  return { title: of('title', 'title'), status: of('status', 'statuscode'), priority: of('priority', 'prioritycode') };
}

/** Everybody's edits, on both sides. */
function createPeople(standIns: StandIns, linked: readonly Linked[], random: () => number) {
  const { site } = standIns.jira;
  const view = { site, edition: 'cloud', version: 3 } as const;
  for (const name of ['Ada', 'Grace', 'Linus'])
    site.addUser({ email: `${name.toLowerCase()}@company.com`, displayName: name, accountId: `storm-${name}` });
  // The service's own account among them: a write is known by its mark, not by who made it.
  const team = site.users.all();
  const said = { crm: new Map<string, number>(), jira: new Map<string, number>() };
  let number = 0;

  const issueOf = ({ issueId }: Linked): IssueRow => {
    const issue = site.issues.get(issueId);
    if (issue === undefined) throw new Error(`Jira has no issue ${issueId}`);
    return issue;
  };
  const inJira = (step: Step, link: Linked, actor: UserRow): void => {
    const issue = issueOf(link);
    const edit = (fields: Row): unknown => editIssue(view, actor, issue, { fields });
    number += 1;
    switch (step.kind) {
      case 'title':
        return void edit({ summary: `Jira ${number}` });
      case 'priority':
        return void edit({
          priority: {
            id: pick(
              ['1', '2', '3', '4', '5'].filter((id) => id !== issue.priorityId),
              random,
            ),
          },
        });
      case 'status':
        return void transitionIssue(
          view,
          actor,
          issue,
          pick(
            [
              ['11', '10000'],
              ['21', '3'],
              ['31', '10002'],
            ].filter(([, id]) => id !== issue.statusId),
            random,
          )[0] ?? '',
          {},
        );
      case 'comment': {
        const text = `Said in Jira ${number}.`;
        said.jira.set(text, step.link);
        return void storeComment(view, actor, issue, {
          body: { format: 'text', text },
          visibility: null,
          properties: [],
        });
      }
      case 'labels':
        return void edit({ labels: [...issue.labels.slice(-3), `label-${number}`] });
      case 'assignee':
        return void edit({
          assignee: {
            accountId: pick(
              team.filter(({ id }) => id !== issue.assigneeId),
              random,
            ).id,
          },
        });
      case 'due date':
        return void edit({
          duedate: `2027-${String(1 + (number % 12)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`,
        });
      case 'type':
        return void edit({ issuetype: { name: issueTypeById(issue.typeId).name === 'Bug' ? 'Task' : 'Bug' } });
    }
  };
  const inCrm = async (step: Step, link: Linked): Promise<void> => {
    number += 1;
    const text = `Said in Dynamics ${number}.`;
    switch (step.kind) {
      case 'comment':
        said.crm.set(text, step.link);
        return command(standIns, link.caseId, CommandType.CommentToJira, { link: link.linkId, text }).then(
          () => undefined,
        );
      case 'title':
        return write(standIns, link.caseId, { title: `Dynamics ${number}` });
      case 'priority':
        return write(standIns, link.caseId, { prioritycode: 1 + Math.floor(random() * 3) });
      case 'status':
        return write(standIns, link.caseId, { statuscode: pick(statusPairs, random).crm });
      default:
        throw new Error(`nobody edits the ${step.kind} in Dynamics`);
    }
  };
  return {
    said,
    issueOf,
    edit: (steps: readonly Step[]): Promise<unknown> =>
      Promise.all(
        steps.map(async (step) => {
          const link = linked[step.link];
          if (link === undefined) throw new Error('there is no such link');
          if (step.side === 'jira') inJira(step, link, pick(team, random));
          else await inCrm(step, link);
        }),
      ),
  };
}

const write = (standIns: StandIns, id: string, columns: Row): Promise<void> =>
  standIns.admin.changeSet([{ op: 'update', collection: 'incidents', id, columns }]);

async function command(standIns: StandIns, caseId: string, type: CommandType, payload: object): Promise<string> {
  const id = randomUUID();
  const record = { table: 'incident', id: caseId };
  const columns: Row = { ...commandRow(record, type, { crmjira_name: 'x', crmjira_payload: JSON.stringify(payload) }) };
  await standIns
    .as('opportunity.owner@company.com')
    .changeSet([{ op: 'upsert', collection: 'crmjira_commands', id, columns }]);
  return id;
}

/** Runs people's edits against one service that is killed again and again, with what both sides tell it lost, doubled and shuffled. */
export async function runIssueStorm(options: IssueStormOptions): Promise<IssueStormResult> {
  const { report } = options;
  const random = randomFor(`issue storm ${options.edits}`);
  const began = Date.now();
  const standIns = await startStandIns(() => new Date());
  const relay = await startChaosRelay(random);
  const service = createService(standIns, relay, options.file);
  const { admin, config, jira } = standIns;
  const all = (collection: string, filter?: string): Promise<Row[]> =>
    admin.many(collection, { select: [], ...(filter === undefined ? {} : { filter }) }, row);
  const tail = (): string => service.log().slice(-2_000);
  const queue = async (): Promise<z.output<typeof health>['queue']> =>
    health.parse(await (await fetch(`${relay.url}/health`)).json()).queue;
  const idle = (): Promise<void> =>
    eventually(async () => {
      await relay.settled();
      await standIns.dataverse.settled();
      await jira.deliveriesSettled();
      for (let looks = 0; looks < 2; looks += 1) {
        const { pending } = await queue();
        if (pending > 0) throw new Error(`${pending} jobs are pending\n${tail()}`);
        const open = await all('crmjira_commands', `crmjira_command_state le ${CommandState.Running}`);
        if (open.length > 0) throw new Error(`${open.length} commands are open\n${tail()}`);
      }
    }, options.settleWithinMs);
  try {
    await standIns.dataverse.seed([variable('crmjira_Capabilities', 'issues')]);
    await admin.changeSet([
      {
        op: 'update',
        collection: 'crmjira_integrations',
        id: config.connectionId,
        columns: {
          crmjira_conflict_policy: JSON.stringify(options.conflicts),
          crmjira_status_map: statusMap,
          crmjira_issue_limit_per_project: 100_000,
        },
      },
    ]);
    const projectId = '10500';
    jira.site.projects.put({
      ...projectRow(Number(projectId)),
      key: 'STORM',
      leadId: jira.site.users.all()[0]?.id ?? '',
    });
    const projectRowId = jiraProjectRowId(config.connectionId, projectId);
    await admin.changeSet([
      {
        op: 'create',
        collection: 'crmjira_jira_projects',
        id: projectRowId,
        columns: {
          ...{
            crmjira_name: 'Storm',
            crmjira_project_id: projectId,
            crmjira_project_key: 'STORM',
            crmjira_is_offered: true,
          },
          'crmjira_integration_id@odata.bind': `/crmjira_integrations(${config.connectionId})`,
        },
      },
    ]);
    await service.start();
    await eventually(async () => {
      if (service.said('steps and webhook registered') === 0) throw new Error(tail());
    });

    // Every issue is made from its case, while the service is killed for the first time.
    const cases = Array.from({ length: options.links }, () => randomUUID());
    for (const [n, id] of cases.entries())
      await admin.changeSet([
        {
          op: 'create',
          collection: 'incidents',
          id,
          columns: {
            ...{ title: `Case ${n}`, prioritycode: 2, statuscode: 1 },
            'customerid_account@odata.bind': `/accounts(${acme})`,
            'ownerid@odata.bind': `/systemusers(${people.owner})`,
          },
        },
      ]);
    let kills = 0;
    const strike = async (): Promise<void> => {
      kills += 1;
      await service.kill();
      await service.start();
    };
    relay.setChaos(options.chaos);
    await Promise.all(
      cases.map((id, n) =>
        command(standIns, id, CommandType.CreateIssue, {
          ...{
            project: projectRowId,
            type: 'Bug',
            priority: 'medium',
            sync: SyncPreference.Both,
            summary: `Case ${n}`,
          },
          ...{ labels: [], fields: {} },
        }),
      ),
    );
    if (options.kills > options.waves) await strike();
    const linked = await eventually(async () => {
      const rows = (await all(links)).filter((one) => one['_crmjira_jira_issue_value'] !== null);
      if (rows.length < cases.length) {
        const answers = (await all('crmjira_commands')).map((one) => one['crmjira_result']);
        throw new Error(`${rows.length} linked: ${JSON.stringify(answers[0])}\n${tail()}`);
      }
      const issueIds = new Map(
        (await all('crmjira_jira_issues')).map((one) => [one['crmjira_jira_issueid'], String(one['crmjira_issue_id'])]),
      );
      return rows.map((one): Linked => ({
        caseId: String(one['crmjira_regarding_id']),
        linkId: String(one['crmjira_issue_linkid']),
        issueId: issueIds.get(one['_crmjira_jira_issue_value']) ?? '',
      }));
    }, options.settleWithinMs);
    await idle();
    report(`${linked.length} issues made in ${(Date.now() - began) / 1_000} s`);

    const staff = createPeople(standIns, linked, random);
    let [steps, decided] = [0, 0];
    const conflictsOpen = (): Promise<Row[]> => all('crmjira_sync_conflicts', `crmjira_state eq ${ConflictState.Open}`);
    /** What no webhook told of comes with the sync of a day, and with a run of the mirror. */
    const repair = async (): Promise<void> => {
      await idle();
      const before = service.said('daily sync of links queued');
      forgetDailySync(options.file);
      await eventually(async () => {
        if (service.said('daily sync of links queued') === before) throw new Error(tail());
      });
      const id = randomUUID();
      const mirror = { table: 'crmjira_integration', id: config.connectionId };
      await admin.changeSet([
        {
          op: 'create',
          collection: 'crmjira_commands',
          id,
          columns: { ...commandRow(mirror, CommandType.SyncNow, { crmjira_name: 'x' }) },
        },
      ]);
      await idle();
    };
    /** People decide what is asked, until nothing is. */
    const decide = async (): Promise<void> => {
      for (let open = await conflictsOpen(); open.length > 0; open = await conflictsOpen()) {
        for (const one of open) {
          const of = linked.find(({ linkId }) => linkId === one['_crmjira_link_value']);
          if (of === undefined) throw new Error('a conflict of no link');
          await command(standIns, of.caseId, CommandType.ResolveConflict, {
            ...{ link: of.linkId, conflict: one['crmjira_sync_conflictid'], keep: random() < 0.5 ? 'crm' : 'jira' },
            ...{ crm: one['crmjira_crm_value'], jira: one['crmjira_jira_value'] },
          });
        }
        await idle();
        decided += open.length;
      }
    };
    for (let wave = 0; wave < options.waves; wave += 1) {
      const upTo = (waves: number): number => Math.round((options.edits * waves) / options.waves);
      const count = upTo(wave + 1) - upTo(wave);
      relay.setChaos(options.chaos);
      // Later in each wave than in the one before.
      const killAt = Math.floor((count * (wave + 1)) / (options.waves + 1));
      const [started, sent] = [Date.now(), [] as Promise<unknown>[]];
      let striking: Promise<void> = Promise.resolve();
      for (let n = 0; n < count; n += 1) {
        const due = started + (1_000 * n) / options.perSecond - Date.now();
        if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
        const edit = planEdit(linked.length, random);
        steps += edit.length;
        sent.push(staff.edit(edit));
        if (n === killAt && kills < options.kills) striking = strike();
      }
      await Promise.all(sent);
      await striking;
      relay.setChaos({ lost: 0, doubled: 0, heldMs: 0 });
      await repair();
      await decide();
      report(
        `wave ${wave + 1}: ${steps} steps, ${kills} kills, ${decided} decisions, ${(Date.now() - began) / 1_000} s`,
      );
    }

    const token = await createTokenSource(
      {
        ...config.dataverse,
        clientId: standIns.environment['REGISTRATION_CLIENT_ID'] ?? '',
        clientSecret: standIns.environment['REGISTRATION_CLIENT_SECRET'] ?? '',
      },
      10_000,
    ).token();
    const [serviceUser] = await all('systemusers', `applicationid eq ${config.dataverse.clientId}`);
    const entries = await all('crmjira_sync_conflicts');
    const lost: string[] = [];
    for (const link of linked) {
      const { caseId, linkId, issueId } = link;
      const ofLink = entries
        .filter((one) => one['_crmjira_link_value'] === linkId)
        .map((one) => ({
          field: String(one['crmjira_field']),
          crm: z.string().nullable().parse(one['crmjira_crm_value']),
          jira: z.string().nullable().parse(one['crmjira_jira_value']),
        }));
      const crm = await historyInCrm(standIns, token, caseId, String(serviceUser?.['systemuserid']));
      const told = lostValues(
        crm,
        historyInJira(staff.issueOf(link), jira.site.changes.where('issue', issueId)),
        ofLink,
      );
      lost.push(...told.map((one) => `${linkId}: ${one}`));
    }
    const { dead } = await queue();
    const result: IssueStormResult = {
      lost,
      doubled: await countTwice(standIns, linked, staff.said, projectId),
      differs: await differences(standIns, linked, staff.issueOf),
      dead,
      kills,
      edits: options.edits,
      steps,
      decided,
      byRule: entries.filter(
        (one) =>
          [ConflictState.KeptCrm, ConflictState.KeptJira].some((state) => state === one['crmjira_state']) &&
          one['_crmjira_decided_by_value'] === null,
      ).length,
      webhooks: { ...relay.counts },
      runs: service.said('"msg":"reconciled"'),
      seconds: (Date.now() - began) / 1_000,
    };
    return result;
  } finally {
    await service.kill();
    await relay.close();
    await standIns.close();
  }
}

/** One issue and one link a case, each comment once on the other side. */
async function countTwice(
  { admin, jira }: StandIns,
  linked: readonly Linked[],
  said: Readonly<Record<StormSide, ReadonlyMap<string, number>>>,
  projectId: string,
): Promise<string[]> {
  const { site } = jira;
  const found: string[] = [];
  const expectCount = (what: string, count: number, wanted: number): void => {
    if (count !== wanted) found.push(`${what}: ${count} instead of ${wanted}`);
  };
  expectCount('issues', site.issues.where('project', projectId).length, linked.length);
  expectCount('links', (await admin.many(links, { select: [] }, row)).length, linked.length);
  expectCount('cases with a link', new Set(linked.map(({ caseId }) => caseId)).size, linked.length);
  const posts = (await admin.many('posts', { select: [] }, row)).map((post) => String(post['text']));
  const comments = site.comments.all().map(({ issueId, body }) => ({ issueId, text: JSON.stringify(body) }));
  const ends = new Map<string, number>();
  for (const post of posts) {
    const last = post.split('\n').at(-1) ?? '';
    ends.set(last, (ends.get(last) ?? 0) + 1);
  }
  for (const text of said.jira.keys()) expectCount(`timeline, "${text}"`, ends.get(text) ?? 0, 1);
  for (const [text, link] of said.crm) {
    const there = comments.filter((one) => one.text.includes(text));
    expectCount(`comment "${text}"`, there.filter(({ issueId }) => issueId === linked[link]?.issueId).length, 1);
    expectCount(`comments "${text}"`, there.length, 1);
  }
  return found;
}

/** What case, issue and the row of the issue say differently, and what a link has to complain of. */
async function differences(
  { admin, jira }: StandIns,
  linked: readonly Linked[],
  issueOf: (link: Linked) => IssueRow,
): Promise<string[]> {
  const byId = async (collection: string, id: string): Promise<ReadonlyMap<unknown, Row>> =>
    new Map((await admin.many(collection, { select: [] }, row)).map((one) => [one[id], one]));
  const cases = await byId('incidents', 'incidentid');
  const rows = await byId(links, 'crmjira_issue_linkid');
  const shown = await byId('crmjira_jira_issues', 'crmjira_issue_id');
  return linked.flatMap((link) => {
    const [record, issue, mirror] = [cases.get(link.caseId), issueOf(link), shown.get(link.issueId)];
    const assignee = jira.site.users.get(issue.assigneeId ?? '')?.displayName ?? null;
    const pairs: readonly (readonly [string, unknown, unknown])[] = [
      ['title', record?.['title'], issue.summary],
      ['status', meaningOf('status', 'crm', record?.['statuscode']), meaningOf('status', 'jira', issue.statusId)],
      [
        'priority',
        meaningOf('priority', 'crm', record?.['prioritycode']),
        meaningOf('priority', 'jira', issue.priorityId),
      ],
      ['shown title', mirror?.['crmjira_summary'], issue.summary],
      [
        'shown status',
        meaningOf('status', 'jira', mirror?.['crmjira_status']),
        meaningOf('status', 'jira', issue.statusId),
      ],
      ['shown assignee', mirror?.['crmjira_assignee'], assignee],
      ['shown labels', mirror?.['crmjira_labels'] ?? '', issue.labels.join(', ')],
      ['shown due date', mirror?.['crmjira_due_on'] ?? null, issue.dueDate],
      ['shown type', mirror?.['crmjira_issue_type'], issueTypeById(issue.typeId).name],
      ['failure of the link', rows.get(link.linkId)?.['crmjira_last_error'] ?? null, null],
    ];
    return pairs
      .filter(([, one, other]) => one !== other)
      .map(([what, one, other]) => `${link.linkId}: ${what} "${String(one)}" beside "${String(other)}"`);
  });
}
