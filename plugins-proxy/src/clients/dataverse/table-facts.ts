import type { ColumnFacts, ColumnKind, TableFacts } from '@crmjira/domain';
import type { DynamicsWebApi } from 'dynamics-web-api';
import { z } from 'zod';
import { IntegrationError } from '../../platform/errors/integration-error';
import { createBoundedMap } from '../../platform/bounded-map';
import { pieces } from '../../platform/pieces';
import { quoted } from './filter';
import { asExpected } from './reader';

/** Columns whose definitions are read at once: each is a few kilobytes. */
const atOnce = 25;

const tableAnswer = z.object({
  EntitySetName: z.string(),
  PrimaryIdAttribute: z.string(),
  Privileges: z.array(z.object({ Name: z.string(), PrivilegeType: z.string() })),
});
const named = { LogicalName: z.string(), AttributeType: z.string() };
const neededAnswer = z.object({
  value: z.array(
    z.object({
      ...named,
      IsValidForCreate: z.boolean(),
      RequiredLevel: z.object({ Value: z.string() }),
    }),
  ),
});
const columnsAnswer = z.object({
  value: z.array(
    z.object({
      ...named,
      AttributeOf: z.string().nullish(),
      IsValidForCreate: z.boolean(),
      IsValidForUpdate: z.boolean(),
      MaxLength: z.number().nullish(),
      MinValue: z.number().nullish(),
      MaxValue: z.number().nullish(),
      Precision: z.number().nullish(),
      Format: z.string().nullish(),
      DateTimeBehavior: z.object({ Value: z.string() }).nullish(),
    }),
  ),
});
type Column = z.output<typeof columnsAnswer>['value'][number];
const optionSet = z.object({
  OptionSet: z.object({
    Options: z.array(
      z.object({
        Value: z.number(),
        ExternalValue: z.string().nullish(),
        Label: z
          .object({
            LocalizedLabels: z.array(z.object({ Label: z.string(), LanguageCode: z.number() })).nullish(),
          })
          .nullish(),
      }),
    ),
  }),
});

/** Kinds by `AttributeType`; a date is told apart by its format. */
const kinds: Readonly<Record<string, ColumnKind>> = {
  String: 'text',
  Memo: 'text',
  Integer: 'whole',
  Decimal: 'decimal',
  Double: 'decimal',
  Money: 'decimal',
  Boolean: 'flag',
  DateTime: 'date-time',
  Picklist: 'choice',
  State: 'status',
  Status: 'status',
  Lookup: 'lookup',
  Customer: 'lookup',
  Owner: 'lookup',
};
const kindsOf = new Map(Object.entries(kinds));

/** Types of columns that a row needs and that Dataverse fills by itself. */
const filled: ReadonlySet<string> = new Set([
  'Owner',
  'State',
  'Status',
  'Uniqueidentifier',
  'Boolean',
  'Picklist',
  'EntityName',
]);

const english = 1033;

/** Sends a request as the client sends its own: timed, repeated, its failure named. */
export type Call = <T>(run: () => Promise<T>) => Promise<T>;

/** Words of a choice: what somebody has entered as its value elsewhere, its English label, those of other languages. */
async function optionsOf(api: DynamicsWebApi, call: Call, entityKey: string, { LogicalName, AttributeType }: Column) {
  const answer = await call(() =>
    api.retrieveAttribute({
      entityKey,
      attributeKey: `LogicalName=${quoted(LogicalName)}`,
      castType: `Microsoft.Dynamics.CRM.${AttributeType}AttributeMetadata`,
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet', select: ['Options'] }],
    }),
  );
  return asExpected(optionSet, answer).OptionSet.Options.map(({ Value, ExternalValue, Label }) => {
    const labels = [...(Label?.LocalizedLabels ?? [])].sort(
      (one, other) => Number(other.LanguageCode === english) - Number(one.LanguageCode === english),
    );
    const words = [ExternalValue ?? '', ...labels.map((one) => one.Label)].filter((word) => word !== '');
    return { value: Value, words: [...new Set(words)] };
  });
}

