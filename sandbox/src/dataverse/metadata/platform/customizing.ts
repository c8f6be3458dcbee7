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
const enabledDisabled = states({ 0: ['Enabled', { 1: 'Enabled' }], 1: ['Disabled', { 2: 'Disabled' }] });
const activeInactive = states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] });

export const publisher = table(
  'publisher',
  'Publisher',
  7101,
  'friendlyname',
  [
    text('uniquename', 256, 'Name', systemRequired),
    text('friendlyname', 256, 'Display Name', systemRequired),
    text('customizationprefix', 8, 'Prefix'),
    integer('customizationoptionvalueprefix', 10000, 99999, 'Option Value Prefix'),
    memo('description', 2000, 'Description'),
  ],
  organizationOwned,
);

export const solution = table(
  'solution',
  'Solution',
  7100,
  'friendlyname',
  [
    text('uniquename', 65, 'Name', systemRequired),
    text('friendlyname', 256, 'Display Name', systemRequired),
    text('version', 256, 'Version', systemRequired),
    yesNo('ismanaged', 'Package Type', readOnly),
    yesNo('isvisible', 'Is Visible Outside Platform', { ...readOnly, defaultValue: true }),
    dateTime('installedon', 'Installed On', readOnly),
    lookup('publisherid', ['publisher'], 'Publisher', systemRequired),
    memo('description', 2000, 'Description'),
  ],
  organizationOwned,
);

export const workflow = table('workflow', 'Workflow', 4703, 'name', [
  text('name', 100, 'Process Name', systemRequired),
  text('uniquename', 256, 'Unique Name'),
  choice('category', 'Category', {
    0: 'Workflow',
    1: 'Dialog',
    2: 'Business Rule',
    3: 'Action',
    4: 'Business Process Flow',
    5: 'Modern Flow',
    6: 'Desktop Flow',
  }),
  choice('type', 'Type', { 1: 'Definition', 2: 'Activation', 3: 'Template' }, { defaultValue: 1 }),
  column('EntityName', 'primaryentity', 'Primary Entity'),
  text('uiflowtype', 50, 'UI Flow Type', { isValidForRead: false }),
  memo('clientdata', 1_073_741_823, 'Client Data'),
  memo('xaml', 1_073_741_823, 'Xaml'),
  ...states({
    0: ['Draft', { 1: 'Draft' }],
    1: ['Activated', { 2: 'Activated' }],
    2: ['Suspended', { 3: 'CompanyDLPViolation' }],
  }),
]);

export const processstage = table(
  'processstage',
  'ProcessStage',
  4724,
  'stagename',
  [
    text('stagename', 4000, 'Process Stage Name', createOnly),
    lookup('processid', ['workflow'], 'Process', createOnly),
    column('EntityName', 'primaryentitytypecode', 'Primary Entity', createOnly),
    choice('stagecategory', 'Stage Category', {
      0: 'Qualify',
      1: 'Develop',
      2: 'Propose',
      3: 'Close',
      4: 'Identify',
      5: 'Research',
      6: 'Resolve',
      7: 'Approval',
    }),
    memo('clientdata', 1_073_741_823, 'Client Data', createOnly),
  ],
  { ownership: 'None', privilegeName: null, changeTracking: false },
);

export const environmentvariabledefinition = table(
  'environmentvariabledefinition',
  'EnvironmentVariableDefinition',
  380,
  'schemaname',
  [
    text('schemaname', 100, 'Schema Name', systemRequired),
    text('displayname', 100, 'Display Name'),
    memo('defaultvalue', 2000, 'Default Value'),
    memo('description', 2000, 'Description'),
    text('hint', 2000, 'Hint'),
    yesNo('isrequired', 'Is Required'),
    choice(
      'type',
      'Type',
      {
        100000000: 'String',
        100000001: 'Number',
        100000002: 'Boolean',
        100000003: 'JSON',
        100000004: 'Data source',
        100000005: 'Secret',
      },
      { defaultValue: 100000000 },
    ),
    ...activeInactive,
  ],
  {
    keys: [
      {
        logicalName: 'schemaname',
        schemaName: 'SchemaName',
        displayName: { 1033: 'Schema Name', 3084: 'Schema Name' },
        columns: ['schemaname'],
      },
    ],
  },
);

export const environmentvariablevalue = table(
  'environmentvariablevalue',
  'EnvironmentVariableValue',
  381,
  'schemaname',
  [
    text('schemaname', 100, 'Schema Name'),
    memo('value', 2000, 'Value'),
    lookup('environmentvariabledefinitionid', ['environmentvariabledefinition'], 'Environment Variable Definition', {
      ...systemRequired,
      schemaName: 'EnvironmentVariableDefinitionId',
    }),
    ...activeInactive,
  ],
  { privilegeName: 'EnvironmentVariableDefinition' },
);

