import { z } from 'zod';
import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import { customFieldKinds } from '../site/custom-field-kinds';
import type { CustomFieldRow } from '../site/rows';
import type { FieldDescription } from '../views/fields';
import { describeCustomField, describeFields } from '../views/fields';
import { selfUrl } from '../views/view';

function fieldView(call: Call, field: FieldDescription) {
  const custom = field.schema.custom !== undefined;
  return {
    id: field.id,
    ...(call.edition === 'cloud' ? { key: field.id } : {}),
    name: field.name,
    ...(call.edition === 'cloud' && custom ? { untranslatedName: field.name } : {}),
    custom,
    orderable: field.orderable,
    navigable: field.navigable,
    searchable: field.searchable,
    clauseNames: field.clauseNames,
    schema: field.schema,
  };
}

const newField = z.looseObject({
  name: z.string().min(1).max(255),
  description: z.string().default(''),
  type: z.string(),
  searcherKey: z.string().optional(),
});

function createField(call: Call) {
  call.admin();
  const input = call.body(newField);
  const kind = Object.entries(customFieldKinds).find(([, { typeKey }]) => typeKey === input.type);
  if (!kind) throw JiraError.field('fieldType', `The custom field type '${input.type}' does not exist.`);
  const number = call.site.nextId('custom-field', 10200);
  const row = call.site.customFields.put<CustomFieldRow>({
    id: `customfield_${number}`,
    name: input.name,
    description: input.description,
    // one of the keys of the table it was found in
    type: kind[0] as CustomFieldRow['type'],
    options: [],
  });
  call.reply.status(201);
  return { ...fieldView(call, describeCustomField(row)), ...(row.description ? { description: row.description } : {}) };
}

function pagedFields(call: Call) {
  call.user();
  const [query, ids, types] = [call.query('query')?.toLowerCase(), call.queryList('id'), call.queryList('type')];
  const fields = describeFields(call.site, call.edition).filter(
    (field) =>
      (query === undefined || field.name.toLowerCase().includes(query)) &&
      (ids.length === 0 || ids.includes(field.id)) &&
      (types.length === 0 || types.includes(field.schema.custom ? 'custom' : 'system')),
  );
  const shown = fields.map((field) => ({
    id: field.id,
    name: field.name,
    schema: field.schema,
    ...(field.schema.custom ? { description: call.site.customFields.get(field.id)?.description ?? '' } : {}),
    key: field.id,
    isLocked: false,
  }));
  return pageOf(call, shown, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 50));
}

/** Contexts and options of a custom field: one global context each, as a new field has on Cloud. */
function registerOptions(api: Api): void {
  const find = (call: Call): CustomFieldRow => {
    call.admin();
    const field = call.site.customFields.get(call.path('fieldId'));
    if (!field) throw JiraError.notFound('The custom field was not found.');
    return field;
  };
  const context = (field: CustomFieldRow) => field.id.replace('customfield_', '');
  api.get(
    '/field/:fieldId/context',
    (call) => {
      const field = find(call);
      const row = {
        id: context(field),
        name: `Default Configuration Scheme for ${field.name}`,
        description: '',
        isGlobalContext: true,
        isAnyIssueType: true,
      };
      return pageOf(call, [row], 0, 50);
    },
    { only: 'cloud' },
  );
  api.get(
    '/field/:fieldId/context/:contextId/option',
    (call) => {
      const field = find(call);
      const options = field.options.map((option) => ({ ...option, disabled: false }));
      return pageOf(call, options, call.queryNumber('startAt', 0), call.queryNumber('maxResults', 100));
    },
    { only: 'cloud' },
  );
  api.post(
    '/field/:fieldId/context/:contextId/option',
    (call) => {
      const field = find(call);
      const body = call.body(
        z.looseObject({ options: z.array(z.looseObject({ value: z.string(), disabled: z.boolean().optional() })) }),
      );
      const added = body.options.map(({ value }) => ({ id: call.site.nextId('option', 10100), value }));
      call.site.customFields.put<CustomFieldRow>({ ...field, options: [...field.options, ...added] });
      return { options: added.map((option) => ({ ...option, disabled: false })) };
    },
    { only: 'cloud' },
  );
  api.get('/customFieldOption/:id', (call) => {
    const option = call.site.customFields
      .all()
      .flatMap((field) => field.options)
      .find(({ id }) => id === call.path('id'));
    if (!option) throw JiraError.notFound(`The custom field option with id '${call.path('id')}' does not exist.`);
    return { self: selfUrl(call.view, `/customFieldOption/${option.id}`), value: option.value };
  });
}

/** Fields of the site, with contexts and options of the custom ones. */
export function registerFields(api: Api): void {
  api.get('/field', (call) => describeFields(call.site, call.edition).map((field) => fieldView(call, field)));
  api.post('/field', createField);
  api.get('/field/search', pagedFields, { only: 'cloud' });
  registerOptions(api);
}
