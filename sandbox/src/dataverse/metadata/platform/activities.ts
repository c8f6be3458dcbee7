import { choice, column, dateTime, decimal, integer, label } from '../columns';
import { createOnly, guid, lookup, memo, money, readOnly, states, systemRequired, text, yesNo } from '../columns';
import { table } from '../table';
import type { ColumnMetadata } from '@crmjira/domain';

const priority = choice('prioritycode', 'Priority', { 0: 'Low', 1: 'Normal', 2: 'High' }, { defaultValue: 1 });

/** Tables an activity may stand under; the solution's own tables with activities are added when the schema is built. */
export const regardingTargets = ['account', 'contact', 'opportunity', 'lead', 'incident', 'salesorder'] as const;

const activityColumns = (display: string): readonly ColumnMetadata[] => [
  text('subject', 200, 'Subject', { requiredLevel: 'ApplicationRequired' }),
  column('EntityName', 'activitytypecode', 'Activity Type', readOnly),
  memo('description', 100_000, 'Description'),
  lookup('regardingobjectid', regardingTargets, 'Regarding'),
  dateTime('scheduledstart', 'Start Date'),
  dateTime('scheduledend', 'Due Date'),
  dateTime('actualstart', 'Actual Start'),
  dateTime('actualend', 'Actual End'),
  integer('scheduleddurationminutes', 0, 2_147_483_647, 'Scheduled Duration'),
  integer('actualdurationminutes', 0, 2_147_483_647, 'Duration'),
  yesNo('isregularactivity', `Is Regular ${display}`, { ...readOnly, defaultValue: true }),
  yesNo('isbilled', 'Is Billed'),
  yesNo('isworkflowcreated', 'Is Workflow Created'),
  dateTime('sortdate', 'Sort Date'),
  priority,
];

const activity = {
  isActivity: true,
  primaryId: 'activityid',
  privilegeName: 'Activity',
} as const;

export const activitypointer = table(
  'activitypointer',
  'ActivityPointer',
  4200,
  'subject',
  [
    ...activityColumns('Activity'),
    ...states({
      0: ['Open', { 1: 'Open' }],
      1: ['Completed', { 2: 'Completed' }],
      2: ['Canceled', { 3: 'Canceled' }],
      3: ['Scheduled', { 4: 'Scheduled' }],
    }),
  ],
  { ...activity, displayName: label('Activity', 'Activité'), displayCollectionName: label('Activities', 'Activités') },
);

export const task = table(
  'task',
  'Task',
  4212,
  'subject',
  [
    ...activityColumns('Task'),
    text('category', 250, 'Category'),
    text('subcategory', 250, 'Sub-Category'),
    integer('percentcomplete', 0, 100, 'Percent Complete'),
    ...states({
      0: ['Open', { 2: 'Not Started', 3: 'In Progress', 4: 'Waiting on someone else', 7: 'Deferred' }],
      1: ['Completed', { 5: 'Completed' }],
      2: ['Canceled', { 6: 'Canceled' }],
    }),
  ],
  { ...activity, displayName: label('Task', 'Tâche'), displayCollectionName: label('Tasks', 'Tâches') },
);

export const email = table(
  'email',
  'Email',
  4202,
  'subject',
  [
    ...activityColumns('Email'),
    yesNo('directioncode', 'Direction', { defaultValue: true }),
    text('sender', 250, 'From', { format: 'Email' }),
    text('torecipients', 500, 'To Recipients'),
    text('messageid', 320, 'Message ID'),
    text('trackingtoken', 50, 'Tracking Token'),
    text('mimetype', 256, 'Mime Type'),
    dateTime('senton', 'Date Sent', readOnly),
    integer('attachmentcount', 0, 2_147_483_647, 'Attachment Count', readOnly),
    integer('deliveryattempts', 0, 1_000_000_000, 'No. of Delivery Attempts', readOnly),
    yesNo('deliveryreceiptrequested', 'Delivery Receipt Requested'),
    yesNo('readreceiptrequested', 'Read Receipt Requested'),
    yesNo('followemailuserpreference', 'Following'),
    ...(['from', 'to', 'cc', 'bcc'] as const).map((name) => column('PartyList', name, name)),
    ...states({
      0: ['Open', { 1: 'Draft', 8: 'Failed' }],
      1: ['Completed', { 2: 'Completed', 3: 'Sent', 4: 'Received', 6: 'Pending Send', 7: 'Sending' }],
      2: ['Canceled', { 5: 'Canceled' }],
    }),
  ],
  { ...activity, displayName: label('Email', 'Courriel'), displayCollectionName: label('Email Messages', 'Courriels') },
);

