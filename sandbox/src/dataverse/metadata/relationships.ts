import { entryOf } from '@crmjira/domain';
import type { CascadeBehavior, ColumnMetadata, RelationshipMetadata } from '@crmjira/domain';
import type { PlatformTable } from './table';

export interface ManyToMany {
  readonly schemaName: string;
  /** Name of the navigation property on both sides. */
  readonly navigation: string;
  readonly intersect: string;
  readonly first: { readonly table: string; readonly column: string };
  readonly second: { readonly table: string; readonly column: string };
}

const linkTable = (
  navigation: string,
  intersect: string,
  first: readonly [string, string],
  second: readonly [string, string],
): ManyToMany => ({
  schemaName: navigation,
  navigation,
  intersect,
  first: { table: first[0], column: first[1] },
  second: { table: second[0], column: second[1] },
});

export const manyToMany: readonly ManyToMany[] = [
  linkTable('systemuserroles_association', 'systemuserroles', ['systemuser', 'systemuserid'], ['role', 'roleid']),
  linkTable('teamroles_association', 'teamroles', ['team', 'teamid'], ['role', 'roleid']),
  linkTable('teammembership_association', 'teammembership', ['team', 'teamid'], ['systemuser', 'systemuserid']),
  linkTable(
    'systemuserprofiles_association',
    'systemuserprofiles',
    ['systemuser', 'systemuserid'],
    ['fieldsecurityprofile', 'fieldsecurityprofileid'],
  ),
  linkTable(
    'teamprofiles_association',
    'teamprofiles',
    ['team', 'teamid'],
    ['fieldsecurityprofile', 'fieldsecurityprofileid'],
  ),
  linkTable('contactleads_association', 'contactleads', ['contact', 'contactid'], ['lead', 'leadid']),
  linkTable('roleprivileges_association', 'roleprivileges', ['role', 'roleid'], ['privilege', 'privilegeid']),
];

interface Named {
  readonly schemaName: string;
  readonly collection?: string;
  readonly navigation?: string;
  readonly delete?: CascadeBehavior;
}

