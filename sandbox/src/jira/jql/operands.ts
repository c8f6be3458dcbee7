import type { Operand } from '@atlaskit/jql-ast';
import type { QueryContext, Test } from './query-context';
import type { QueryField } from './query-fields';

/** Reads what stands right of an operator; what is wrong with it is collected and the test holds for nothing. */
export interface Operands {
  readonly context: QueryContext;
  problem(text: string): Test;
  unsupported(operator: string, name: string): Test;
  /** Texts an operand stands for; functions answer ids. */
  texts(operand: Operand, name: string): { text: string; isId: boolean }[];
  ids(field: Extract<QueryField, { kind: 'set' }>, operand: Operand, name: string): string[];
  limit(field: Exclude<QueryField, { kind: 'set' | 'text' }>, operand: Operand, name: string): string | number | null;
}
