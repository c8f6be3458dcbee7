import { isLookup, propertyOf, type Schema, type Table } from '../metadata/schema';
import { edmType } from './edm-type';

const documents = new WeakMap<Schema, string>();

/** `$metadata`: the service as CSDL 4.0. Built once; the schema does not change while the stand-in runs. */
export function csdl(schema: Schema): string {
  const known = documents.get(schema);
  if (known !== undefined) return known;
  const tables = [...schema.tables.values()];
  const document = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:Reference Uri="http://vocabularies.odata.org/OData.Community.Keys.V1.xml"><edmx:Include Namespace="OData.Community.Keys.V1" Alias="Keys" /></edmx:Reference>
<edmx:Reference Uri="http://vocabularies.odata.org/OASIS/Org.OData.Core.V1.xml"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core" /></edmx:Reference>
<edmx:DataServices><Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="crmbaseentity" Abstract="true" />
<EntityType Name="expando" BaseType="mscrm.crmbaseentity" OpenType="true" />
<EntityType Name="principal" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="ownerid" /></Key><Property Name="ownerid" Type="Edm.Guid" Nullable="false" /></EntityType>
${tables.map((table) => entityType(schema, table)).join('\n')}
${complexTypes}
${operations}
<EntityContainer Name="System">
${tables.map((table) => entitySet(schema, table)).join('\n')}
${imports}
</EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;
  documents.set(schema, document);
  return document;
}

interface BaseType {
  readonly name: string;
  readonly inherits: (property: string) => boolean;
}

/** Activities derive from `activitypointer`, users and teams from `principal`: what the base declares is not declared again. */
function baseOf(schema: Schema, table: Table): BaseType | null {
  if (['systemuser', 'team'].includes(table.logicalName))
    return { name: 'principal', inherits: (property) => property === 'ownerid' };
  if (!table.isActivity || table.logicalName === 'activitypointer') return null;
  const pointer = schema.table('activitypointer');
  const names = new Set([...pointer.columns.map(propertyOf), ...pointer.single.keys(), ...pointer.collections.keys()]);
  return { name: 'activitypointer', inherits: (property) => names.has(property) };
}

function entityType(schema: Schema, table: Table): string {
  const base = baseOf(schema, table);
  const lines = base
    ? [`<EntityType Name="${table.logicalName}" BaseType="mscrm.${base.name}">`]
    : [
        `<EntityType Name="${table.logicalName}" BaseType="mscrm.crmbaseentity">`,
        `<Key><PropertyRef Name="${table.primaryId}" /></Key>`,
      ];
  for (const column of table.columns) {
    if (column.type === 'PartyList' || column.type === 'Virtual') continue;
    if (base?.inherits(propertyOf(column))) continue;
    const computed = isLookup(column) || (!column.isValidForCreate && !column.isValidForUpdate);
    const nullable = column.logicalName === table.primaryId ? ' Nullable="false"' : '';
    const scale = edmType(column) === 'Edm.Decimal' ? ' Scale="Variable"' : '';
    const unicode = edmType(column) === 'Edm.String' ? ' Unicode="false"' : '';
    const open = `<Property Name="${propertyOf(column)}" Type="${edmType(column)}"${nullable}${scale}${unicode}`;
    lines.push(
      computed
        ? `${open}><Annotation Term="Org.OData.Core.V1.Computed"><Bool>true</Bool></Annotation></Property>`
        : `${open} />`,
    );
  }
  for (const navigation of table.single.values()) {
    if (base?.inherits(navigation.name)) continue;
    const target = navigation.targets.length === 1 ? (navigation.targets[0] ?? '') : 'principal';
    const key = target === 'principal' ? 'ownerid' : schema.table(target).primaryId;
    const partner = partnerOf(schema, table, navigation.name);
    lines.push(
      `<NavigationProperty Name="${navigation.name}" Type="mscrm.${target}"${partner}><ReferentialConstraint Property="_${navigation.column}_value" ReferencedProperty="${key}" /></NavigationProperty>`,
    );
  }
  for (const collection of table.collections.values()) {
    if (base?.inherits(collection.name)) continue;
    const partner = collection.kind === 'one-to-many' ? collection.navigation : collection.name;
    lines.push(
      `<NavigationProperty Name="${collection.name}" Type="Collection(mscrm.${collection.table})" Partner="${partner}" />`,
    );
  }
  for (const key of table.keys) {
    const refs = key.columns.map((name) => {
      const column = table.column.get(name);
      return `<Record><PropertyValue Property="Name" String="${column ? propertyOf(column) : name}" /><PropertyValue Property="Alias" String="${name}" /></Record>`;
    });
    lines.push(
      `<Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection><Record Type="OData.Community.Keys.V1.AlternateKey"><PropertyValue Property="Key"><Collection>${refs.join('')}</Collection></PropertyValue></Record></Collection></Annotation>`,
    );
  }
  lines.push('</EntityType>');
  return lines.join('\n');
}

