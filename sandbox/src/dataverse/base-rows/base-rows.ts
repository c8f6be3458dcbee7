import { guidOf } from '../guid';
import type { InstalledSolution } from '../import/installed-solution';
import { organizationId, rootBusinessUnitId, systemUserId } from '../crud/references';
import type { Schema } from '../metadata/schema';
import { columnSecurityRows } from './column-security-rows';
import { privilegeRows, roleRows } from './role-rows';
import { pointer, type SeedRow } from './seed-row';
import { solutionRows } from './solution-rows';

export { profileMember } from './column-security-rows';
export { userRole } from './role-rows';

export const canadianDollarId = guidOf('currency:CAD');

/** What an environment has before anybody has worked in it, and what importing the solution adds. */
export function baseRows(schema: Schema, installed: readonly InstalledSolution[]): readonly SeedRow[] {
  const withViews = new Set(
    installed.flatMap(({ components }) =>
      components.flatMap(({ table, row }) => (table === 'savedquery' ? String(row.returnedtypecode) : [])),
    ),
  );
  return [
    ...organizationRows(),
    ...privilegeRows(schema),
    ...roleRows(schema),
    ...columnSecurityRows(schema, installed),
    ...solutionRows(schema, installed),
    ...messageRows(schema),
    ...viewRows(schema, withViews),
  ];
}

function organizationRows(): readonly SeedRow[] {
  return [
    {
      table: 'transactioncurrency',
      row: {
        transactioncurrencyid: canadianDollarId,
        currencyname: 'Canadian Dollar',
        isocurrencycode: 'CAD',
        currencysymbol: '$',
        currencyprecision: 2,
        exchangerate: 1,
      },
    },
    { table: 'businessunit', row: { businessunitid: rootBusinessUnitId, name: 'CRM-JIRA sandbox', isdisabled: false } },
    {
      table: 'systemuser',
      row: {
        systemuserid: systemUserId,
        firstname: null,
        lastname: 'SYSTEM',
        domainname: 'SYSTEM',
        accessmode: 3,
        isdisabled: false,
        businessunitid: pointer('businessunit', rootBusinessUnitId),
        azureactivedirectoryobjectid: null,
      },
    },
    {
      table: 'organization',
      row: {
        organizationid: organizationId,
        name: 'crmjira-sandbox',
        languagecode: 1033,
        localeid: 4105,
        basecurrencyid: pointer('transactioncurrency', canadianDollarId),
        basecurrencysymbol: '$',
        basecurrencyprecision: 2,
        isauditenabled: true,
        auditretentionperiodv2: -1,
      },
    },
  ];
}

const messages = ['Create', 'Update', 'Delete', 'Associate', 'Disassociate', 'Win', 'Lose', 'Send'] as const;

function messageRows(schema: Schema): readonly SeedRow[] {
  const tables = [...schema.tables.keys()];
  return messages.flatMap((message) => {
    const id = guidOf(`sdkmessage:${message}`);
    const filtered = ['Create', 'Update', 'Delete'].includes(message) ? tables : [];
    return [
      { table: 'sdkmessage', row: { sdkmessageid: id, name: message, categoryname: 'CRUD', isprivate: false } },
      ...filtered.map((table) => ({
        table: 'sdkmessagefilter',
        row: {
          sdkmessagefilterid: guidOf(`sdkmessagefilter:${message}:${table}`),
          sdkmessageid: pointer('sdkmessage', id),
          primaryobjecttypecode: table,
          secondaryobjecttypecode: 'none',
          availability: 0,
          iscustomprocessingstepallowed: true,
        },
      })),
    ];
  });
}

/** One "Active …" view for the tables that people list and whose views no solution brought. */
function viewRows(schema: Schema, withViews: ReadonlySet<string>): readonly SeedRow[] {
  return ['account', 'contact', 'lead', 'opportunity', 'crmjira_budget_mapping'].flatMap((name) => {
    const table = schema.tables.get(name);
    if (!table?.primaryName || withViews.has(name)) return [];
    const word = name === 'opportunity' || name === 'lead' ? 'Open' : 'Active';
    const title = `${word} ${table.displayCollectionName[1033]}`;
    const fetchxml = `<fetch version="1.0" output-format="xml-platform" mapping="logical"><entity name="${name}"><attribute name="${table.primaryName}" /><attribute name="${table.primaryId}" /><order attribute="${table.primaryName}" descending="false" /><filter type="and"><condition attribute="statecode" operator="eq" value="0" /></filter></entity></fetch>`;
    return [
      {
        table: 'savedquery',
        row: {
          savedqueryid: guidOf(`view:${name}`),
          name: title,
          returnedtypecode: name,
          querytype: 0,
          isdefault: true,
          fetchxml,
        },
      },
    ];
  });
}
