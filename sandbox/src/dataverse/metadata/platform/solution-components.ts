import {
  choice,
  column,
  createOnly,
  dateTime,
  guid,
  integer,
  lookup,
  memo,
  readOnly,
  states,
  systemRequired,
  text,
  yesNo,
} from '../columns';
import { table } from '../table';

const organizationOwned = { ownership: 'OrganizationOwned' } as const;
const longest = 1_073_741_823;
const isManaged = yesNo('ismanaged', 'Is Managed', readOnly);

export const systemform = table(
  'systemform',
  'SystemForm',
  1030,
  'name',
  [
    text('name', 100, 'Name', systemRequired),
    memo('description', 2000, 'Description'),
    column('EntityName', 'objecttypecode', 'Entity Name', createOnly),
    choice('type', 'Form Type', { 0: 'Dashboard', 2: 'Main', 6: 'Quick View Form', 7: 'Quick Create', 11: 'Card' }),
    memo('formxml', longest, 'FormXml'),
    yesNo('isdefault', 'Default Form'),
    isManaged,
  ],
  { ...organizationOwned, primaryId: 'formid' },
);

export const savedqueryvisualization = table(
  'savedqueryvisualization',
  'SavedQueryVisualization',
  1111,
  'name',
  [
    text('name', 200, 'Name', systemRequired),
    memo('description', 2000, 'Description'),
    column('EntityName', 'primaryentitytypecode', 'Primary Type Code', createOnly),
    memo('datadescription', longest, 'Data XML'),
    memo('presentationdescription', longest, 'Presentation XML'),
    yesNo('isdefault', 'Default'),
    isManaged,
  ],
  organizationOwned,
);

export const webresource = table(
  'webresource',
  'WebResource',
  9333,
  'name',
  [
    text('name', 256, 'Name', systemRequired),
    text('displayname', 200, 'Display Name'),
    memo('description', 2000, 'Description'),
    choice('webresourcetype', 'Type', {
      1: 'Webpage (HTML)',
      2: 'Style Sheet (CSS)',
      3: 'Script (JScript)',
      4: 'Data (XML)',
      5: 'PNG format',
      6: 'JPG format',
      7: 'GIF format',
      8: 'Silverlight (XAP)',
      9: 'Style Sheet (XSL)',
      10: 'ICO format',
      11: 'Vector format (SVG)',
      12: 'String (RESX)',
    }),
    memo('content', longest, 'Content'),
    isManaged,
  ],
  organizationOwned,
);

export const customcontrol = table(
  'customcontrol',
  'CustomControl',
  9753,
  'name',
  [
    text('name', 250, 'Name', systemRequired),
    text('version', 100, 'Version'),
    memo('manifest', longest, 'Manifest'),
    isManaged,
  ],
  organizationOwned,
);

export const fieldsecurityprofile = table(
  'fieldsecurityprofile',
  'FieldSecurityProfile',
  1200,
  'name',
  [text('name', 100, 'Name', systemRequired), memo('description', 2000, 'Description'), isManaged],
  organizationOwned,
);

const allowed = { 0: 'Not Allowed', 4: 'Allowed' };

export const fieldpermission = table(
  'fieldpermission',
  'FieldPermission',
  1201,
  null,
  [
    column('EntityName', 'entityname', 'Name of the entity', createOnly),
    text('attributelogicalname', 50, 'Name of the attribute', createOnly),
    choice('canread', 'Can Read the attribute', allowed),
    choice('cancreate', 'Can create the attribute', allowed),
    choice('canupdate', 'Can Update the attribute', allowed),
    lookup('fieldsecurityprofileid', ['fieldsecurityprofile'], 'Profile', systemRequired),
  ],
  { ...organizationOwned, privilegeName: 'FieldSecurityProfile' },
);

export const connector = table(
  'connector',
  'Connector',
  372,
  'name',
  [
    text('name', 100, 'Name', systemRequired),
    text('displayname', 100, 'Display Name'),
    memo('description', 2000, 'Description'),
    choice('connectortype', 'Connector Type', { 0: 'Not Specified', 1: 'Custom Connector' }, { defaultValue: 0 }),
    memo('openapidefinition', longest, 'OpenAPI Definition'),
    memo('connectionparameters', longest, 'Connection Parameters'),
    isManaged,
  ],
  { privilegeName: 'Connector' },
);

export const connectionreference = table(
  'connectionreference',
  'connectionreference',
  10_132,
  'connectionreferencedisplayname',
  [
    text('connectionreferencelogicalname', 256, 'Connection Reference Logical Name', systemRequired),
    text('connectionreferencedisplayname', 100, 'Display Name'),
    text('connectorid', 300, 'Connector Id'),
    text('connectionid', 300, 'Connection Id'),
    memo('description', 2000, 'Description'),
    ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] }),
    isManaged,
  ],
  { privilegeName: 'connectionreference' },
);

export const appmodule = table(
  'appmodule',
  'AppModule',
  9700,
  'name',
  [
    text('name', 100, 'Name', systemRequired),
    text('uniquename', 100, 'Unique Name', createOnly),
    memo('description', 2000, 'Description'),
    isManaged,
  ],
  organizationOwned,
);

export const sitemap = table(
  'sitemap',
  'SiteMap',
  4709,
  'sitemapname',
  [
    text('sitemapname', 100, 'Sitemap Name', systemRequired),
    text('sitemapnameunique', 100, 'Sitemap Unique Name', createOnly),
    memo('sitemapxml', longest, 'SiteMapXml'),
    isManaged,
  ],
  { ...organizationOwned, privilegeName: 'SiteMap' },
);

/** One for each import: how far it came and what became of every component. */
export const importjob = table(
  'importjob',
  'ImportJob',
  9107,
  'name',
  [
    text('name', 100, 'Import Job Name'),
    text('solutionname', 100, 'Solution Name'),
    guid('solutionid', 'Solution Id'),
    column('Double', 'progress', 'Progress', { precision: 2, minValue: 0, maxValue: 100 }),
    memo('data', longest, 'Data'),
    dateTime('startedon', 'Started On', readOnly),
    dateTime('completedon', 'Completed On', readOnly),
  ],
  organizationOwned,
);

/** System jobs: what runs after the answer. */
export const asyncoperation = table(
  'asyncoperation',
  'AsyncOperation',
  4700,
  'name',
  [
    text('name', 256, 'System Job Name', systemRequired),
    choice('operationtype', 'System Job Type', {
      1: 'System Event',
      10: 'Workflow',
      203: 'Import Solution Async Operation',
      208: 'Uninstall Solution Async Operation',
    }),
    memo('message', longest, 'Message'),
    memo('friendlymessage', longest, 'Friendly message'),
    integer('errorcode', -2_147_483_648, 2_147_483_647, 'Error Code', readOnly),
    dateTime('startedon', 'Started On', readOnly),
    dateTime('completedon', 'Completed On', readOnly),
    ...states({
      0: ['Ready', { 0: 'Waiting For Resources' }],
      1: ['Suspended', { 10: 'Waiting' }],
      2: ['Locked', { 20: 'In Progress', 21: 'Pausing', 22: 'Canceling' }],
      3: ['Completed', { 30: 'Succeeded', 31: 'Failed', 32: 'Canceled' }],
    }),
  ],
  { privilegeName: 'AsyncOperation' },
);
