import { randomUUID } from 'node:crypto';
import { commandRow, CommandType } from '@crmjira/domain';
import { z } from 'zod';
import { JiraError } from '../../../../sandbox/src/jira/jira-error';
import { moveWorklogs } from '../../../../sandbox/src/jira/operations/move-worklogs';
import { addWorklog, deleteWorklog, editWorklog } from '../../../../sandbox/src/jira/operations/worklogs';
import type { IssueRow, UserRow, WorklogRow } from '../../../../sandbox/src/jira/site/rows';
import { projectRow, issueRow } from '../../jira-rows';
import { connectPerson } from '../../connect-person';
import { people, type StandIns } from '../../stand-ins';

/** What people have done to one record; durations of a storm are never the same twice. */
export interface TimeStory {
  readonly id: string;
  readonly owner: number;
  readonly timeIn: string;
  /** Seconds that were entered last on each side; null: none was. */
  entered: { crm: number; jira: number | null };
  isDeleted: boolean;
  /** Somebody has removed its worklog: what was entered in Jira went with it, as was asked for. */
  isTakenBack: boolean;
}

export const records = 'crmjira_time_records';
const recordRow = z.object({
  crmjira_time_recordid: z.string().nullish(),
  crmjira_jira_worklog_id: z.string().nullish(),
});
const projectId = '10500';
const [open, done] = ['10000', '10001'];
/** Of the issues every so many is one on which people log work in Jira only. */
const jiraOnlyEvery = 10;
/** The night in which the clocks of Montréal go back: records of a minute's distance cover it and the days around it. */
const night = Date.parse('2026-11-01T05:30:00Z');
const upns = ['opportunity.owner', 'project.manager'].map((name) => `${name}@company.com`);
const owners = [people.owner, people.manager];

const pick = <T>(from: readonly T[], random: () => number): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};

/** Connections of people, as they would make them, and the issues that they log work on. */
async function furnish({ admin, jira, jiraUrl, config }: StandIns, secretsKey: string, count: number) {
  const { site } = jira;
  const users: UserRow[] = [];
  for (const [n, upn] of upns.entries()) {
    const world = { admin, jira, jiraUrl, siteId: config.connectionId };
    users.push(await connectPerson(world, { userId: owners[n] ?? '', upn }, secretsKey));
  }
  site.projects.put({ ...projectRow(Number(projectId)), key: 'STORM', locksDone: true });
  const issues = Array.from({ length: count }, (_, n) =>
    site.issues.put<IssueRow>(issueRow(60_000 + n, Number(projectId), { key: `STORM-${n + 1}`, statusId: open })),
  );
  return { users, issues };
}

export type TimePeople = Awaited<ReturnType<typeof createTimePeople>>;

