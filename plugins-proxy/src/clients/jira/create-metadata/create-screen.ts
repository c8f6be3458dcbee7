import { type CreateField, readCreateFields } from '@crmjira/domain';
import { z } from 'zod';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../jira-site';
import type { MetadataKey } from '../metadata-cache';
import { issueTypeAnswer } from '../wire/answers';

/** A type of issue that may be created in a project by itself. */
export interface CreateType {
  readonly id: string;
  readonly name: string;
}

const typeList = z.array(issueTypeAnswer);
/** Cloud pages `issueTypes`, Data Center from 9 on `values`. */
const typePage = z.object({
  issueTypes: typeList.optional(),
  values: typeList.optional(),
  total: z.number().optional(),
  isLast: z.boolean().optional(),
});
/** Before Data Center 9: projects with their types in one tree. */
const typeTree = z.object({ projects: z.array(z.object({ issuetypes: typeList })) });

const pageSize = 50;

/** The tree of one project; null: there is no such project, or nobody may create in it. */
const readTree = (site: JiraSite, projectId: string, more: Record<string, string> = {}): Promise<unknown> =>
  site.http.find({
    method: 'GET',
    path: `${site.profile.api}/issue/createmeta`,
    query: { projectIds: projectId, ...more },
    schema: z.unknown(),
  });

async function readTypes(site: JiraSite, projectId: string): Promise<z.output<typeof typeList> | null> {
  const types: z.output<typeof typeList> = [];
  for (;;) {
    const page = await site.http.find({
      method: 'GET',
      path: site.profile.api + path`/issue/createmeta/${projectId}/issuetypes`,
      query: { startAt: types.length, maxResults: pageSize },
      schema: typePage,
    });
    if (page === null) {
      if (site.profile.deployment === 'cloud') return null;
      const tree = typeTree.nullable().parse(await readTree(site, projectId));
      return tree?.projects[0]?.issuetypes ?? null;
    }
    const found = page.issueTypes ?? page.values ?? [];
    types.push(...found);
    if (found.length === 0 || page.isLast === true || types.length >= (page.total ?? 0)) return types;
  }
}

async function readFields(site: JiraSite, projectId: string, typeId: string): Promise<readonly CreateField[] | null> {
  const fields: CreateField[] = [];
  for (let startAt: number | null = 0; startAt !== null;) {
    const body: unknown = await site.http.find({
      method: 'GET',
      path: site.profile.api + path`/issue/createmeta/${projectId}/issuetypes/${typeId}`,
      query: { startAt, maxResults: pageSize },
      schema: z.unknown(),
    });
    if (body === null) {
      if (site.profile.deployment === 'cloud') return null;
      const tree = await readTree(site, projectId, { issuetypeIds: typeId, expand: 'projects.issuetypes.fields' });
      return readCreateFields(tree, typeId)?.fields ?? null;
    }
    const page = readCreateFields(body, typeId);
    if (page === null) return null;
    fields.push(...page.fields);
    startAt = page.next;
  }
  return fields;
}

const remembered = <T>(site: JiraSite, key: MetadataKey, read: () => Promise<T>): Promise<T> =>
  site.metadata?.get(key, read) ?? read();

/** Types that can be created in a project, without those that need a parent; null: there is no such project to create in. */
export async function readCreateTypes(site: JiraSite, projectId: string): Promise<readonly CreateType[] | null> {
  const types = await remembered(site, `create-types:${projectId}`, () => readTypes(site, projectId));
  return types?.filter(({ subtask }) => subtask !== true).map(({ id, name }) => ({ id, name })) ?? null;
}

/** Fields of the create screen of a type; null: the type is not offered. */
export const readScreenFields = (
  site: JiraSite,
  projectId: string,
  typeId: string,
): Promise<readonly CreateField[] | null> =>
  remembered(site, `create-fields:${projectId}/${typeId}`, () => readFields(site, projectId, typeId));