export const phonecall = table(
  'phonecall',
  'PhoneCall',
  4210,
  'subject',
  [
    ...activityColumns('Phone Call'),
    text('phonenumber', 200, 'Phone Number', { format: 'Phone' }),
    text('category', 250, 'Category'),
    yesNo('directioncode', 'Direction', { defaultValue: true }),
    yesNo('leftvoicemail', 'Left Voice Mail'),
    ...(['from', 'to'] as const).map((name) => column('PartyList', name, name)),
    ...states({
      0: ['Open', { 1: 'Open' }],
      1: ['Completed', { 2: 'Made', 4: 'Received' }],
      2: ['Canceled', { 3: 'Canceled' }],
    }),
  ],
  { ...activity, displayName: label('Phone Call', 'Appel téléphonique') },
);

export const appointment = table(
  'appointment',
  'Appointment',
  4201,
  'subject',
  [
    ...activityColumns('Appointment'),
    text('location', 200, 'Location'),
    yesNo('isalldayevent', 'All Day Event'),
    ...(['requiredattendees', 'optionalattendees', 'organizer'] as const).map((name) =>
      column('PartyList', name, name),
    ),
    ...states({
      0: ['Open', { 1: 'Free', 2: 'Tentative' }],
      1: ['Completed', { 3: 'Completed' }],
      2: ['Canceled', { 4: 'Canceled' }],
      3: ['Scheduled', { 5: 'Busy', 6: 'Out of Office' }],
    }),
  ],
  { ...activity, displayName: label('Appointment', 'Rendez-vous') },
);

export const letter = table(
  'letter',
  'Letter',
  4207,
  'subject',
  [
    ...activityColumns('Letter'),
    text('address', 200, 'Address'),
    yesNo('directioncode', 'Direction', { defaultValue: true }),
    ...(['from', 'to'] as const).map((name) => column('PartyList', name, name)),
    ...states({
      0: ['Open', { 1: 'Open', 2: 'Draft' }],
      1: ['Completed', { 3: 'Received', 4: 'Sent' }],
      2: ['Canceled', { 5: 'Canceled' }],
    }),
  ],
  { ...activity, displayName: label('Letter', 'Lettre') },
);

export const opportunityclose = table(
  'opportunityclose',
  'OpportunityClose',
  4208,
  'subject',
  [
    ...activityColumns('Opportunity Close'),
    lookup('opportunityid', ['opportunity'], 'Opportunity'),
    money('actualrevenue', 'Actual Revenue', { minValue: -1e12 }),
    choice('opportunitystatuscode', 'Opportunity Status Reason', { 3: 'Won', 4: 'Canceled', 5: 'Out-Sold' }),
    choice('opportunitystatecode', 'Opportunity Status', { 0: 'Open', 1: 'Won', 2: 'Lost' }),
    text('category', 250, 'Category'),
    text('subcategory', 250, 'Sub-Category'),
    ...states({ 0: ['Open', { 1: 'Open' }], 1: ['Completed', { 2: 'Completed' }], 2: ['Canceled', { 3: 'Canceled' }] }),
  ],
  { ...activity, displayName: label('Opportunity Close'), set: 'opportunitycloses' },
);

export const incidentresolution = table(
  'incidentresolution',
  'IncidentResolution',
  4206,
  'subject',
  [
    ...activityColumns('Case Resolution'),
    lookup('incidentid', ['incident'], 'Case'),
    integer('timespent', 0, 2_147_483_647, 'Time Spent'),
    choice('resolutiontypecode', 'Resolution Type', { 5: 'Problem Solved', 1000: 'Information Provided' }),
    text('category', 250, 'Category'),
    text('subcategory', 250, 'Sub-Category'),
    ...states({ 0: ['Open', { 1: 'Open' }], 1: ['Completed', { 2: 'Closed' }], 2: ['Canceled', { 3: 'Canceled' }] }),
  ],
  { ...activity, displayName: label('Case Resolution', 'Résolution de l’incident') },
);

