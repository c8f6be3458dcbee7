import { customFieldsOf, customNumber } from '../views/fields';
import type { View } from '../views/view';
import { absentQueryFields } from './absent-query-fields';
import { customQueryField } from './custom-query-field';
import { linkQueryFields } from './link-query-fields';
import type { QueryField } from './query-field';
import { systemQueryFields } from './system-query-fields';

export type { QueryField } from './query-field';

/** Finds a field by the name a query gives it: system name, `cf[10100]` or the custom field's own name. */
export function findQueryField(view: View, name: string): QueryField | undefined {
  const lower = name.toLowerCase();
  const known = [...systemQueryFields(view.site), ...linkQueryFields(view.site), ...absentQueryFields].find(([names]) =>
    names.includes(lower),
  );
  if (known) return known[1];
  const custom = customFieldsOf(view.site, view.edition).find(
    (field) => lower === `cf[${customNumber(field.id)}]` || lower === field.name.toLowerCase() || lower === field.id,
  );
  return custom ? customQueryField(custom) : undefined;
}
