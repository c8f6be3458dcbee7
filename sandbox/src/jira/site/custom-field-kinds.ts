import type { CustomFieldRow } from './rows';

const TYPES = 'com.atlassian.jira.plugin.system.customfieldtypes';

/** Kinds of custom field that the site knows, with the keys Jira has for them. */
export const customFieldKinds: Readonly<
  Record<
    CustomFieldRow['type'],
    { readonly typeKey: string; readonly schemaType: string; readonly searcherKey: string }
  >
> = {
  textfield: { typeKey: `${TYPES}:textfield`, schemaType: 'string', searcherKey: `${TYPES}:textsearcher` },
  textarea: { typeKey: `${TYPES}:textarea`, schemaType: 'string', searcherKey: `${TYPES}:textsearcher` },
  float: { typeKey: `${TYPES}:float`, schemaType: 'number', searcherKey: `${TYPES}:exactnumber` },
  select: { typeKey: `${TYPES}:select`, schemaType: 'option', searcherKey: `${TYPES}:multiselectsearcher` },
  datepicker: { typeKey: `${TYPES}:datepicker`, schemaType: 'date', searcherKey: `${TYPES}:daterange` },
  url: { typeKey: `${TYPES}:url`, schemaType: 'string', searcherKey: `${TYPES}:exacttextsearcher` },
};
