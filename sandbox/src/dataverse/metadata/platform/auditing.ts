import { choice, column, dateTime, guid, label, lookup, memo, readOnly, text } from '../columns';
import { table } from '../table';

/** Read-only to everybody: rows come from changes of audited tables. */
export const audit = table(
  'audit',
  'Audit',
  4567,
  null,
  [
    choice('operation', 'Operation', { 1: 'Create', 2: 'Update', 3: 'Delete', 4: 'Access', 5: 'Upsert' }, readOnly),
    choice('action', 'Event', { 0: 'Unknown', 1: 'Create', 2: 'Update', 3: 'Delete', 13: 'Assign' }, readOnly),
    memo('attributemask', 10_000, 'Changed Field', readOnly),
    column('EntityName', 'objecttypecode', 'Entity', readOnly),
    lookup('objectid', [], 'Record', readOnly),
    lookup('regardingobjectid', [], 'Regarding', readOnly),
    lookup('userid', ['systemuser'], 'Changed By', readOnly),
    lookup('callinguserid', ['systemuser'], 'Calling User', readOnly),
    dateTime('createdon', 'Changed Date', readOnly),
    guid('transactionid', 'Transaction Id', readOnly),
    text('useradditionalinfo', 350, "User's Additional Info", readOnly),
  ],
  {
    ownership: 'None',
    privilegeName: 'AuditSummary',
    changeTracking: false,
    displayName: label('Auditing', 'Audit'),
    displayCollectionName: label('Audits', 'Audits'),
  },
);
