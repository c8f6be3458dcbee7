import { z } from 'zod';
import type { SeededProject, SeededWorld } from './seeded-world';

const row = z.object({ crmjira_budget_mappingid: z.string(), crmjira_total_hours: z.number() });
/** Milliseconds between two looks: what the times may be too long by. */
const lookEveryMs = 50;

/** Logs one hour on a project's last issue, as its team would. */
export async function logHour(world: SeededWorld, { projectId }: SeededProject): Promise<void> {
  const { JIRA_EMAIL, JIRA_API_TOKEN, JIRA_URL } = world.environment;
  const credentials = Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64');
  const issue = world.jira.site.issues.where('project', projectId).at(-1);
  const answer = await fetch(`${JIRA_URL}/rest/api/3/issue/${issue?.id}/worklog`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
    body: JSON.stringify({ timeSpentSeconds: 3_600, started: '2025-01-20T09:00:00.000+0000' }),
  });
  if (!answer.ok) throw new Error(`worklog: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** Hours logged in Jira, and when each was first seen on its mapping in Dataverse. */
export interface HoursWatch {
  /** Logs one hour on a project; resolves once Jira has taken it. */
  log(project: SeededProject): Promise<void>;
  /** Milliseconds from Jira's answer to the figures, of those that have arrived. */
  readonly times: readonly number[];
  waiting(): number;
  /** Waits for the rest. @throws Error when some have not come in time */
  settled(withinMs: number): Promise<void>;
  stop(): void;
}

/** Begins to watch; the projects are at rest. */
export async function watchHours(world: SeededWorld): Promise<HoursWatch> {
  const read = () =>
    world.admin.many('crmjira_budget_mappings', { select: ['crmjira_budget_mappingid', 'crmjira_total_hours'] }, row);
  const logged = new Map((await read()).map((one) => [one.crmjira_budget_mappingid, one.crmjira_total_hours]));
  const open: { readonly mappingId: string; readonly hours: number; readonly at: number }[] = [];
  const times: number[] = [];
  let stopped = false;
  let changed = (): void => undefined;

  async function look(): Promise<void> {
    while (!stopped) {
      const seen = new Map((await read()).map((one) => [one.crmjira_budget_mappingid, one.crmjira_total_hours]));
      const now = performance.now();
      for (let index = open.length - 1; index >= 0; index -= 1) {
        const one = open[index];
        if (one === undefined || (seen.get(one.mappingId) ?? 0) < one.hours - 0.001) continue;
        times.push(now - one.at);
        open.splice(index, 1);
      }
      changed();
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }
  const looking = look();
  looking.catch(() => undefined);

  return {
    times,
    waiting: () => open.length,
    log: async (project) => {
      const { mappingId } = project;
      const hours = (logged.get(mappingId) ?? 0) + 1;
      logged.set(mappingId, hours);
      await logHour(world, project);
      open.push({ mappingId, hours, at: performance.now() });
    },
    settled: (withinMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${open.length} of ${open.length + times.length} hours did not arrive in time`)),
          withinMs,
        );
        const check = (): void => {
          if (open.length > 0) return;
          clearTimeout(timer);
          resolve();
        };
        changed = check;
        looking.catch(reject);
        check();
      }),
    stop: () => {
      stopped = true;
    },
  };
}
