import { zipSync } from 'fflate';

/** A small package in the shape of Microsoft's exports: one language, shells, kinds of components that the stand-in does not have. */

const flags =
  '<ValidForUpdateApi>1</ValidForUpdateApi><ValidForReadApi>1</ValidForReadApi><ValidForCreateApi>1</ValidForCreateApi><IsAuditEnabled>0</IsAuditEnabled><IsSecured>0</IsSecured>';

const titled = (text: string): string =>
  `<displaynames><displayname description="${text}" languagecode="1033" /></displaynames><Descriptions><Description description="" languagecode="1033" /></Descriptions>`;

export const column = (schemaName: string, type: string, more: string = titled(schemaName)): string =>
  `<attribute PhysicalName="${schemaName}"><Type>${type}</Type><LogicalName>${schemaName.toLowerCase()}</LogicalName><RequiredLevel>${/^owner/i.test(schemaName) ? 'systemrequired' : 'none'}</RequiredLevel><IsCustomField>${schemaName.startsWith('harbor_') ? 1 : 0}</IsCustomField>${flags}${more}</attribute>`;

const relationship = (name: string, referenced: string, column: string, type = 'OneToMany'): string =>
  `<EntityRelationship Name="${name}"><EntityRelationshipType>${type}</EntityRelationshipType><ReferencingEntityName>harbor_Visit</ReferencingEntityName><ReferencedEntityName>${referenced}</ReferencedEntityName><CascadeAssign>NoCascade</CascadeAssign><CascadeDelete>RemoveLink</CascadeDelete><CascadeReparent>NoCascade</CascadeReparent><CascadeShare>NoCascade</CascadeShare><CascadeUnshare>NoCascade</CascadeUnshare><ReferencingAttributeName>${column}</ReferencingAttributeName><EntityRelationshipRoles><EntityRelationshipRole><NavPaneOrder>0</NavPaneOrder></EntityRelationshipRole></EntityRelationshipRoles></EntityRelationship>`;

const visit = `<Entity><Name LocalizedName="Visit" OriginalName="Visit">harbor_Visit</Name><EntityInfo><entity Name="harbor_Visit"><LocalizedNames><LocalizedName description="Visit" languagecode="1033" /></LocalizedNames><LocalizedCollectionNames><LocalizedCollectionName description="Visits" languagecode="1033" /></LocalizedCollectionNames><attributes>${[
  column('harbor_VisitId', 'primarykey'),
  column(
    'harbor_Name',
    'nvarchar',
    `<DisplayMask>PrimaryName|ValidForForm</DisplayMask><Format>text</Format><MaxLength>100</MaxLength>${titled('Ship')}`,
  ),
  column('OwnerId', 'owner'),
  column('OwnerIdType', 'int', ''),
  column('OwnerIdName', 'nvarchar', '<MaxLength>100</MaxLength>'),
  column('harbor_Arrived', 'datetime', `<Format>datetime</Format>${titled('Arrived')}`),
  column('harbor_Account', 'lookup'),
  column('harbor_Contract', 'lookup'),
  column('harbor_Papers', 'file'),
  column('harbor_Network', 'picklist', `<OptionSetName>socialprofile_community</OptionSetName>${titled('Network')}`),
].join(
  '',
)}</attributes><OwnershipTypeMask>UserOwned</OwnershipTypeMask></entity></EntityInfo><RibbonDiffXml /></Entity>`;

const accountShell = '<Entity><Name LocalizedName="Account" OriginalName="">Account</Name><RibbonDiffXml /></Entity>';
/** Says nowhere that it only adds a column. */
const taskShell = `<Entity><Name LocalizedName="Task" OriginalName="">Task</Name><EntityInfo><entity Name="Task"><attributes>${column('harbor_Berth', 'nvarchar', `<Format>text</Format><MaxLength>20</MaxLength>${titled('Berth')}`)}</attributes></entity></EntityInfo></Entity>`;

const customizations = `<ImportExportXml><Entities>${visit}${accountShell}${taskShell}</Entities><EntityRelationships>${[
  relationship('harbor_account_visit', 'Account', 'harbor_Account'),
  relationship('harbor_contract_visit', 'Contract', 'harbor_Contract'),
  relationship('harbor_visit_pilots', 'SystemUser', 'harbor_Pilots', 'ManyToMany'),
  relationship('business_unit_harbor_visit', 'BusinessUnit', 'OwningBusinessUnit'),
].join(
  '',
)}</EntityRelationships><SolutionPluginAssemblies><PluginAssembly FullName="Harbor.Plugins, Version=1.0.0.0" /></SolutionPluginAssemblies><AIModels><AIModel><msdyn_name>Arrival forecast</msdyn_name></AIModel></AIModels><Languages><Language>1033</Language></Languages></ImportExportXml>`;

const texts = (list: string, item: string, text: string): string =>
  `<${list}><${item} description="${text}" languagecode="1033" /></${list}>`;

const manifest = (isManaged: boolean, requires: string): string =>
  `<ImportExportXml><SolutionManifest><UniqueName>Harbor</UniqueName>${texts('LocalizedNames', 'LocalizedName', 'Harbor')}<Descriptions /><Version>1.0.0.0</Version><Managed>${isManaged ? 1 : 0}</Managed><Publisher><UniqueName>harbor</UniqueName>${texts('LocalizedNames', 'LocalizedName', 'Harbor')}<CustomizationPrefix>harbor</CustomizationPrefix></Publisher><RootComponents><RootComponent type="1" schemaName="harbor_visit" behavior="0" /><RootComponent type="1" schemaName="account" behavior="1" /><RootComponent type="1" schemaName="task" behavior="2" /><RootComponent type="91" id="{07c3d3db-020d-ed11-b83e-0022483d2320}" schemaName="Harbor.Plugins, Version=1.0.0.0" behavior="0" /><RootComponent type="401" id="{6ed18606-78da-4903-a868-73c7b462b336}" behavior="0" /></RootComponents><MissingDependencies>${requires}</MissingDependencies></SolutionManifest></ImportExportXml>`;

export const required = (type: string, schemaName: string, solution: string): string =>
  `<MissingDependency><Required type="${type}" schemaName="${schemaName}" displayName="${schemaName}" solution="${solution}" /><Dependent type="1" displayName="Visit" /></MissingDependency>`;

const ofMicrosoft = [
  required('1', 'contract', 'msdynce_Service (9.0.5.56)'),
  required('MaskingRule', '', 'msft_ColumnLevelSecurityData (1.2.0.28)'),
].join('');

/** @param requires in place of what it needs of Microsoft's */
export function harborPackage({ isManaged = true, requires = ofMicrosoft } = {}): Uint8Array {
  const variable = `<environmentvariabledefinition schemaname="harbor_Url"><displayname default="Address">${'<label description="Address" languagecode="1033" />'}</displayname><type>100000000</type></environmentvariabledefinition>`;
  const parts = {
    '[Content_Types].xml': '<Types><Default Extension="xml" ContentType="application/octet-stream" /></Types>',
    'solution.xml': manifest(isManaged, requires),
    'customizations.xml': customizations,
    'customapis/harbor_Arrive/customapi.xml': '<customapi uniquename="harbor_Arrive" />',
    'customapis/harbor_Arrive/customapirequestparameters/Ship/customapirequestparameter.xml': '<parameter />',
    'environmentvariabledefinitions/harbor_Url/environmentvariabledefinition.xml': variable,
  };
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(`\uFEFF${text}`)])),
  );
}