/** A column without its options. Pure. */
function columnOf(column: Column, needed: ReadonlySet<string>): ColumnFacts {
  const isDay = column.AttributeType === 'DateTime' && column.Format === 'DateOnly';
  return {
    // A part of another column, such as the name of a lookup, is nothing of its own.
    kind: column.AttributeOf == null ? (isDay ? 'date' : (kindsOf.get(column.AttributeType) ?? 'other')) : 'other',
    maxLength: column.MaxLength ?? null,
    least: column.MinValue ?? null,
    most: column.MaxValue ?? null,
    precision: column.Precision ?? null,
    isMoment: column.AttributeType === 'DateTime' && column.DateTimeBehavior?.Value !== 'DateOnly',
    options: [],
    canCreate: column.IsValidForCreate,
    canUpdate: column.IsValidForUpdate,
    isNeeded: needed.has(column.LogicalName),
  };
}

/**
 * Reads what Dataverse tells of a table: of the columns that are named, and of those that a row cannot do without.
 * @returns null: there is no such table
 * @throws IntegrationError
 */
export async function readTableFacts(
  api: DynamicsWebApi,
  call: Call,
  table: string,
  names: readonly string[],
): Promise<TableFacts | null> {
  const entityKey = `LogicalName=${quoted(table)}`;
  try {
    const select = ['EntitySetName', 'PrimaryIdAttribute', 'Privileges'];
    const found = asExpected(tableAnswer, await call(() => api.retrieveEntity({ key: entityKey, select })));
    const base = ['LogicalName', 'AttributeType', 'IsValidForCreate', 'RequiredLevel'];
    const all = asExpected(neededAnswer, await call(() => api.retrieveAttributes({ entityKey, select: base })));
    const known = new Set(all.value.map(({ LogicalName }) => LogicalName));
    const needed = new Set(
      all.value
        .filter(
          ({ AttributeType, IsValidForCreate, RequiredLevel }) =>
            IsValidForCreate && RequiredLevel.Value === 'SystemRequired' && !filled.has(AttributeType),
        )
        .map(({ LogicalName }) => LogicalName),
    );
    const wanted = [...new Set([...names, ...needed])].filter((name) => known.has(name));
    const columns = new Map<string, ColumnFacts>();
    for (const piece of pieces(wanted, atOnce)) {
      const filter = piece.map((name) => `LogicalName eq ${quoted(name)}`).join(' or ');
      const answer = await call(() => api.retrieveAttributes({ entityKey, filter }));
      for (const column of asExpected(columnsAnswer, answer).value) {
        const facts = columnOf(column, needed);
        const hasOptions = facts.kind === 'choice' || facts.kind === 'status';
        const options = hasOptions ? await optionsOf(api, call, entityKey, column) : [];
        columns.set(column.LogicalName, { ...facts, options });
      }
    }
    const privileges = Object.fromEntries(found.Privileges.map(({ PrivilegeType, Name }) => [PrivilegeType, Name]));
    return { entitySet: found.EntitySetName, primaryId: found.PrimaryIdAttribute, privileges, columns };
  } catch (error) {
    if (error instanceof IntegrationError && error.status === 404) return null;
    throw error;
  }
}

/** For how long facts are used without a further look, in milliseconds: whoever adds a column tries again soon after. */
const keepMs = 30_000;
const mostKept = 50;

/** Remembers what was read for a moment: a save, its test and a run ask for the same. */
export function rememberTableFacts(
  read: (table: string, names: readonly string[]) => Promise<TableFacts | null>,
  now: () => number = Date.now,
): typeof read {
  const kept = createBoundedMap<string, { readonly at: number; readonly facts: TableFacts }>(mostKept);
  return async (table, names) => {
    const key = JSON.stringify([table, [...names].sort()]);
    const known = kept.get(key);
    const age = known === undefined ? -1 : now() - known.at;
    if (known !== undefined && age >= 0 && age < keepMs) return known.facts;
    const facts = await read(table, names);
    if (facts !== null) kept.set(key, { at: now(), facts });
    return facts;
  };
}
