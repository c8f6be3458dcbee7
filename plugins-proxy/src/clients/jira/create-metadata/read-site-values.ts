import type { JiraStatus, NamedPriority } from '@crmjira/domain';
import { z } from 'zod';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../jira-site';

const id = z.union([z.string(), z.number()]).transform(String);
const statusAnswer = z.object({
  id,
  name: z.string(),
  statusCategory: z.object({ key: z.enum(['new', 'indeterminate', 'done', 'undefined']).catch('undefined') }).nullish(),
});
const priorityAnswer = z.object({ id, name: z.string() });
const priorityPage = z.object({
  values: z.array(priorityAnswer),
  isLast: z.boolean().optional(),
  total: z.number().optional(),
});

const remembered = <T>(site: JiraSite, key: 'statuses' | 'priorities', read: () => Promise<T>): Promise<T> =>
  site.metadata?.get(key, read) ?? read();

/** Ids of the statuses that issues of a project can have; empty where there is no such project. */
export async function readProjectStatuses(site: JiraSite, projectId: string): Promise<readonly string[]> {
  const types = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/project/${projectId}/statuses`,
    schema: z.array(z.object({ statuses: z.array(z.object({ id })) })),
  });
  return [...new Set((types ?? []).flatMap(({ statuses }) => statuses.map((one) => one.id)))];
}

/** Statuses of the workflows that are in use, remembered. */
export const readStatuses = (site: JiraSite): Promise<readonly JiraStatus[]> =>
  remembered(site, 'statuses', async () => {
    const answer = await site.http.call({
      method: 'GET',
      path: `${site.profile.api}/status`,
      schema: z.array(statusAnswer),
    });
    return answer.map(({ id, name, statusCategory }) => ({ id, name, category: statusCategory?.key ?? 'undefined' }));
  });

/** Priorities, highest first as an administrator has put them; remembered. */
export const readPriorities = (site: JiraSite): Promise<readonly NamedPriority[]> =>
  remembered(site, 'priorities', async () => {
    const found: z.output<typeof priorityAnswer>[] = [];
    if (site.profile.deployment === 'dc') {
      const path = `${site.profile.api}/priority`;
      found.push(...(await site.http.call({ method: 'GET', path, schema: z.array(priorityAnswer) })));
    } else
      for (;;) {
        const page = await site.http.call({
          method: 'GET',
          path: `${site.profile.api}/priority/search`,
          query: { startAt: found.length, maxResults: 50 },
          schema: priorityPage,
        });
        found.push(...page.values);
        if (page.values.length === 0 || page.isLast === true || found.length >= (page.total ?? 0)) break;
      }
    return found.map(({ id, name }) => ({ id, names: [name] }));
  });
