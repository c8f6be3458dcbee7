import type { ProcessFlowMetadata } from '@crmjira/domain';
import { DataverseError } from '../errors';
import type { Table } from '../metadata/schema';
import { numberOf, referenceOf, textOf, type Row, type Value } from '../store/row';
import { timestamp, type Operation } from './operation';

const flowOf = (operation: Operation, table: Table): ProcessFlowMetadata | undefined =>
  table.isBusinessProcessFlow
    ? operation.platform.schema.processFlows.find(({ uniqueName }) => uniqueName === table.logicalName)
    : undefined;

/** A new instance stands on the first stage of its process. */
export function processInstanceDefaults(
  operation: Operation,
  table: Table,
  draft: Row,
): Readonly<Record<string, Value>> {
  const flow = flowOf(operation, table);
  const first = flow?.stages[0];
  if (!flow || !first) return {};
  const active = referenceOf(draft, 'activestageid')?.id ?? first.id;
  const path = textOf(draft, 'traversedpath') ?? (active === first.id ? first.id : active);
  if (!operation.asSystem) checkPath(flow, path, active);
  return {
    processid: { table: 'workflow', id: flow.workflowId },
    activestageid: { table: 'processstage', id: active },
    activestagestartedon: draft.activestagestartedon ?? timestamp(operation.now),
    traversedpath: path,
    bpf_name: textOf(draft, 'bpf_name') ?? flow.name[1033],
  };
}

/**
 * Moving the active stage needs a `traversedpath` that leads there, one adjacent stage at a time.
 * @throws DataverseError 400 with the platform's sentence for a stage outside of the path.
 */
export function processInstanceMove(
  operation: Operation,
  table: Table,
  before: Row,
  draft: Row,
  changed: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const flow = flowOf(operation, table);
  if (!flow) return {};
  const finished = numberOf(draft, 'statecode') === 1 && numberOf(before, 'statecode') === 0;
  const done: Readonly<Record<string, Value>> = finished ? { completedon: timestamp(operation.now) } : {};
  if (!('activestageid' in changed) && !('traversedpath' in changed)) return done;
  const from = referenceOf(before, 'activestageid')?.id;
  const to = referenceOf(draft, 'activestageid')?.id;
  if (to === undefined) throw invalidTransition('');
  checkPath(flow, textOf(draft, 'traversedpath') ?? '', to);
  const stage = flow.stages.find(({ id }) => id === to);
  const previous = flow.stages.find(({ id }) => id === from);
  const before_ = (textOf(before, 'traversedpath') ?? '').split(',');
  const adjacent =
    to === from ||
    previous?.next.includes(to) === true ||
    before_.includes(to) ||
    stage?.next.includes(from ?? '') === true;
  if (!adjacent) throw invalidTransition(stage?.name[1033] ?? to);
  return to === from ? done : { ...done, activestagestartedon: timestamp(operation.now) };
}

function checkPath(flow: ProcessFlowMetadata, path: string, active: string): void {
  const ids = path.split(',').map((id) => id.trim().toLowerCase());
  const stage = flow.stages.find(({ id }) => id === active);
  const name = stage?.name[1033] ?? active;
  if (!stage || !ids.includes(active) || ids[0] !== flow.stages[0]?.id) throw invalidTransition(name);
  for (const [index, id] of ids.entries()) {
    const here = flow.stages.find((each) => each.id === id);
    const next = ids[index + 1];
    const leads =
      next === undefined ||
      here?.next.includes(next) === true ||
      flow.stages.find((each) => each.id === next)?.next.includes(id) === true;
    if (!here || !leads) throw invalidTransition(name);
  }
}

const invalidTransition = (stage: string): DataverseError =>
  new DataverseError(
    400,
    '0x80060388',
    `Invalid stage transition. Transition to stage ${stage} is not in the process active path.`,
  );
