import type { ProcessFlowMetadata } from '@crmjira/domain';
import { guidOf } from '../guid';
import { organizationId, rootBusinessUnitId, systemUserId } from '../crud/references';
import type { Schema } from '../metadata/schema';
import { administratorRoleId, platformRoles } from '../metadata/platform-roles';
import { administratorRole } from '../security/read-caller';
import { privilegeId } from '../security/access';
import { accessBit, depthMask, miscellaneousPrivileges, privilegeName, rights } from '../security/privilege-names';

export interface SeedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

const to = (table: string, id: string): { table: string; id: string } => ({ table, id });

export const canadianDollarId = guidOf('currency:CAD');

/** What an environment has before anybody has worked in it, and what importing the solution adds. */
export function baseRows(schema: Schema): readonly SeedRow[] {
  return [
    ...organizationRows(),
    ...privilegeRows(schema),
    ...roleRows(schema),
    ...solutionRows(schema),
    ...messageRows(schema),
    ...viewRows(schema),
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
        businessunitid: to('businessunit', rootBusinessUnitId),
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
        basecurrencyid: to('transactioncurrency', canadianDollarId),
        basecurrencysymbol: '$',
        basecurrencyprecision: 2,
        isauditenabled: true,
      },
    },
  ];
}

function allPrivileges(schema: Schema): readonly { readonly name: string; readonly bit: number }[] {
  const found = new Map<string, { name: string; bit: number }>();
  for (const table of schema.tables.values()) {
    for (const right of rights) {
      const name = privilegeName(right, table);
      if (name !== null) found.set(name.toLowerCase(), { name, bit: accessBit[right] });
    }
  }
  for (const name of miscellaneousPrivileges) found.set(name.toLowerCase(), { name, bit: 0 });
  for (const role of schema.solution.roles) {
    for (const { name } of role.privileges)
      if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), { name, bit: 0 });
  }
  return [...found.values()];
}

const privilegeRows = (schema: Schema): readonly SeedRow[] =>
  allPrivileges(schema).map(({ name, bit }) => ({
    table: 'privilege',
    row: {
      privilegeid: privilegeId(name),
      name,
      accessright: bit,
      canbebasic: true,
      canbelocal: true,
      canbedeep: true,
      canbeglobal: true,
    },
  }));

function roleRows(schema: Schema): readonly SeedRow[] {
  const role = (id: string, name: string): SeedRow => ({
    table: 'role',
    row: { roleid: id, name, businessunitid: to('businessunit', rootBusinessUnitId) },
  });
  const grant = (roleId: string, name: string, depth: keyof typeof depthMask): SeedRow => ({
    table: 'roleprivileges',
    row: {
      roleprivilegeid: guidOf(`grant:${roleId}:${name.toLowerCase()}`),
      roleid: roleId,
      privilegeid: privilegeId(name),
      privilegedepthmask: depthMask[depth],
    },
  });
  const rows: SeedRow[] = [role(administratorRoleId, administratorRole)];
  for (const { name } of allPrivileges(schema)) rows.push(grant(administratorRoleId, name, 'Global'));
  for (const each of platformRoles) {
    rows.push(role(each.id, each.name));
    // The farthest-reaching grant of a privilege wins: later ones of the list are wider.
    for (const { tables, rights: granted, depth } of each.grants) {
      for (const table of tables) for (const right of granted) rows.push(grant(each.id, `prv${right}${table}`, depth));
    }
  }
  for (const each of schema.solution.roles) {
    rows.push(role(each.id, each.name));
    for (const { name, depth } of each.privileges) rows.push(grant(each.id, name, depth));
  }
  rows.push(userRole(systemUserId, administratorRoleId));
  return withoutRepeats(rows);
}

/** Of two grants of one privilege the later, wider one stands. */
function withoutRepeats(rows: readonly SeedRow[]): readonly SeedRow[] {
  const byId = new Map(
    rows.map((each) => [
      String(each.row.roleprivilegeid ?? each.row.roleid ?? each.row.systemuserroleid) + each.table,
      each,
    ]),
  );
  return [...byId.values()];
}

export const userRole = (userId: string, roleId: string): SeedRow => ({
  table: 'systemuserroles',
  row: {
    systemuserroleid: guidOf(`link:systemuserroles:${[`systemuserid=${userId}`, `roleid=${roleId}`].sort().join('&')}`),
    systemuserid: userId,
    roleid: roleId,
  },
});

const variableType = {
  String: 100000000,
  Number: 100000001,
  Boolean: 100000002,
  JSON: 100000003,
  Secret: 100000005,
} as const;

function solutionRows(schema: Schema): readonly SeedRow[] {
  const { solution } = schema;
  const publisherId = guidOf(`publisher:${solution.uniqueName}`);
  return [
    {
      table: 'publisher',
      row: {
        publisherid: publisherId,
        uniquename: solution.uniqueName,
        friendlyname: 'CRM-JIRA',
        customizationprefix: 'crmjira',
      },
    },
    {
      table: 'solution',
      row: {
        solutionid: guidOf(`solution:${solution.uniqueName}`),
        uniquename: solution.uniqueName,
        friendlyname: 'CRM-JIRA Integration',
        version: solution.version,
        ismanaged: false,
        isvisible: true,
        publisherid: to('publisher', publisherId),
      },
    },
    ...solution.environmentVariables.map((variable) => ({
      table: 'environmentvariabledefinition',
      row: {
        environmentvariabledefinitionid: guidOf(`variable:${variable.schemaName}`),
        schemaname: variable.schemaName,
        displayname: variable.displayName[1033],
        defaultvalue: variable.defaultValue,
        type: variableType[variable.type],
      },
    })),
    ...schema.processFlows.flatMap(flowRows),
  ];
}

function flowRows(flow: ProcessFlowMetadata): readonly SeedRow[] {
  return [
    {
      table: 'workflow',
      row: {
        workflowid: flow.workflowId,
        name: flow.name[1033],
        uniquename: flow.uniqueName,
        category: 4,
        type: 1,
        primaryentity: flow.primaryTable,
        statecode: 1,
        statuscode: 2,
      },
    },
    ...flow.stages.map((stage) => ({
      table: 'processstage',
      row: {
        processstageid: stage.id,
        stagename: stage.name[1033],
        processid: to('workflow', flow.workflowId),
        primaryentitytypecode: stage.table,
        stagecategory: stage.category,
        clientdata: JSON.stringify({ steps: stage.steps }),
      },
    })),
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
          sdkmessageid: to('sdkmessage', id),
          primaryobjecttypecode: table,
          secondaryobjecttypecode: 'none',
          availability: 0,
          iscustomprocessingstepallowed: true,
        },
      })),
    ];
  });
}

/** One "Active …" view for the tables that people list. */
function viewRows(schema: Schema): readonly SeedRow[] {
  return ['account', 'contact', 'lead', 'opportunity', 'crmjira_budget_mapping'].flatMap((name) => {
    const table = schema.tables.get(name);
    if (!table?.primaryName) return [];
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
