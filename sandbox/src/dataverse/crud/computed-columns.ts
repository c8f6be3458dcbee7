import { entryOf } from '@crmjira/domain';
import type { Table } from '../metadata/schema';
import type { Reader } from '../store/reader';
import { referenceOf, textOf, type Row, type Value } from '../store/row';
import { lineAmounts, orderTotals } from './order-amounts';

type Values = Readonly<Record<string, Value>>;
type Rule = (reader: Reader, row: Row) => Values;

const none: Values = {};

const fullName: Rule = (_reader, row) => {
  const parts = [textOf(row, 'firstname'), textOf(row, 'middlename'), textOf(row, 'lastname')].filter(
    (part) => part !== null,
  );
  return parts.length > 0 ? { fullname: parts.join(' ') } : none;
};

/** Columns that the platform writes from others, by table. */
const rules: Readonly<Record<string, Rule>> = {
  contact: fullName,
  lead: fullName,
  systemuser: fullName,
  /** The customer is also the parent account or contact, unless that is named. */
  opportunity: (_reader, row) => {
    const customer = referenceOf(row, 'customerid');
    if (!customer) return none;
    const column = customer.table === 'account' ? 'parentaccountid' : 'parentcontactid';
    return row[column] == null ? { [column]: customer } : none;
  },
  activityparty: (reader, row) => {
    const party = referenceOf(row, 'partyid');
    const found = party ? reader.get(party.table, party.id) : undefined;
    if (!found || textOf(row, 'addressused') !== null) return none;
    return {
      addressused:
        textOf(found, 'internalemailaddress') ?? textOf(found, 'emailaddress') ?? textOf(found, 'emailaddress1'),
    };
  },
  annotation: (_reader, row) => {
    const body = textOf(row, 'documentbody');
    return {
      objecttypecode: referenceOf(row, 'objectid')?.table ?? null,
      filesize: body === null ? null : Buffer.from(body, 'base64').length,
      isdocument: body !== null,
    };
  },
  environmentvariablevalue: (reader, row) => {
    const definition = referenceOf(row, 'environmentvariabledefinitionid');
    const found = definition ? reader.get(definition.table, definition.id) : undefined;
    return found ? { schemaname: textOf(found, 'schemaname') } : none;
  },
  salesorder: orderTotals,
  salesorderdetail: lineAmounts,
  serviceendpoint: (_reader, row) => ({ isauthvalueset: textOf(row, 'authvalue') !== null }),
};

/** `Street\r\nCity, State Postal\r\nCountry`: parts that are empty leave no trace. */
function composite(row: Row, prefix: string): string | null {
  const part = (name: string): string | null => textOf(row, `${prefix}_${name}`);
  const joined = (parts: readonly (string | null)[], separator: string): string =>
    parts.filter((each) => each !== null && each !== '').join(separator);
  const region = joined([part('stateorprovince'), part('postalcode')], ' ');
  const place = joined([part('city'), region], ', ');
  return joined([part('line1'), part('line2'), part('line3'), place, part('country')], '\r\n') || null;
}

const addresses = (table: Table, row: Row): Values =>
  Object.fromEntries(
    ['address1', 'address2', 'address3']
      .filter((prefix) => table.column.has(`${prefix}_composite`))
      .map((prefix) => [`${prefix}_composite`, composite(row, prefix)]),
  );

export const computedValues = (reader: Reader, table: Table, row: Row): Values => {
  const activity: Values = table.isActivity ? { activitytypecode: table.logicalName } : none;
  return { ...activity, ...addresses(table, row), ...entryOf(rules, table.logicalName)?.(reader, row) };
};
