import type { TerminalClause } from '@atlaskit/jql-ast';
import type { Operands } from './operands';
import type { Test } from './query-context';
import { findQueryField } from './query-fields';
import type { QueryField } from './query-fields';

/** `status changed from A to B by somebody after …`: what the history of an issue must hold. */
export function changedTest(operands: Operands, field: QueryField, clause: TerminalClause, name: string): Test {
  if (field.kind !== 'set' || !field.history)
    return operands.problem(`History searches do not support the '${name}' field.`);
  const { history } = field;
  const bounds = clause.predicates.map((predicate) => {
    const kind = predicate.operator.value;
    const operand = predicate.operand;
    if (!operand) return () => true;
    if (kind === 'from' || kind === 'to') {
      const ids = operands.ids(field, operand, name);
      return (item: { on: string; by: string; from: string | null; to: string | null }) =>
        ids.includes(item[kind] ?? '');
    }
    if (kind === 'by') {
      const by = operands
        .texts(operand, name)
        .flatMap(({ text, isId }) =>
          isId ? [text] : ((findQueryField(operands.context.view, 'assignee') as typeof field).resolve(text) ?? []),
        );
      return (item: { by: string }) => by.includes(item.by);
    }
    const values = operand.operandType === 'list' ? operand.values : [operand];
    const [first, second] = values.map((value) => {
      const asDate: Extract<QueryField, { kind: 'moment' }> = {
        kind: 'moment',
        name,
        read: () => [],
        sort: () => null,
      };
      return String(operands.limit(asDate, value, name) ?? '');
    });
    if (kind === 'after') return (item: { on: string }) => item.on > (first ?? '');
    if (kind === 'before') return (item: { on: string }) => item.on < (first ?? '');
    if (kind === 'on') return (item: { on: string }) => item.on.slice(0, 10) === first?.slice(0, 10);
    return (item: { on: string }) => item.on >= (first ?? '') && item.on <= (second ?? first ?? '');
  });
  return (issue) =>
    operands.context.view.site.changes
      .where('issue', issue.id)
      .some((change) =>
        change.items.some(
          (item) =>
            item.fieldId === history &&
            bounds.every((bound) => bound({ on: change.createdOn, by: change.authorId, from: item.from, to: item.to })),
        ),
      );
}
