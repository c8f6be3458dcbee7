import { refused } from '../xrm/not-there';
import type { EntityReference } from '../xrm/navigation-api';
import type { ListedRows, RibbonContext } from './ribbon-context';

/** Of the organization, as the global context has them. */
const ORGANIZATION = { name: 'sandbox', language: 1033 } as const;

/** A row as `SelectedControl…ItemReferences` has it: properties in capitals, unlike an EntityReference of the client API. */
interface ItemReference {
  readonly Id: string;
  readonly Name: string;
  readonly TypeName: string;
}

type Values = Readonly<Record<string, (context: RibbonContext) => unknown>>;

const values: Values = {
  PrimaryControl: ({ primaryControl }) => primaryControl,
  PrimaryEntityTypeName: ({ primaryTable }) => primaryTable,
  PrimaryItemIds: ({ primaryIds }) => primaryIds,
  FirstPrimaryItemId: ({ primaryIds }) => primaryIds[0] ?? null,
  SelectedEntityTypeName: (context) => listOf(context, 'SelectedEntityTypeName').table,
  SelectedControl: (context) => listOf(context, 'SelectedControl').control,
  FirstSelectedItemId: (context) => selected(listOf(context, 'FirstSelectedItemId'))[0]?.id ?? null,
  ...itemsNamed('SelectedControlSelectedItem', selected),
  ...itemsNamed('SelectedControlAllItem', ({ all }) => all),
  ...itemsNamed('SelectedControlUnselectedItem', ({ all, selectedIds }) =>
    all.filter(({ id }) => !selectedIds.has(id)),
  ),
  OrgName: () => ORGANIZATION.name,
  OrgLcid: () => ORGANIZATION.language,
  UserLcid: ({ language }) => language,
};

/**
 * What the ribbon gives a function for a `CrmParameter` (Microsoft, "Pass data from a page as a parameter to ribbon actions").
 * @throws Error for a parameter that the host does not give, and for one about a list on the command bar of a form
 */
export function crmParameter(name: string, context: RibbonContext): unknown {
  const value = values[name];
  if (!value) throw new Error(`The host does not give the ribbon parameter ${name}.`);
  return value(context);
}

/** The three parameters about a part of the rows: how many, their ids, and references to them. */
function itemsNamed(prefix: string, part: (list: ListedRows) => readonly EntityReference[]): Values {
  const of = (what: string) => (context: RibbonContext) => part(listOf(context, `${prefix}${what}`));
  const [count, ids, references] = [of('Count'), of('Ids'), of('References')];
  return {
    [`${prefix}Count`]: (context) => count(context).length,
    [`${prefix}Ids`]: (context) => ids(context).map(({ id }) => id),
    [`${prefix}References`]: (context) => references(context).map(referenceTo),
  };
}

function selected({ all, selectedIds }: ListedRows): readonly EntityReference[] {
  return all.filter(({ id }) => selectedIds.has(id));
}

/** Numbers of tables are given by each environment; this one has none. */
function referenceTo({ id, name, entityType }: EntityReference): ItemReference {
  return refused('reference to a row', { Id: id, Name: name, TypeName: entityType });
}

function listOf({ list }: RibbonContext, parameter: string): ListedRows {
  if (list === null)
    throw new Error(`The ribbon parameter ${parameter} is about a list; this command bar is a form's.`);
  return list;
}
