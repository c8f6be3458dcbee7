import type { Clause, Field, Operand, Query, TerminalClause } from '@atlaskit/jql-ast';

function fieldOf(field: Field) {
  const property = field.properties?.[0];
  const path = property?.path?.map(({ value }) => value.replace(/^\./, '')).join('.') ?? '';
  return {
    name: field.value,
    encodedName: field.text,
    ...(property?.key ? { property: [{ entity: 'issue', key: property.key.value, path }] } : {}),
  };
}

function operandOf(operand: Operand): Record<string, unknown> {
  switch (operand.operandType) {
    case 'value':
      return { value: operand.value, encodedValue: operand.text };
    case 'keyword':
      return { keyword: 'empty', encodedOperand: 'empty' };
    case 'function': {
      const args = operand.arguments.map(({ value }) => value);
      const encoded = operand.arguments.map(({ text }) => text).join(', ');
      return {
        function: operand.function.value,
        arguments: args,
        encodedOperand: `${operand.function.text}(${encoded})`,
      };
    }
    case 'list': {
      const values = operand.values.map(operandOf);
      const encoded = values.map((value) => String(value['encodedValue'] ?? value['encodedOperand']));
      return { values, encodedOperand: `(${encoded.join(', ')})` };
    }
  }
}

function terminalOf(clause: TerminalClause) {
  return {
    field: fieldOf(clause.field),
    operator: clause.operator?.value ?? '',
    ...(clause.operand ? { operand: operandOf(clause.operand) } : {}),
    ...(clause.predicates.length > 0 || clause.operator?.value === 'changed'
      ? {
          predicates: clause.predicates.flatMap(({ operator, operand }) =>
            operand ? [{ operator: operator.value, operand: operandOf(operand) }] : [],
          ),
        }
      : {}),
  };
}

function clauseOf(clause: Clause): Record<string, unknown> {
  if (clause.clauseType === 'terminal') return terminalOf(clause);
  if (clause.clauseType === 'not') return { operator: 'not', clauses: [clauseOf(clause.clause)] };
  return { operator: clause.operator.value, clauses: clause.clauses.map(clauseOf) };
}

/** A parsed query as `jql/parse` tells it. */
export function queryStructure({ where, orderBy }: Query) {
  return {
    ...(where ? { where: clauseOf(where) } : {}),
    ...(orderBy
      ? {
          orderBy: {
            fields: orderBy.fields.map(({ field, direction }) => ({
              field: fieldOf(field),
              ...(direction ? { direction: direction.value.toLowerCase() } : {}),
            })),
          },
        }
      : {}),
  };
}
