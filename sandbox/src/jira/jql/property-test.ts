import type { TerminalClause } from '@atlaskit/jql-ast';
import type { IssueRow } from '../site/rows';
import { textTest } from './match-values';
import type { Operands } from './operands';
import type { Test } from './query-context';

/** `issue.property[key].path = value`: an entity property of the issue. */
export function propertyTest(
  operands: Operands,
  key: string,
  path: readonly string[],
  clause: TerminalClause,
  negated: boolean,
): Test {
  const operator = clause.operator?.value ?? '';
  const operand = clause.operand;
  const wanted =
    operand && operand.operandType !== 'keyword' ? operands.texts(operand, key).map(({ text }) => text) : [];
  const parts = path.flatMap((part) => part.split('.')).filter((part) => part !== '');
  const read = (issue: IssueRow): string[] => {
    let value: unknown = operands.context.view.site.property(`issue/${issue.id}`, key)?.value;
    // JSON of the caller: walked property by property, anything missing ends as undefined
    for (const part of parts)
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
    return value === undefined || value === null ? [] : (Array.isArray(value) ? value : [value]).map(String);
  };
  const test: Test =
    operand?.operandType === 'keyword'
      ? (issue) => (read(issue).length === 0) === (operator === 'is' || operator === '=')
      : operator === '=' || operator === 'in'
        ? (issue) => read(issue).some((value) => wanted.includes(value))
        : operator === '!=' || operator === 'not in'
          ? (issue) => read(issue).length > 0 && !read(issue).some((value) => wanted.includes(value))
          : operator === '~'
            ? (issue) => read(issue).some(textTest(wanted[0] ?? ''))
            : operands.unsupported(operator, `issue.property[${key}]`);
  return negated ? (issue) => !test(issue) : test;
}
