import { entryOf } from '@crmjira/domain';
import { badRequest, DataverseError } from '../errors';
import { hierarchyTest } from '../conditions/hierarchy';
import { conditionTest } from '../conditions/operators';
import type { Row, Value } from '../store/row';
import type { Literal } from './ast';
import type { Names, Test } from './operand';
import { accessor, type QueryScope } from './scope';

const irregular: Readonly<Record<string, string>> = {
  EqualUserId: 'eq-userid',
  NotEqualUserId: 'ne-userid',
  EqualBusinessId: 'eq-businessid',
  NotEqualBusinessId: 'ne-businessid',
  EqualUserTeams: 'eq-userteams',
  EqualUserOrUserTeams: 'eq-useroruserteams',
  EqualUserLanguage: 'eq-userlanguage',
  DoesNotContainValues: 'not-contain-values',
  Last7Days: 'last-seven-days',
  Next7Days: 'next-seven-days',
  BeginsWith: 'begins-with',
  DoesNotBeginWith: 'not-begin-with',
  EndsWith: 'ends-with',
  UnderOrEqual: 'eq-or-under',
  AboveOrEqual: 'eq-or-above',
  DoesNotEndWith: 'not-end-with',
};

/** `Microsoft.Dynamics.CRM.LastXDays` means the FetchXML operator `last-x-days`. */
const operatorOf = (name: string): string =>
  entryOf(irregular, name) ??
  name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/X(?=[A-Z])/g, 'X-')
    .toLowerCase()
    .replace(/^older-than-/, 'olderthan-');

/** `Microsoft.Dynamics.CRM.*(PropertyName=…)`: an operator of FetchXML under another name. */
export function queryFunction(
  scope: QueryScope,
  names: Names,
  name: string,
  args: Readonly<Record<string, Literal | readonly Literal[]>>,
): Test {
  const property = args.PropertyName;
  if (typeof property !== 'string') throw badRequest(`Parameter 'PropertyName' is missing in '${name}'.`);
  const column = names.table.column.get(property);
  const { get, column: typed } = column
    ? { get: (row: Row): Value | undefined => row[column.logicalName], column }
    : accessor(scope, names.table, property.split('/'));
  const given = args.PropertyValues ?? args.PropertyValue;
  const values =
    given === undefined
      ? ([args.PropertyValue1, args.PropertyValue2].filter((value) => value !== undefined) as Literal[])
      : isList(given)
        ? given
        : [given];
  try {
    const operator = operatorOf(name);
    const test =
      hierarchyTest(scope, names.table, property, operator, values) ?? conditionTest(operator, typed, values, scope);
    return (row) => test(get(row));
  } catch (error) {
    if (!(error instanceof DataverseError)) throw error;
    throw badRequest(`Unknown function 'Microsoft.Dynamics.CRM.${name}'.`);
  }
}

const isList = (value: Literal | readonly Literal[]): value is readonly Literal[] => Array.isArray(value);