/** `table.column>target`: names and delete behaviour where they are not the default ones. */
const named: Readonly<Record<string, Named>> = {
  'account.primarycontactid>contact': { schemaName: 'account_primary_contact' },
  'account.parentaccountid>account': { schemaName: 'account_parent_account' },
  'contact.parentcustomerid>account': { schemaName: 'contact_customer_accounts', delete: 'Cascade' },
  'contact.parentcustomerid>contact': { schemaName: 'contact_customer_contacts', delete: 'Cascade' },
  'opportunity.customerid>account': { schemaName: 'opportunity_customer_accounts', delete: 'Cascade' },
  'opportunity.customerid>contact': { schemaName: 'opportunity_customer_contacts', delete: 'Cascade' },
  'opportunity.parentaccountid>account': { schemaName: 'opportunity_parent_account' },
  'opportunity.parentcontactid>contact': { schemaName: 'opportunity_parent_contact' },
  'incident.customerid>account': { schemaName: 'incident_customer_accounts', delete: 'Cascade' },
  'audit.userid>systemuser': { schemaName: 'lk_audit_userid', delete: 'NoCascade' },
  'audit.callinguserid>systemuser': { schemaName: 'lk_audit_callinguserid', delete: 'NoCascade' },
  'uom.uomscheduleid>uomschedule': { schemaName: 'unit_of_measurement_schedule_conversions', delete: 'Cascade' },
  'uom.baseuom>uom': { schemaName: 'unit_of_measurement_base_unit' },
  'product.defaultuomid>uom': { schemaName: 'unit_of_measurement_products', delete: 'Restrict' },
  'product.defaultuomscheduleid>uomschedule': {
    schemaName: 'unit_of_measurement_schedule_products',
    delete: 'Restrict',
  },
  'product.parentproductid>product': { schemaName: 'product_parent_product' },
  'product.pricelevelid>pricelevel': { schemaName: 'price_level_products' },
  'productpricelevel.pricelevelid>pricelevel': { schemaName: 'price_level_product_price_levels', delete: 'Cascade' },
  'productpricelevel.productid>product': { schemaName: 'product_price_levels', delete: 'Cascade' },
  'productpricelevel.uomid>uom': { schemaName: 'unit_of_measurement_product_price_levels', delete: 'Restrict' },
  'salesorder.customerid>account': { schemaName: 'order_customer_accounts', delete: 'Cascade' },
  'salesorder.customerid>contact': { schemaName: 'order_customer_contacts', delete: 'Cascade' },
  'salesorder.opportunityid>opportunity': { schemaName: 'opportunity_sales_orders' },
  'salesorder.pricelevelid>pricelevel': { schemaName: 'price_level_orders', delete: 'Restrict' },
  'salesorderdetail.salesorderid>salesorder': { schemaName: 'order_details', delete: 'Cascade' },
  'salesorderdetail.productid>product': { schemaName: 'product_order_details', delete: 'Restrict' },
  'salesorderdetail.uomid>uom': { schemaName: 'unit_of_measurement_order_details', delete: 'Restrict' },
  'orderclose.salesorderid>salesorder': { schemaName: 'salesorder_orderclose', delete: 'Cascade' },
  'incident.parentcaseid>incident': { schemaName: 'incident_parent_incident' },
  'incident.masterid>incident': { schemaName: 'incident_master_incident' },
  'incidentresolution.incidentid>incident': { schemaName: 'Incident_IncidentResolutions', delete: 'Cascade' },
  'incident.customerid>contact': { schemaName: 'incident_customer_contacts', delete: 'Cascade' },
  'opportunityclose.opportunityid>opportunity': {
    schemaName: 'opportunity_opportunityclose',
    collection: 'opportunity_OpportunityCloses',
    delete: 'Cascade',
  },
  'systemuser.businessunitid>businessunit': { schemaName: 'business_unit_system_users', delete: 'Restrict' },
  'systemuser.parentsystemuserid>systemuser': { schemaName: 'user_parent_user' },
  'team.businessunitid>businessunit': { schemaName: 'business_unit_teams', delete: 'Restrict' },
  'role.businessunitid>businessunit': { schemaName: 'business_unit_roles', delete: 'Restrict' },
  'businessunit.parentbusinessunitid>businessunit': {
    schemaName: 'business_unit_parent_business_unit',
    delete: 'Restrict',
  },
  'environmentvariablevalue.environmentvariabledefinitionid>environmentvariabledefinition': {
    schemaName: 'environmentvariabledefinition_environmentvariablevalue',
    navigation: 'EnvironmentVariableDefinitionId',
    delete: 'Cascade',
  },
  'sdkmessagefilter.sdkmessageid>sdkmessage': { schemaName: 'sdkmessageid_sdkmessagefilter', delete: 'Restrict' },
  'sdkmessageprocessingstep.sdkmessageid>sdkmessage': {
    schemaName: 'sdkmessageid_sdkmessageprocessingstep',
    delete: 'Restrict',
  },
  'sdkmessageprocessingstep.sdkmessagefilterid>sdkmessagefilter': {
    schemaName: 'sdkmessagefilterid_sdkmessageprocessingstep',
    delete: 'Restrict',
  },
  'sdkmessageprocessingstep.eventhandler>serviceendpoint': {
    schemaName: 'serviceendpoint_sdkmessageprocessingstep',
    delete: 'Cascade',
  },
  'sdkmessageprocessingstepimage.sdkmessageprocessingstepid>sdkmessageprocessingstep': {
    schemaName: 'sdkmessageprocessingstepid_sdkmessageprocessingstepimage',
    delete: 'Cascade',
  },
  'processstage.processid>workflow': { schemaName: 'process_processstage', delete: 'Cascade' },
  'fieldpermission.fieldsecurityprofileid>fieldsecurityprofile': {
    schemaName: 'lk_fieldpermission_fieldsecurityprofileid',
    delete: 'Cascade',
  },
  'solution.publisherid>publisher': { schemaName: 'publisher_solution', delete: 'Restrict' },
};

const activityCollection: Readonly<Record<string, string>> = {
  task: 'Tasks',
  email: 'Emails',
  phonecall: 'Phonecalls',
  appointment: 'Appointments',
  letter: 'Letters',
  activitypointer: 'ActivityPointers',
  opportunityclose: 'OpportunityClose',
  incidentresolution: 'IncidentResolution',
  orderclose: 'OrderClose',
  post: 'Posts',
};