export const serviceendpoint = table(
  'serviceendpoint',
  'ServiceEndpoint',
  4618,
  'name',
  [
    text('name', 200, 'Name', systemRequired),
    memo('description', 2000, 'Description'),
    choice(
      'contract',
      'Contract',
      {
        1: 'OneWay',
        2: 'Queue',
        3: 'Rest',
        4: 'TwoWay',
        5: 'Topic',
        6: 'Queue (Persistent)',
        7: 'Event Hub',
        8: 'Webhook',
        9: 'Event Grid',
      },
      systemRequired,
    ),
    choice('authtype', 'Auth Type', {
      1: 'ACS',
      2: 'SASKey',
      3: 'SASToken',
      4: 'WebhookKey',
      5: 'HttpHeader',
      6: 'HttpQueryString',
      7: 'ConnectionString',
      8: 'AccessKey',
      9: 'ManagedIdentity',
    }),
    /** Written, never read back: the platform keeps it to itself. */
    text('authvalue', 2000, 'Auth Value', { isValidForRead: false }),
    text('url', 2000, 'URL'),
    choice('connectionmode', 'Connection Mode', { 1: 'Normal', 2: 'Federated' }, { defaultValue: 1 }),
    choice('messageformat', 'Message Format', { 1: 'Binary XML', 2: 'Json', 3: 'Text XML' }, { defaultValue: 2 }),
    choice('userclaim', 'User Claim', { 1: 'None', 2: 'UserId', 3: 'UserInfo' }, { defaultValue: 1 }),
    yesNo('isauthvalueset', 'Is AuthValue Set', readOnly),
    text('solutionnamespace', 160, 'Solution Namespace'),
    text('path', 160, 'Path'),
  ],
  organizationOwned,
);

export const sdkmessage = table(
  'sdkmessage',
  'SdkMessage',
  4606,
  'name',
  [
    text('name', 256, 'Name', systemRequired),
    text('categoryname', 25, 'Category Name'),
    yesNo('isactive', 'Is Active', { defaultValue: true }),
    yesNo('isprivate', 'Is Private'),
    guid('sdkmessageidunique', 'Unique Identifier', readOnly),
  ],
  { ...organizationOwned, privilegeName: null },
);

export const sdkmessagefilter = table(
  'sdkmessagefilter',
  'SdkMessageFilter',
  4607,
  'name',
  [
    text('name', 256, 'Name'),
    lookup('sdkmessageid', ['sdkmessage'], 'SDK Message ID', systemRequired),
    column('EntityName', 'primaryobjecttypecode', 'Primary Object Type Code'),
    column('EntityName', 'secondaryobjecttypecode', 'Secondary Object Type Code'),
    integer('availability', 0, 1_000_000_000, 'Availability'),
    yesNo('iscustomprocessingstepallowed', 'Custom Processing Step Allowed', { defaultValue: true }),
  ],
  { ...organizationOwned, privilegeName: null },
);

export const sdkmessageprocessingstep = table(
  'sdkmessageprocessingstep',
  'SdkMessageProcessingStep',
  4608,
  'name',
  [
    text('name', 256, 'Name', systemRequired),
    memo('description', 2000, 'Description'),
    lookup('sdkmessageid', ['sdkmessage'], 'SDK Message', systemRequired),
    lookup('sdkmessagefilterid', ['sdkmessagefilter'], 'SdkMessage Filter'),
    lookup('eventhandler', ['serviceendpoint', 'plugintype'], 'Event Handler', systemRequired),
    lookup('impersonatinguserid', ['systemuser'], 'Impersonating User'),
    text('filteringattributes', 100_000, 'Filtering Attributes'),
    memo('configuration', 1_073_741_823, 'Configuration'),
    choice(
      'stage',
      'Execution Stage',
      {
        5: 'Initial Pre-operation (For internal use only)',
        10: 'Pre-validation',
        15: 'Internal Pre-operation Before External Plugins (For internal use only)',
        20: 'Pre-operation',
        30: 'Main Operation (For internal use only)',
        40: 'Post-operation',
        50: 'Post-operation (Deprecated)',
      },
      { defaultValue: 40, ...systemRequired },
    ),
    choice('mode', 'Execution Mode', { 0: 'Synchronous', 1: 'Asynchronous' }, { defaultValue: 0, ...systemRequired }),
    integer('rank', 0, 2_147_483_647, 'Execution Order', { defaultValue: 1 }),
    choice(
      'supporteddeployment',
      'Deployment',
      { 0: 'Server Only', 1: 'Microsoft Dynamics 365 Client for Outlook Only', 2: 'Both' },
      { defaultValue: 0 },
    ),
    choice('invocationsource', 'Invocation Source', { [-1]: 'Internal', 0: 'Parent', 1: 'Child' }, { defaultValue: 0 }),
    yesNo('asyncautodelete', 'Asynchronous Automatic Delete'),
    ...enabledDisabled,
  ],
  organizationOwned,
);

export const sdkmessageprocessingstepimage = table(
  'sdkmessageprocessingstepimage',
  'SdkMessageProcessingStepImage',
  4615,
  'name',
  [
    text('name', 256, 'Name', systemRequired),
    text('entityalias', 256, 'Entity Alias', systemRequired),
    text('attributes', 100_000, 'Attributes'),
    text('messagepropertyname', 256, 'Message Property Name', systemRequired),
    choice('imagetype', 'Image Type', { 0: 'PreImage', 1: 'PostImage', 2: 'Both' }, systemRequired),
    lookup('sdkmessageprocessingstepid', ['sdkmessageprocessingstep'], 'SDK Message Processing Step', systemRequired),
  ],
  organizationOwned,
);

/** Only so that `eventhandler_plugintype` exists as a navigation property; no code runs in this stand-in. */
export const plugintype = table(
  'plugintype',
  'PluginType',
  4602,
  'name',
  [text('name', 256, 'Name'), text('typename', 256, 'Type Name')],
  organizationOwned,
);
