import {
  choice,
  column,
  createOnly,
  decimal,
  guid,
  integer,
  label,
  lookup,
  memo,
  readOnly,
  states,
  systemRequired,
  text,
  yesNo,
} from '../columns';
import { table } from '../table';

export const systemuser = table(
  'systemuser',
  'SystemUser',
  8,
  'fullname',
  [
    text('firstname', 256, 'First Name'),
    text('lastname', 256, 'Last Name'),
    text('fullname', 200, 'Full Name', readOnly),
    text('domainname', 1024, 'User Name', systemRequired),
    text('internalemailaddress', 100, 'Primary Email', { format: 'Email' }),
    text('windowsliveid', 1024, 'Windows Live ID'),
    text('title', 128, 'Title'),
    text('jobtitle', 100, 'Job Title'),
    text('mobilephone', 64, 'Mobile Phone'),
    guid('azureactivedirectoryobjectid', 'Azure AD Object ID'),
    guid('applicationid', 'Application ID'),
    yesNo('isdisabled', 'Status'),
    yesNo('isintegrationuser', 'Integration user mode'),
    yesNo('setupuser', 'Restricted Access Mode'),
    choice(
      'accessmode',
      'Access Mode',
      {
        0: 'Read-Write',
        1: 'Administrative',
        2: 'Read',
        3: 'Support User',
        4: 'Non-interactive',
        5: 'Delegated Admin',
      },
      { defaultValue: 0 },
    ),
    choice('caltype', 'License Type', { 0: 'Professional', 1: 'Administrative', 2: 'Basic' }, { defaultValue: 0 }),
    lookup('businessunitid', ['businessunit'], 'Business Unit', systemRequired),
    lookup('parentsystemuserid', ['systemuser'], 'Manager'),
    lookup('queueid', ['queue'], 'Default Queue'),
  ],
  { ownership: 'BusinessOwned', privilegeName: 'User', displayName: label('User', 'Utilisateur') },
);

/**
 * What each user has chosen, made with the user; an excerpt. Source: learn.microsoft.com, "User Settings (UserSettings) table/entity
 * reference": read and update are its only messages.
 */
export const usersettings = table(
  'usersettings',
  'UserSettings',
  150,
  null,
  [
    // 0: has not chosen yet
    integer('uilanguageid', 0, 2_147_483_647, 'User interface language', { defaultValue: 0 }),
    integer('helplanguageid', 0, 2_147_483_647, 'Help language', { defaultValue: 0 }),
    integer('localeid', 0, 2_147_483_647, 'Locale'),
    integer('timezonecode', -1, 2_147_483_647, 'Time zone'),
    integer('paginglimit', 1, 250, 'Rows a page', { defaultValue: 50 }),
    text('dateformatstring', 255, 'Date format'),
    text('timeformatstring', 255, 'Time format'),
    lookup('businessunitid', ['businessunit'], 'Business Unit', readOnly),
  ],
  {
    primaryId: 'systemuserid',
    set: 'usersettingscollection',
    ownership: 'BusinessOwned',
    changeTracking: false,
    displayName: label('User Settings', 'Paramètres utilisateur'),
  },
);

export const team = table(
  'team',
  'Team',
  9,
  'name',
  [
    text('name', 160, 'Team Name', systemRequired),
    memo('description', 2000, 'Description'),
    lookup('businessunitid', ['businessunit'], 'Business Unit', systemRequired),
    lookup('administratorid', ['systemuser'], 'Administrator'),
    lookup('queueid', ['queue'], 'Default Queue'),
    choice(
      'teamtype',
      'Team Type',
      { 0: 'Owner', 1: 'Access', 2: 'Security Group', 3: 'Office Group' },
      { defaultValue: 0 },
    ),
    yesNo('isdefault', 'Is Default', readOnly),
  ],
  { ownership: 'BusinessOwned' },
);

const intersect = { ownership: 'None', privilegeName: null, changeTracking: false } as const;

export const teammembership = table(
  'teammembership',
  'TeamMembership',
  23,
  null,
  [guid('systemuserid', 'User', createOnly), guid('teamid', 'Team', createOnly)],
  { ...intersect, set: 'teammemberships' },
);

export const systemuserroles = table(
  'systemuserroles',
  'SystemUserRoles',
  14,
  null,
  [guid('systemuserid', 'User', createOnly), guid('roleid', 'Role', createOnly)],
  { ...intersect, primaryId: 'systemuserroleid', set: 'systemuserrolescollection' },
);

export const teamroles = table(
  'teamroles',
  'TeamRoles',
  40,
  null,
  [guid('teamid', 'Team', createOnly), guid('roleid', 'Role', createOnly)],
  { ...intersect, primaryId: 'teamroleid', set: 'teamrolescollection' },
);

