import type { ColumnMetadata } from '@crmjira/domain';
import { randomUUID } from 'node:crypto';
import type { Operation } from '../crud/operation';
import type { Table } from '../metadata/schema';
import { formatValue, nameOf } from '../annotations/format-value';
import { isReference, type Row, type Value } from '../store/row';
import type { Step } from './registered-steps';
import type { StepEvent } from './step-event';

const contracts = 'http://schemas.microsoft.com/xrm/2011/Contracts';

type Pair = { readonly key: string; readonly value: unknown };

/**
 * The body of a webhook call: a RemoteExecutionContext in the JSON of .NET's DataContract serializer, dictionaries as lists
 * of key and value. Shape: learn.microsoft.com "Use webhooks", sample of an asynchronous contact update.
 */
export function executionContext(
  operation: Operation,
  event: StepEvent,
  step: Step,
): Readonly<Record<string, unknown>> {
  const stage = step.asynchronous ? 40 : step.stage;
  const context = base(operation, event, step, stage);
  return {
    ...context,
    ParentContext: step.asynchronous
      ? { ...base(operation, event, step, 30), PostEntityImages: [], PreEntityImages: [] }
      : null,
  };
}

function base(operation: Operation, event: StepEvent, step: Step, stage: number): Readonly<Record<string, unknown>> {
  const { caller, platform, now } = operation;
  return {
    BusinessUnitId: caller.businessUnitId,
    CorrelationId: operation.correlationId,
    Depth: operation.depth,
    InitiatingUserAgent: '',
    InitiatingUserAzureActiveDirectoryObjectId: '00000000-0000-0000-0000-000000000000',
    InitiatingUserId: caller.initiatingUserId,
    InputParameters: inputParameters(operation, event),
    IsExecutingOffline: false,
    IsInTransaction: !step.asynchronous && stage !== 10,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: event.message,
    Mode: step.asynchronous ? 1 : 0,
    OperationCreatedOn: `/Date(${now.getTime()}+0000)/`,
    OperationId: step.asynchronous ? randomUUID() : operation.requestId,
    OrganizationId: platform.organizationId,
    OrganizationName: 'crmjira-sandbox',
    OutputParameters: event.message === 'Create' && stage === 40 ? [{ key: 'id', value: event.id }] : [],
    OwningExtension: reference('sdkmessageprocessingstep', step.id, null),
    ParentContext: null,
    PostEntityImages: stage === 40 ? postImages(operation, event, step) : [],
    PreEntityImages: images(
      operation,
      event,
      event.before,
      step.images.filter(({ pre }) => pre),
    ),
    PrimaryEntityId: event.id,
    PrimaryEntityName: event.table.logicalName,
    RequestId: operation.requestId,
    SecondaryEntityName: 'none',
    SharedVariables: [
      { key: 'IsAutoTransact', value: true },
      { key: 'AcceptLang', value: '' },
      { key: 'DefaultsAddedFlag', value: true },
    ],
    Stage: stage,
    UserAzureActiveDirectoryObjectId: caller.azureObjectId,
    UserId: caller.userId,
  };
}

function inputParameters(operation: Operation, event: StepEvent): readonly Pair[] {
  const suppress: Pair = { key: 'SuppressDuplicateDetection', value: false };
  if (event.message === 'Delete') return [{ key: 'Target', value: reference(event.table.logicalName, event.id, null) }];
  const target = { ...event.target, [event.table.primaryId]: event.id };
  return [{ key: 'Target', value: entity(operation, event.table, event.id, target) }, suppress];
}

function postImages(operation: Operation, event: StepEvent, step: Step): readonly Pair[] {
  const registered = images(
    operation,
    event,
    event.after,
    step.images.filter(({ post }) => post),
  );
  const { primaryName, primaryId } = event.table;
  if (!step.asynchronous || !event.after || primaryName === null) return registered;
  // The system job needs a name to be listed under.
  const named = { [primaryName]: event.after[primaryName] ?? null, [primaryId]: event.id };
  return [
    ...registered,
    { key: 'AsynchronousStepPrimaryName', value: entity(operation, event.table, event.id, named) },
  ];
}

const images = (operation: Operation, event: StepEvent, row: Row | null, wanted: Step['images']): readonly Pair[] =>
  row === null
    ? []
    : wanted.map(({ alias, columns }) => {
        const names = columns === null ? Object.keys(row) : [...columns, event.table.primaryId];
        const picked = Object.fromEntries(
          names.filter((name) => row[name] != null).map((name) => [name, row[name] ?? null]),
        );
        return { key: alias, value: entity(operation, event.table, event.id, picked) };
      });

function entity(operation: Operation, table: Table, id: string, values: Readonly<Record<string, Value>>): unknown {
  const attributes: Pair[] = [];
  const formatted: Pair[] = [];
  for (const [name, value] of Object.entries(values)) {
    const column = table.column.get(name);
    if (!column || column.type === 'Virtual' || name === 'versionnumber') continue;
    attributes.push({ key: name, value: attribute(operation, column, value) });
    if (value === null || isReference(value)) continue;
    const text = ['Picklist', 'State', 'Status', 'Boolean', 'Money', 'DateTime'].includes(column.type)
      ? formatValue(operation.scope, column, value, operation.tx.get(table.logicalName, id) ?? {})
      : null;
    if (text !== null) formatted.push({ key: name, value: text });
  }
  return {
    __type: `Entity:${contracts}`,
    Attributes: attributes,
    EntityState: null,
    FormattedValues: formatted,
    Id: id,
    KeyAttributes: [],
    LogicalName: table.logicalName,
    RelatedEntities: [],
    RowVersion: null,
  };
}

function attribute(operation: Operation, column: ColumnMetadata, value: Value): unknown {
  if (value === null) return null;
  if (isReference(value)) return reference(value.table, value.id, nameOf(operation.scope, value));
  switch (column.type) {
    case 'Money':
      return { __type: `Money:${contracts}`, Value: value };
    case 'Picklist':
    case 'State':
    case 'Status':
      return { __type: `OptionSetValue:${contracts}`, Value: value };
    case 'MultiSelectPicklist':
      return String(value)
        .split(',')
        .map((each) => ({ __type: `OptionSetValue:${contracts}`, Value: Number(each) }));
    case 'DateTime':
      return `/Date(${Date.parse(String(value))})/`;
    default:
      return value;
  }
}

const reference = (table: string, id: string, name: string | null): unknown => ({
  __type: `EntityReference:${contracts}`,
  Id: id,
  KeyAttributes: [],
  LogicalName: table,
  Name: name,
  RowVersion: null,
});
