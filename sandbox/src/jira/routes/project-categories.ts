import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { CategoryRow } from '../site/rows';
import { categoryView } from '../views/catalogue-views';

export function registerProjectCategories(api: Api): void {
  const input = z.looseObject({ name: z.string().optional(), description: z.string().optional() });
  const find = (call: Call): CategoryRow => {
    const row = call.anonymous ? undefined : call.site.categories.get(call.path('id'));
    if (!row) throw JiraError.notFound(`Cannot find category with id ${call.path('id')}`);
    return row;
  };
  api.get('/projectCategory', (call) =>
    call.anonymous ? [] : call.site.categories.all().map((row) => categoryView(call.view, row)),
  );
  api.get('/projectCategory/:id', (call) => categoryView(call.view, find(call)));
  api.post('/projectCategory', (call) => {
    call.admin();
    const { name = '', description = '' } = call.body(input);
    if (name.trim() === '') throw JiraError.field('name', 'The category name must not be empty.');
    if (call.site.categories.all().some((row) => row.name.toLowerCase() === name.toLowerCase()))
      throw new JiraError(409, [`The project category '${name}' already exists`]);
    call.reply.status(201);
    return categoryView(
      call.view,
      call.site.categories.put({ id: call.site.nextId('category', 10001), name, description }),
    );
  });
  api.put('/projectCategory/:id', (call) => {
    call.admin();
    return categoryView(call.view, call.site.categories.put({ ...find(call), ...call.body(input) }));
  });
  api.delete('/projectCategory/:id', (call) => {
    call.admin();
    const row = find(call);
    for (const project of call.site.projects.all())
      if (project.categoryId === row.id) call.site.projects.put({ ...project, categoryId: null });
    call.site.categories.delete(row.id);
  });
}