export const systemuserprofiles = table(
  'systemuserprofiles',
  'SystemUserProfiles',
  1202,
  null,
  [guid('systemuserid', 'User', createOnly), guid('fieldsecurityprofileid', 'Profile', createOnly)],
  { ...intersect, primaryId: 'systemuserprofileid', set: 'systemuserprofilescollection' },
);

export const teamprofiles = table(
  'teamprofiles',
  'TeamProfiles',
  1203,
  null,
  [guid('teamid', 'Team', createOnly), guid('fieldsecurityprofileid', 'Profile', createOnly)],
  { ...intersect, primaryId: 'teamprofileid', set: 'teamprofilescollection' },
);

export const role = table(
  'role',
  'Role',
  1036,
  'name',
  [
    text('name', 100, 'Name', systemRequired),
    lookup('businessunitid', ['businessunit'], 'Business Unit', systemRequired),
    lookup('parentroleid', ['role'], 'Parent Role'),
    lookup('parentrootroleid', ['role'], 'Parent Root Role', readOnly),
    lookup('roletemplateid', ['roletemplate'], 'Role Template ID', readOnly),
    yesNo('ismanaged', 'Is Managed', readOnly),
  ],
  { ownership: 'BusinessOwned' },
);

/** What a role of Microsoft's was made from. Source: learn.microsoft.com, "Role Template (RoleTemplate) table/entity reference". */
export const roletemplate = table(
  'roletemplate',
  'RoleTemplate',
  1037,
  'name',
  [text('name', 100, 'Name', systemRequired)],
  { ownership: 'None', privilegeName: null, changeTracking: false },
);

export const privilege = table(
  'privilege',
  'Privilege',
  1023,
  'name',
  [
    text('name', 100, 'Name', readOnly),
    integer('accessright', 0, 2_147_483_647, 'Access Right', readOnly),
    yesNo('canbebasic', 'Can Be Basic', readOnly),
    yesNo('canbelocal', 'Can Be Local', readOnly),
    yesNo('canbedeep', 'Can Be Deep', readOnly),
    yesNo('canbeglobal', 'Can Be Global', readOnly),
  ],
  { ownership: 'None', privilegeName: null, changeTracking: false },
);

export const roleprivileges = table(
  'roleprivileges',
  'RolePrivileges',
  12,
  null,
  [
    guid('roleid', 'Role', createOnly),
    guid('privilegeid', 'Privilege', createOnly),
    integer('privilegedepthmask', 0, 15, 'Privilege Depth Mask'),
  ],
  { ...intersect, primaryId: 'roleprivilegeid', set: 'roleprivilegescollection' },
);

export const businessunit = table(
  'businessunit',
  'BusinessUnit',
  10,
  'name',
  [
    text('name', 160, 'Name', systemRequired),
    text('divisionname', 100, 'Division'),
    memo('description', 2000, 'Description'),
    lookup('parentbusinessunitid', ['businessunit'], 'Parent Business'),
    yesNo('isdisabled', 'Is Disabled'),
  ],
  { ownership: 'BusinessOwned' },
);

export const organization = table(
  'organization',
  'Organization',
  1019,
  'name',
  [
    text('name', 160, 'Organization Name', systemRequired),
    integer('languagecode', 0, 1_000_000, 'Language', readOnly),
    integer('localeid', 0, 1_000_000, 'Locale'),
    lookup('basecurrencyid', ['transactioncurrency'], 'Currency', readOnly),
    text('basecurrencysymbol', 13, 'Base Currency Symbol', readOnly),
    integer('basecurrencyprecision', 0, 10, 'Base Currency Precision', readOnly),
    integer('blockedattachments', 0, 1, 'Blocked Attachments', { isValidForRead: false }),
    yesNo('isauditenabled', 'Is Auditing Enabled'),
    integer('auditretentionperiodv2', -1, 365_000, 'Audit Retention Period Settings'),
  ],
  { ownership: 'None', privilegeName: null },
);

export const transactioncurrency = table(
  'transactioncurrency',
  'TransactionCurrency',
  9105,
  'currencyname',
  [
    text('currencyname', 100, 'Currency Name', systemRequired),
    text('isocurrencycode', 5, 'Currency Code', systemRequired),
    text('currencysymbol', 13, 'Currency Symbol', systemRequired),
    integer('currencyprecision', 0, 4, 'Currency Precision', { defaultValue: 2 }),
    decimal('exchangerate', 12, 'Exchange Rate', { minValue: 1e-10, maxValue: 1e11 }),
    column('Lookup', 'organizationid', 'Organization', { targets: ['organization'], ...readOnly }),
    ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] }),
  ],
  { ownership: 'OrganizationOwned', displayName: label('Currency', 'Devise'), set: 'transactioncurrencies' },
);