/** Microsoft's tables give relationships their schema name, `SalesOrder`. */
const inName = (target: PlatformTable): string => (target.isCustom ? capital(target.logicalName) : target.schemaName);

function names(table: PlatformTable, column: ColumnMetadata, referenced: PlatformTable): Named {
  const target = referenced.logicalName;
  const { logicalName } = table;
  const known = entryOf(named, `${logicalName}.${column.logicalName}>${target}`);
  if (known) return known;
  if (column.logicalName === 'regardingobjectid') {
    return {
      schemaName: `${inName(referenced)}_${entryOf(activityCollection, logicalName) ?? capital(logicalName)}`,
      delete: 'Cascade',
    };
  }
  if (logicalName === 'activityparty') {
    const activity = column.logicalName === 'activityid';
    return { schemaName: `${target}_activity_parties`, delete: activity ? 'Cascade' : 'NoCascade' };
  }
  if (logicalName === 'annotation' && column.logicalName === 'objectid') {
    return { schemaName: `${capital(target)}_Annotation`, delete: 'Cascade' };
  }
  switch (column.logicalName) {
    case 'owninguser':
      return { schemaName: `user_${logicalName}`, delete: 'NoCascade' };
    case 'owningteam':
      return { schemaName: `team_${logicalName}`, delete: 'NoCascade' };
    case 'owningbusinessunit':
      return { schemaName: `business_unit_${logicalName}`, delete: 'Restrict' };
    case 'transactioncurrencyid':
      return { schemaName: `transactioncurrency_${logicalName}`, delete: 'Restrict' };
    case 'createdby':
    case 'modifiedby':
    case 'createdonbehalfby':
    case 'modifiedonbehalfby':
      return { schemaName: `lk_${logicalName}_${column.logicalName}`, delete: 'NoCascade' };
    default:
      return { schemaName: `${logicalName}_${column.logicalName}_${target}` };
  }
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Navigation property from the row that holds the lookup; polymorphic ones carry the target's name. */
function navigation(table: PlatformTable, column: ColumnMetadata, target: string): string {
  if (column.logicalName === 'regardingobjectid') {
    const suffix = table.logicalName === 'activitypointer' || !table.isActivity ? '' : `_${table.logicalName}`;
    return `regardingobjectid_${target}${suffix}`;
  }
  const several = column.type === 'Customer' || (column.targets?.length ?? 0) > 1;
  // Microsoft's navigation properties are lower case; a publisher's own keep the schema name.
  const name = column.isCustom ? column.schemaName : column.logicalName;
  return several ? `${name}_${target}` : name;
}

/** One-to-many relationships of every lookup that the definitions do not already name. `ownerid` is a navigation of its own. */
export function completeRelationships(
  tables: readonly PlatformTable[],
  given: readonly RelationshipMetadata[],
): readonly RelationshipMetadata[] {
  const key = (table: string, column: string, target: string): string => `${table}.${column}>${target}`;
  const seen = new Set(given.map((each) => key(each.referencingTable, each.referencingColumn, each.referencedTable)));
  const byName = new Map(tables.map((each) => [each.logicalName, each]));
  const added: RelationshipMetadata[] = [];
  for (const table of tables) {
    for (const column of table.columns) {
      if (column.type === 'Owner') continue;
      for (const target of column.targets ?? []) {
        const referenced = byName.get(target);
        if (!referenced || seen.has(key(table.logicalName, column.logicalName, target))) continue;
        const name = names(table, column, referenced);
        added.push({
          schemaName: name.schemaName,
          referencedTable: target,
          referencedColumn: referenced.primaryId,
          referencingTable: table.logicalName,
          referencingColumn: column.logicalName,
          referencingNavigation: name.navigation ?? navigation(table, column, target),
          referencedNavigation: name.collection ?? name.schemaName,
          cascade: {
            assign: 'NoCascade',
            delete: name.delete ?? 'RemoveLink',
            reparent: 'NoCascade',
            share: 'NoCascade',
            unshare: 'NoCascade',
          },
        });
      }
    }
  }
  return [...given, ...added];
}