function partnerOf(schema: Schema, table: Table, navigation: string): string {
  const relationship = schema.relationships.find(
    (each) => each.referencingTable === table.logicalName && each.referencingNavigation === navigation,
  );
  return relationship ? ` Partner="${relationship.referencedNavigation}"` : '';
}

function entitySet(schema: Schema, table: Table): string {
  const bindings = [
    ...[...table.single.values()]
      .filter(({ targets }) => targets.length === 1)
      .map(({ name, targets }) => [name, targets[0] ?? ''] as const),
    ...[...table.collections.values()].map((each) => [each.name, each.table] as const),
  ].map(
    ([name, target]) => `<NavigationPropertyBinding Path="${name}" Target="${schema.table(target).entitySetName}" />`,
  );
  return `<EntitySet Name="${table.entitySetName}" EntityType="Microsoft.Dynamics.CRM.${table.logicalName}">${bindings.join('')}</EntitySet>`;
}

const complexTypes = `<ComplexType Name="WhoAmIResponse"><Property Name="BusinessUnitId" Type="Edm.Guid" Nullable="false" /><Property Name="UserId" Type="Edm.Guid" Nullable="false" /><Property Name="OrganizationId" Type="Edm.Guid" Nullable="false" /></ComplexType>
<ComplexType Name="RetrieveVersionResponse"><Property Name="Version" Type="Edm.String" Unicode="false" /></ComplexType>
<ComplexType Name="EntityRecordCountCollection"><Property Name="Count" Type="Edm.Int32" Nullable="false" /><Property Name="IsReadOnly" Type="Edm.Boolean" Nullable="false" /><Property Name="Keys" Type="Collection(Edm.String)" Nullable="false" /><Property Name="Values" Type="Collection(Edm.Int64)" Nullable="false" /></ComplexType>
<ComplexType Name="RetrieveTotalRecordCountResponse"><Property Name="EntityRecordCountCollection" Type="mscrm.EntityRecordCountCollection" /></ComplexType>
<ComplexType Name="RetrievePrincipalAccessResponse"><Property Name="AccessRights" Type="mscrm.AccessRights" Nullable="false" /></ComplexType>
<EnumType Name="AccessRights" IsFlags="true"><Member Name="None" Value="0" /><Member Name="ReadAccess" Value="1" /><Member Name="WriteAccess" Value="2" /><Member Name="AppendAccess" Value="4" /><Member Name="AppendToAccess" Value="16" /><Member Name="CreateAccess" Value="32" /><Member Name="DeleteAccess" Value="65536" /><Member Name="ShareAccess" Value="262144" /><Member Name="AssignAccess" Value="524288" /></EnumType>
<ComplexType Name="RolePrivilege"><Property Name="Depth" Type="Edm.String" /><Property Name="PrivilegeId" Type="Edm.Guid" Nullable="false" /><Property Name="BusinessUnitId" Type="Edm.Guid" Nullable="false" /><Property Name="PrivilegeName" Type="Edm.String" /><Property Name="RecordFilterId" Type="Edm.Guid" Nullable="false" /><Property Name="RecordFilterUniqueName" Type="Edm.String" /></ComplexType>
<ComplexType Name="RetrieveUserPrivilegesResponse"><Property Name="RolePrivileges" Type="Collection(mscrm.RolePrivilege)" Nullable="false" /></ComplexType>
<ComplexType Name="RetrieveUserPrivilegeByPrivilegeNameResponse"><Property Name="RolePrivileges" Type="Collection(mscrm.RolePrivilege)" Nullable="false" /></ComplexType>
<ComplexType Name="PagingInfo"><Property Name="PageNumber" Type="Edm.Int32" Nullable="false" /><Property Name="Count" Type="Edm.Int32" Nullable="false" /><Property Name="ReturnTotalRecordCount" Type="Edm.Boolean" Nullable="false" /><Property Name="PagingCookie" Type="Edm.String" Unicode="false" /></ComplexType>
<ComplexType Name="AuditDetail"><NavigationProperty Name="AuditRecord" Type="mscrm.crmbaseentity" Nullable="false" /></ComplexType>
<ComplexType Name="Collection_Int32_String"><Property Name="Count" Type="Edm.Int32" Nullable="false" /><Property Name="Keys" Type="Collection(Edm.Int32)" Nullable="false" /><Property Name="Values" Type="Collection(Edm.String)" Nullable="false" /></ComplexType>
<ComplexType Name="AttributeAuditDetail" BaseType="mscrm.AuditDetail"><Property Name="InvalidNewValueAttributes" Type="Collection(Edm.String)" /><Property Name="LocLabelLanguageCode" Type="Edm.Int32" Nullable="false" /><Property Name="DeletedAttributes" Type="mscrm.Collection_Int32_String" /><NavigationProperty Name="OldValue" Type="mscrm.crmbaseentity" Nullable="false" /><NavigationProperty Name="NewValue" Type="mscrm.crmbaseentity" Nullable="false" /></ComplexType>
<ComplexType Name="AuditDetailCollection"><Property Name="MoreRecords" Type="Edm.Boolean" Nullable="false" /><Property Name="PagingCookie" Type="Edm.String" Unicode="false" /><Property Name="TotalRecordCount" Type="Edm.Int32" Nullable="false" /><Property Name="AuditDetails" Type="Collection(mscrm.AuditDetail)" Nullable="false" /></ComplexType>
<ComplexType Name="RetrieveAuditDetailsResponse"><Property Name="AuditDetail" Type="mscrm.AuditDetail" /></ComplexType>
<ComplexType Name="RetrieveRecordChangeHistoryResponse"><Property Name="AuditDetailCollection" Type="mscrm.AuditDetailCollection" /></ComplexType>
<ComplexType Name="RetrieveAttributeChangeHistoryResponse"><Property Name="AuditDetailCollection" Type="mscrm.AuditDetailCollection" /></ComplexType>
<ComplexType Name="CalculateTotalTimeIncidentResponse"><Property Name="TotalTime" Type="Edm.Int64" Nullable="false" /></ComplexType>
<ComplexType Name="SendEmailResponse"><Property Name="Subject" Type="Edm.String" Unicode="false" /></ComplexType>
<ComplexType Name="CreateMultipleResponse"><Property Name="Ids" Type="Collection(Edm.Guid)" Nullable="false" /></ComplexType>`;

