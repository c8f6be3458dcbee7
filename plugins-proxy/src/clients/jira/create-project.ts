import { type Action, projectName } from '@crmjira/domain';
import { Refusal } from '../../platform/http-client/create-classifier';
import { findProject } from './find-project';
import { type JiraSite, rememberedMyself } from './jira-site';
import { writeOwnership } from './ownership';
import { projectCreatedAnswer } from './wire/answers';
import { PlanOutdated } from '../../platform/errors/plan-outdated';

type CreateProject = Extract<Action, { kind: 'jira.create-project' }>;

/** What an administrator may set about new projects. */
export interface ProjectSettings {
  readonly typeKey: string;
  readonly templateKey: string | null;
  readonly categoryId: string | null;
}

/** The key was free at the preflight and is taken now: the next candidate is tried (E1-F1, E1-F4). */
export class KeyRefused extends PlanOutdated {
  static override readonly code: string = 'jira-key-refused';
  override readonly code: string = KeyRefused.code;

  constructor(
    readonly key: string,
    options: { readonly cause: unknown },
  ) {
    super(`Jira refused the project key ${key}`, options);
  }
}

async function post(site: JiraSite, action: CreateProject, name: string, settings: ProjectSettings): Promise<string> {
  const created = await site.http.call({
    method: 'POST',
    path: `${site.profile.api}/project`,
    body: {
      key: action.key,
      name,
      description: action.description,
      projectTypeKey: settings.typeKey,
      projectTemplateKey: settings.templateKey ?? site.profile.defaultTemplate,
      ...site.profile.lead(await rememberedMyself(site)),
      ...(settings.categoryId === null ? {} : { categoryId: Number(settings.categoryId) }),
    },
    schema: projectCreatedAnswer,
    effect: async () => {
      const found = await findProject(site, action.key);
      // Somebody else's under our key: sending again is refused, and the next candidate is tried.
      const isOurs = found !== null && found.ownership === null && found.project.name === name;
      return isOurs ? { state: 'there', value: found.project } : { state: 'none' };
    },
  });
  return created.id;
}

/**
 * Creates the project and claims it. A name that is taken by a project we cannot see gets the reference at its end (E1-F3).
 * @throws KeyRefused when the key is the trouble; IntegrationError otherwise
 */
export async function createProject(site: JiraSite, action: CreateProject, settings: ProjectSettings): Promise<void> {
  const longName = projectName(action.name, action.ownership.reference, true);
  let id: string;
  try {
    id = await post(site, action, action.name, settings).catch((error: unknown) => {
      const nameTaken = error instanceof Refusal && 'projectName' in error.fields;
      if (!nameTaken || action.name.endsWith(`(${action.ownership.reference})`)) throw error;
      return post(site, action, longName, settings);
    });
  } catch (error) {
    if (error instanceof Refusal && 'projectKey' in error.fields) throw new KeyRefused(action.key, { cause: error });
    throw error;
  }
  await writeOwnership(site, id, action.ownership);
}