export const orderclose = table(
  'orderclose',
  'OrderClose',
  4209,
  'subject',
  [
    ...activityColumns('Order Close'),
    lookup('salesorderid', ['salesorder'], 'Order'),
    text('ordernumber', 100, 'Order Number'),
    integer('revision', 0, 1_000_000_000, 'Revision'),
    text('category', 250, 'Category'),
    text('subcategory', 250, 'Sub-Category'),
    ...states({ 0: ['Open', { 1: 'Open' }], 1: ['Completed', { 2: 'Completed' }], 2: ['Canceled', { 3: 'Canceled' }] }),
  ],
  { ...activity, displayName: label('Order Close', 'Fermeture de la commande') },
);

export const activityparty = table(
  'activityparty',
  'ActivityParty',
  135,
  'partyidname',
  [
    lookup(
      'activityid',
      ['email', 'task', 'phonecall', 'appointment', 'letter', 'opportunityclose', 'incidentresolution', 'orderclose'],
      'Activity',
      createOnly,
    ),
    lookup('partyid', ['systemuser', 'queue', 'account', 'contact', 'lead', 'opportunity'], 'Party'),
    choice(
      'participationtypemask',
      'Participation Type',
      {
        1: 'Sender',
        2: 'To Recipient',
        3: 'CC Recipient',
        4: 'BCC Recipient',
        5: 'Required attendee',
        6: 'Optional attendee',
        7: 'Organizer',
        8: 'Regarding',
        9: 'Owner',
        10: 'Resource',
        11: 'Customer',
      },
      { requiredLevel: 'SystemRequired' },
    ),
    text('addressused', 320, 'Address', { format: 'Email' }),
    text('partyidname', 400, 'Name', { ...readOnly, isValidForRead: false }),
    yesNo('donotemail', 'Do not allow Emails', readOnly),
    decimal('effort', 2, 'Effort', { minValue: 0 }),
    yesNo('ispartydeleted', 'Is Party Deleted', readOnly),
  ],
  { ownership: 'None', set: 'activityparties', privilegeName: 'Activity', changeTracking: false },
);

export const annotation = table(
  'annotation',
  'Annotation',
  5,
  'subject',
  [
    text('subject', 500, 'Title'),
    memo('notetext', 100_000, 'Description'),
    lookup('objectid', ['account', 'contact', 'opportunity', 'lead', 'incident', 'task', 'email'], 'Regarding'),
    column('EntityName', 'objecttypecode', 'Object Type', readOnly),
    yesNo('isdocument', 'Is Document'),
    text('filename', 255, 'File Name'),
    integer('filesize', 0, 1_000_000_000, 'File Size (Bytes)', readOnly),
    text('mimetype', 256, 'Mime Type'),
    memo('documentbody', 1_073_741_823, 'Document'),
  ],
  { privilegeName: 'Note', displayName: label('Note') },
);

/** An entry of the timeline; written once, never changed. */
export const post = table(
  'post',
  'Post',
  8000,
  'text',
  [
    text('text', 2000, 'Text', createOnly),
    memo('largetext', 1_073_741_823, 'Text', createOnly),
    lookup('regardingobjectid', ['account', 'contact', 'opportunity', 'lead', 'incident', 'product'], 'Regarding', {
      ...createOnly,
      requiredLevel: 'SystemRequired',
    }),
    choice(
      'source',
      'Source',
      { 1: 'Auto Post', 2: 'Manual Post', 3: 'ActionHub Post' },
      { ...createOnly, defaultValue: 2 },
    ),
    choice(
      'type',
      'Type',
      { 1: 'Check-in', 2: 'Idea', 3: 'News', 4: 'Private Message', 5: 'Question', 6: 'Re-post', 7: 'Status' },
      createOnly,
    ),
  ],
  { ownership: 'OrganizationOwned', displayName: label('Post', 'Publication') },
);

export const queue = table('queue', 'Queue', 2020, 'name', [
  text('name', 200, 'Name', systemRequired),
  text('emailaddress', 100, 'Incoming Email', { format: 'Email' }),
  memo('description', 2000, 'Description'),
  choice('queueviewtype', 'Type', { 0: 'Public', 1: 'Private' }, { defaultValue: 0 }),
  choice('queuetypecode', 'Queue type', { 1: 'Default Value' }),
  choice(
    'emailrouteraccessapproval',
    'Mailbox Approval',
    { 0: 'Empty', 1: 'Approved', 2: 'Pending Approval', 3: 'Rejected' },
    { defaultValue: 0 },
  ),
  guid('defaultmailbox', 'Mailbox', { ...readOnly, isValidForRead: false }),
  ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] }),
]);