const operations = `<Function Name="WhoAmI"><ReturnType Type="mscrm.WhoAmIResponse" Nullable="false" /></Function>
<Function Name="RetrieveVersion"><ReturnType Type="mscrm.RetrieveVersionResponse" Nullable="false" /></Function>
<Function Name="RetrieveTotalRecordCount"><Parameter Name="EntityNames" Type="Collection(Edm.String)" Nullable="false" Unicode="false" /><ReturnType Type="mscrm.RetrieveTotalRecordCountResponse" Nullable="false" /></Function>
<Function Name="RetrieveUserPrivileges" IsBound="true"><Parameter Name="entity" Type="mscrm.systemuser" Nullable="false" /><ReturnType Type="mscrm.RetrieveUserPrivilegesResponse" Nullable="false" /></Function>
<Function Name="RetrieveUserPrivilegeByPrivilegeName" IsBound="true"><Parameter Name="entity" Type="mscrm.systemuser" Nullable="false" /><Parameter Name="PrivilegeName" Type="Edm.String" Nullable="false" Unicode="false" /><ReturnType Type="mscrm.RetrieveUserPrivilegeByPrivilegeNameResponse" Nullable="false" /></Function>
<Function Name="RetrievePrincipalAccess" IsBound="true"><Parameter Name="entity" Type="mscrm.systemuser" Nullable="false" /><Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" /><ReturnType Type="mscrm.RetrievePrincipalAccessResponse" Nullable="false" /></Function>
<Action Name="WinOpportunity"><Parameter Name="OpportunityClose" Type="mscrm.opportunityclose" Nullable="false" /><Parameter Name="Status" Type="Edm.Int32" Nullable="false" /></Action>
<Function Name="RetrieveAuditDetails" IsBound="true"><Parameter Name="entity" Type="mscrm.audit" Nullable="false" /><ReturnType Type="mscrm.RetrieveAuditDetailsResponse" Nullable="false" /></Function>
<Function Name="RetrieveRecordChangeHistory"><Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" /><Parameter Name="PagingInfo" Type="mscrm.PagingInfo" /><ReturnType Type="mscrm.RetrieveRecordChangeHistoryResponse" Nullable="false" /></Function>
<Function Name="RetrieveAttributeChangeHistory"><Parameter Name="Target" Type="mscrm.crmbaseentity" Nullable="false" /><Parameter Name="AttributeLogicalName" Type="Edm.String" Nullable="false" Unicode="false" /><Parameter Name="PagingInfo" Type="mscrm.PagingInfo" /><ReturnType Type="mscrm.RetrieveAttributeChangeHistoryResponse" Nullable="false" /></Function>
<Action Name="FulfillSalesOrder" IsBound="true"><Parameter Name="entityset" Type="Collection(mscrm.salesorder)" Nullable="false" /><Parameter Name="OrderClose" Type="mscrm.orderclose" Nullable="false" /><Parameter Name="Status" Type="Edm.Int32" Nullable="false" /></Action>
<Action Name="CloseIncident"><Parameter Name="IncidentResolution" Type="mscrm.incidentresolution" Nullable="false" /><Parameter Name="Status" Type="Edm.Int32" Nullable="false" /></Action>
<Function Name="CalculateTotalTimeIncident" IsBound="true"><Parameter Name="entity" Type="mscrm.incident" Nullable="false" /><ReturnType Type="mscrm.CalculateTotalTimeIncidentResponse" Nullable="false" /></Function>
<Action Name="LoseOpportunity"><Parameter Name="OpportunityClose" Type="mscrm.opportunityclose" Nullable="false" /><Parameter Name="Status" Type="Edm.Int32" Nullable="false" /></Action>
<Action Name="SendEmail" IsBound="true"><Parameter Name="entity" Type="mscrm.email" Nullable="false" /><Parameter Name="IssueSend" Type="Edm.Boolean" Nullable="false" /><Parameter Name="TrackingToken" Type="Edm.String" Unicode="false" /><ReturnType Type="mscrm.SendEmailResponse" Nullable="false" /></Action>`;

const imports = `<FunctionImport Name="WhoAmI" Function="Microsoft.Dynamics.CRM.WhoAmI" />
<FunctionImport Name="RetrieveVersion" Function="Microsoft.Dynamics.CRM.RetrieveVersion" />
<FunctionImport Name="RetrieveTotalRecordCount" Function="Microsoft.Dynamics.CRM.RetrieveTotalRecordCount" />
<FunctionImport Name="RetrieveRecordChangeHistory" Function="Microsoft.Dynamics.CRM.RetrieveRecordChangeHistory" />
<FunctionImport Name="RetrieveAttributeChangeHistory" Function="Microsoft.Dynamics.CRM.RetrieveAttributeChangeHistory" />
<ActionImport Name="WinOpportunity" Action="Microsoft.Dynamics.CRM.WinOpportunity" />
<ActionImport Name="CloseIncident" Action="Microsoft.Dynamics.CRM.CloseIncident" />
<ActionImport Name="LoseOpportunity" Action="Microsoft.Dynamics.CRM.LoseOpportunity" />`;