/** Everybody who logs time, on both sides. */
export async function createTimePeople(
  standIns: StandIns,
  secretsKey: string,
  issueCount: number,
  random: () => number,
) {
  const { admin, jira } = standIns;
  const { site } = jira;
  const view = { site, edition: 'cloud', version: 3 } as const;
  const { users, issues } = await furnish(standIns, secretsKey, issueCount);
  const jiraOnly = issues.filter((_, n) => n % jiraOnlyEvery === 0);
  const shared = issues.filter((_, n) => n % jiraOnlyEvery !== 0);
  const stories: TimeStory[] = [];
  /** Worklogs of which the record was deleted: they stay. */
  const kept = new Set<string>();
  const counts = { steps: 0, refused: 0, moved: 0, logged: 0, deletedInJira: 0, takenBack: 0, deleted: 0 };
  let duration = 60;

  const turns = new Map<string, Promise<void>>();
  /** What was entered later is written later: the oracle goes by the last value. */
  const edit = (story: TimeStory, columns: Readonly<Record<string, unknown>>): Promise<void> => {
    const write = (): Promise<void> => admin.changeSet([{ op: 'update', collection: records, id: story.id, columns }]);
    const mine = (turns.get(story.id) ?? Promise.resolve()).then(write);
    turns.set(story.id, mine);
    return mine;
  };
  const worklogOf = async ({ id }: TimeStory): Promise<WorklogRow | undefined> => {
    const found = await admin.one(records, id, ['crmjira_jira_worklog_id'], recordRow);
    return site.worklogs.get(found?.crmjira_jira_worklog_id ?? '');
  };
  /** Jira refuses people what is closed. */
  const inJira = (act: () => void): boolean => {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof JiraError)) throw error;
      counts.refused += 1;
      return false;
    }
  };
  const issueOf = (id: string): IssueRow => {
    const issue = site.issues.get(id);
    if (issue === undefined) throw new Error(`Jira has no issue ${id}`);
    return issue;
  };
  const timeOut = ({ timeIn }: TimeStory, seconds: number): string =>
    new Date(Date.parse(timeIn) + seconds * 1_000).toISOString();

  const steps = {
    longer: async (story: TimeStory): Promise<void> => {
      story.entered.crm = duration += 1;
      await edit(story, { crmjira_time_out: timeOut(story, duration), crmjira_sync_requested: true });
    },
    otherIssue: async (story: TimeStory): Promise<void> => {
      await edit(story, { crmjira_jira_issue_key: pick(shared, random).key, crmjira_sync_requested: true });
    },
    jiraDuration: async (story: TimeStory): Promise<void> => {
      const worklog = await worklogOf(story);
      if (worklog === undefined) return;
      const timeSpentSeconds = (duration += 1);
      const actor = users[story.owner]!;
      if (inJira(() => void editWorklog(view, actor, issueOf(worklog.issueId), worklog, { timeSpentSeconds })))
        story.entered.jira = timeSpentSeconds;
    },
    both: async (story: TimeStory): Promise<void> => {
      await Promise.all([steps.longer(story), steps.jiraDuration(story)]);
    },
    jiraDeleted: async (story: TimeStory): Promise<void> => {
      const worklog = await worklogOf(story);
      if (worklog === undefined) return;
      if (!inJira(() => deleteWorklog(view, users[story.owner]!, issueOf(worklog.issueId), worklog))) return;
      counts.deletedInJira += 1;
      story.isTakenBack = true;
    },
    takeBack: async (story: TimeStory): Promise<void> => {
      counts.takenBack += 1;
      story.isTakenBack = true;
      const record = { table: 'crmjira_time_record', id: story.id };
      const columns = { ...commandRow(record, CommandType.RemoveWorklog, { crmjira_name: 'x' }) };
      await standIns
        .as(upns[story.owner] ?? '')
        .changeSet([{ op: 'create', collection: 'crmjira_commands', id: randomUUID(), columns }]);
    },
    loggedInJira: async (story: TimeStory): Promise<void> => {
      const started = new Date(Date.now() - 3_600_000 - counts.logged * 1_000).toISOString().replace('Z', '+0000');
      const timeSpentSeconds = (duration += 1);
      const actor = users[story.owner]!;
      if (inJira(() => void addWorklog(view, actor, pick(jiraOnly, random), { timeSpentSeconds, started })))
        counts.logged += 1;
    },
  } as const;

  return {
    ...{ issues, stories, kept, counts, shared, worklogOf },
    /** New records, which their owners want in Jira at once. */
    enter: async (count: number): Promise<void> => {
      for (let begun = 0; begun < count; begun += 50) {
        const some = Array.from({ length: Math.min(50, count - begun) }, (_, index): TimeStory => {
          const n = stories.length + index;
          const timeIn = new Date(night + (n % 2 === 0 ? n : -n) * 60_000).toISOString();
          duration += 1;
          const story = { id: randomUUID(), owner: n % owners.length, timeIn, isDeleted: false, isTakenBack: false };
          return { ...story, entered: { crm: duration, jira: null } };
        });
        await admin.changeSet(
          some.map((story) => ({
            op: 'create' as const,
            collection: records,
            id: story.id,
            columns: {
              ...{ crmjira_subject: 'Storm', crmjira_time_in: story.timeIn, crmjira_sync_requested: true },
              crmjira_time_out: timeOut(story, story.entered.crm),
              crmjira_jira_issue_key: pick(shared, random).key,
              'ownerid@odata.bind': `/systemusers(${owners[story.owner]})`,
            },
          })),
        );
        stories.push(...some);
      }
    },
    /** One step of one person, or of two who do not wait for each other. */
    step: async (mix: Readonly<Partial<Record<keyof typeof steps, number>>>): Promise<void> => {
      const alive = stories.filter(({ isDeleted }) => !isDeleted);
      const story = pick(alive, random);
      const whole = Object.values(mix).reduce((sum, share) => sum + share, 0);
      let fate = random() * whole;
      counts.steps += 1;
      for (const [kind, share] of Object.entries(mix)) {
        fate -= share;
        if (fate < 0) return steps[kind as keyof typeof steps](story);
      }
    },
    /** Moves some worklogs of an issue to another one, of which Jira tells nobody. */
    moveInBulk: (): void => {
      const busy = shared.filter(({ id }) => site.worklogs.where('issue', id).length > 0);
      if (busy.length === 0) return;
      const from = pick(busy, random);
      const to = pick(
        shared.filter((one) => one !== from),
        random,
      );
      for (const user of users) {
        const theirs = site.worklogs.where('issue', from.id).filter(({ authorId }) => authorId === user.id);
        const ids = theirs.slice(0, 20).map(({ id }) => id);
        if (
          ids.length > 0 &&
          inJira(() => moveWorklogs(view, user, { from: issueOf(from.id), to: issueOf(to.id) }, ids))
        )
          counts.moved += ids.length;
      }
    },
    /** Closes so many issues, which then take no time; null: opens all again. */
    close: (count: number | null): void => {
      const of = count === null ? shared : shared.slice(0, count);
      for (const { id } of of) site.issues.put<IssueRow>({ ...issueOf(id), statusId: count === null ? open : done });
    },
    /** Deletes a record that is at rest; its worklog stays, as people who are asked answer by default (R-1827). */
    remove: async (story: TimeStory): Promise<void> => {
      const worklog = await worklogOf(story);
      story.isDeleted = true;
      counts.deleted += 1;
      if (worklog !== undefined) kept.add(worklog.id);
      await admin.changeSet([{ op: 'delete', collection: records, id: story.id, columns: {} }]);
    },
    /** Everybody asks once more for what is not in Jira as it stands. */
    askAgain: async (): Promise<void> => {
      const filter = 'crmjira_jira_synced ne true or crmjira_jira_sync_error ne null';
      const missing = await admin.many(records, { select: ['crmjira_time_recordid'], filter }, recordRow);
      for (let asked = 0; asked < missing.length; asked += 50)
        await admin.changeSet(
          missing.slice(asked, asked + 50).map(({ crmjira_time_recordid: id }) => ({
            ...{ op: 'update' as const, collection: records, id: String(id) },
            columns: { crmjira_sync_requested: true },
          })),
        );
    },
  };
}
