import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { ComponentRow } from '../site/rows';
import { componentView } from '../views/catalogue-views';
import { requireProject } from './projects';

const componentInput = z.looseObject({
  name: z.string().optional(),
  description: z.string().nullish(),
  project: z.string().optional(),
  leadAccountId: z.string().optional(),
  leadUserName: z.string().optional(),
});

export function registerComponents(api: Api): void {
  const find = (call: Call): ComponentRow => {
    const row = call.anonymous ? undefined : call.site.components.get(call.path('id'));
    if (!row) throw JiraError.notFound(`The component with id ${call.path('id')} does not exist.`);
    return row;
  };
  const lead = (call: Call, input: z.infer<typeof componentInput>) =>
    call.site.findUser(input.leadAccountId ?? input.leadUserName ?? '')?.id ?? null;
  api.post('/component', (call) => {
    call.user();
    const input = call.body(componentInput);
    const project = call.site.findProject(input.project ?? '');
    if (!project) throw JiraError.field('project', 'valid project is required');
    const name = input.name?.trim() ?? '';
    if (name === '')
      throw JiraError.field('name', 'The component name specified is invalid - cannot be an empty string.');
    if (call.site.components.where('project', project.id).some((row) => row.name.toLowerCase() === name.toLowerCase()))
      throw JiraError.field('name', `A component with the name ${name} already exists in this project.`);
    const row = call.site.components.put<ComponentRow>({
      id: call.site.nextId('component'),
      projectId: project.id,
      name,
      description: input.description ?? '',
      leadId: lead(call, input),
    });
    call.reply.status(201);
    return componentView(call.view, row);
  });
  api.get('/component/:id', (call) => componentView(call.view, find(call)));
  api.put('/component/:id', (call) => {
    call.user();
    const [row, input] = [find(call), call.body(componentInput)];
    return componentView(
      call.view,
      call.site.components.put<ComponentRow>({
        ...row,
        name: input.name ?? row.name,
        description: input.description ?? row.description,
        leadId: lead(call, input) ?? row.leadId,
      }),
    );
  });
  api.delete('/component/:id', (call) => {
    call.user();
    const row = find(call);
    for (const issue of call.site.issues.where('project', row.projectId))
      if (issue.componentIds.includes(row.id))
        call.site.issues.put({ ...issue, componentIds: issue.componentIds.filter((id) => id !== row.id) });
    call.site.components.delete(row.id);
  });
  api.get('/project/:projectIdOrKey/components', (call) =>
    call.site.components.where('project', requireProject(call).id).map((row) => componentView(call.view, row)),
  );
}
