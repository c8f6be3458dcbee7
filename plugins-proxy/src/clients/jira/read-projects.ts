import { z } from 'zod';
import type { JiraSite } from './jira-site';
import { path } from '../../platform/http-client/path';

/** A project as a list of Jira shows it. */
export interface SiteProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly lead: string | null;
  /** `software`, `service_desk`, `business` */
  readonly type: string | null;
  /** Cloud: `classic` is managed by the company, `next-gen` by its team. */
  readonly style: string | null;
  readonly archived: boolean;
}

const listed = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String),
    key: z.string(),
    name: z.string(),
    lead: z.object({ displayName: z.string().nullish() }).nullish(),
    projectTypeKey: z.string().nullish(),
    style: z.string().nullish(),
    archived: z.boolean().nullish(),
    deleted: z.boolean().nullish(),
  })
  .transform(({ id, key, name, lead, projectTypeKey, style, archived, deleted }) => ({
    isInBin: deleted === true,
    project: {
      id,
      key,
      name,
      lead: lead?.displayName ?? null,
      type: projectTypeKey ?? null,
      style: style ?? null,
      archived: archived === true,
    } satisfies SiteProject,
  }));
const page = z.object({ values: z.array(listed), isLast: z.boolean().optional(), total: z.number() });

/** Projects asked for at a time; Cloud gives no more. */
const pageSize = 100;

const liveOnes = (found: readonly z.output<typeof listed>[]): readonly SiteProject[] =>
  found.filter(({ isInBin }) => !isInBin).map(({ project }) => project);

/** Every project that the account may see, archived ones too, page by page. Data Center gives them all in one answer. */
export async function* readSiteProjects({ http, profile }: JiraSite): AsyncGenerator<readonly SiteProject[]> {
  if (profile.deployment === 'dc') {
    const query = { expand: 'lead', includeArchived: 'true' };
    yield liveOnes(await http.call({ method: 'GET', path: `${profile.api}/project`, query, schema: listed.array() }));
    return;
  }
  for (let startAt = 0; ;) {
    const { values, isLast, total } = await http.call({
      method: 'GET',
      // A list of values is a parameter that is given several times, which `query` cannot say.
      path: `${profile.api}/project/search?status=live&status=archived&expand=lead&orderBy=key&maxResults=${pageSize}&startAt=${startAt}`,
      schema: page,
    });
    yield liveOnes(values);
    startAt += values.length;
    if (values.length === 0 || isLast === true || startAt >= total) return;
  }
}

/** Whether a project is to be seen now; one in the bin is not. */
export async function isProjectThere({ http, profile }: JiraSite, projectId: string): Promise<boolean> {
  const found = await http.find({ method: 'GET', path: profile.api + path`/project/${projectId}`, schema: listed });
  return found !== null && !found.isInBin;
}
