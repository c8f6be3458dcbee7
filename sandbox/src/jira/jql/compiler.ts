import { entryOf } from '@crmjira/domain';
import type { Clause, Operand, TerminalClause } from '@atlaskit/jql-ast';
import { readDuration } from '../site/duration';
import type { IssueRow } from '../site/rows';
import { changedTest } from './changed-test';
import { compareSortKeys, historyTest, textTest } from './match-values';
import type { Operands } from './operands';
import { propertyTest } from './property-test';
import type { QueryContext, Test } from './query-context';
import { dateFunction, readQueryDate } from './query-dates';
import { findQueryField } from './query-fields';
import type { QueryField } from './query-fields';
import { idFunction } from './query-functions';

const OPPOSITE: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
  '~': '!~',
  '!~': '~',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  was: 'was not',
  'was not': 'was',
  'was in': 'was not in',
  'was not in': 'was in',
};

/** Compiles operands and clauses, collecting every problem so that the answer names all of them. */
export class Compiler implements Operands {
  readonly problems: string[] = [];

  constructor(
    readonly context: QueryContext,
    private readonly unknownValues: 'refused' | 'match nothing' = 'refused',
  ) {}

  clause(clause: Clause, negated: boolean): Test {
    if (clause.clauseType === 'not') return this.clause(clause.clause, !negated);
    if (clause.clauseType === 'terminal') return this.terminal(clause, negated);
    const tests = clause.clauses.map((part) => this.clause(part, negated));
    const all = (clause.operator.value === 'and') !== negated;
    return all ? (issue) => tests.every((test) => test(issue)) : (issue) => tests.some((test) => test(issue));
  }

  /** The project that a clause without problems is confined to, so that the issues of no other are looked at; null = none. */
  onlyProject(clause: Clause): string | null {
    if (clause.clauseType === 'compound' && clause.operator.value === 'and')
      return clause.clauses.map((part) => this.onlyProject(part)).find((id) => id !== null) ?? null;
    if (clause.clauseType !== 'terminal' || clause.operator?.value !== '=') return null;
    const field = findQueryField(this.context.view, clause.field.value);
    if (field?.kind !== 'set' || field.name !== 'project' || clause.operand?.operandType !== 'value') return null;
    const ids = this.ids(field, clause.operand, field.name);
    return ids.length === 1 ? (ids[0] ?? null) : null;
  }

  problem(text: string): Test {
    this.problems.push(text);
    return () => false;
  }

  private terminal(clause: TerminalClause, negated: boolean): Test {
    const name = clause.field.value;
    const property = clause.field.properties?.[0];
    if (/^issue\.property$/i.test(name) && property?.key) {
      const path = property.path?.map((part) => part.value.replace(/^\./, '')) ?? [];
      return propertyTest(this, property.key.value, path, clause, negated);
    }
    const field = findQueryField(this.context.view, name);
    if (!field) return this.problem(`Field '${name}' does not exist or you do not have permission to view it.`);
    const written = clause.operator?.value;
    if (!written) return this.problem(`Error in the JQL Query: Expecting operator after '${name}'.`);
    if (written === 'changed') {
      const test = changedTest(this, field, clause, name);
      return negated ? (issue) => !test(issue) : test;
    }
    const operator = negated ? (entryOf(OPPOSITE, written) ?? written) : written;
    const operand = clause.operand;
    if (!operand)
      return this.problem(
        `Error in the JQL Query: Expecting either a value, list or function before the end of the query.`,
      );
    if (operator === 'is' || operator === 'is not' || operand.operandType === 'keyword')
      return this.emptiness(field, operator, operand, name);
    if (field.kind === 'set') return this.inSet(field, operator, operand, name);
    if (field.kind === 'text') return this.inText(field, operator, operand, name);
    return this.compared(field, operator, operand, name);
  }

  unsupported(operator: string, name: string): Test {
    return this.problem(`The operator '${operator}' is not supported by the '${name}' field.`);
  }

  private emptiness(field: QueryField, operator: string, operand: Operand, name: string): Test {
    if (operand.operandType !== 'keyword')
      return this.problem(
        `The operator '${operator}' is not supported for values other than EMPTY by the '${name}' field.`,
      );
    const empty = operator === 'is' || operator === '=';
    if (!empty && operator !== 'is not' && operator !== '!=') return this.unsupported(operator, name);
    return (issue) => (field.read(issue).length === 0) === empty;
  }

  texts(operand: Operand, name: string): { text: string; isId: boolean }[] {
    if (operand.operandType === 'list') return operand.values.flatMap((value) => this.texts(value, name));
    if (operand.operandType === 'value') return [{ text: operand.value, isId: false }];
    if (operand.operandType === 'keyword') return [];
    const args = operand.arguments.map((argument) => argument.value);
    const ids = idFunction(this.context, operand.function.value, args);
    if (ids === null) {
      this.problems.push(`Unable to find JQL function '${operand.function.value}(${args.join(', ')})'.`);
      return [];
    }
    return ids.map((text) => ({ text, isId: true }));
  }

  ids(field: Extract<QueryField, { kind: 'set' }>, operand: Operand, name: string): string[] {
    return this.texts(operand, name).flatMap(({ text, isId }) => {
      if (isId) return [text];
      const ids = field.resolve(text);
      if (ids) return ids;
      if (this.unknownValues === 'match nothing') return [];
      this.problems.push(
        field.name === 'key' || field.name === 'parent'
          ? `An issue with key '${text}' does not exist for field '${name}'.`
          : `The value '${text}' does not exist for the field '${name}'.`,
      );
      return [];
    });
  }

  private inSet(field: Extract<QueryField, { kind: 'set' }>, operator: string, operand: Operand, name: string): Test {
    const ids = this.ids(field, operand, name);
    // `in (currentUser(), EMPTY)` takes the empty ones too
    const orEmpty = operand.operandType === 'list' && operand.values.some((value) => value.operandType === 'keyword');
    const holds = (issue: IssueRow) => {
      const held = field.read(issue);
      return held.length === 0 ? orEmpty : held.some((id) => ids.includes(id));
    };
    // `resolution = Unresolved` names no id: it means empty
    const meansEmpty = field.name === 'resolution' && ids.length === 0;
    switch (operator) {
      case '=':
      case 'in':
        return meansEmpty ? (issue) => field.read(issue).length === 0 : holds;
      case '!=':
      case 'not in':
        // an empty field is neither equal nor unequal
        return (issue) => field.read(issue).length > 0 && (meansEmpty || !holds(issue));
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const { rank } = field;
        if (!rank) return this.unsupported(operator, name);
        const limit = rank(ids[0] ?? '');
        return (issue) => field.read(issue).some((id) => ordered(operator, compareSortKeys(rank(id), limit)));
      }
      case 'was':
      case 'was in':
      case 'was not':
      case 'was not in': {
        if (!field.history) return this.problem(`History searches do not support the '${name}' field.`);
        const was = historyTest(this.context.view.site, field.history, field.read, ids);
        return operator.includes('not') ? (issue) => !was(issue) : was;
      }
      default:
        return this.unsupported(operator, name);
    }
  }

  private inText(field: Extract<QueryField, { kind: 'text' }>, operator: string, operand: Operand, name: string): Test {
    if (operator !== '~' && operator !== '!~') return this.unsupported(operator, name);
    const test = textTest(this.texts(operand, name).map(({ text }) => text)[0] ?? '');
    return operator === '~'
      ? (issue) => field.read(issue).some(test)
      : (issue) => field.read(issue).length > 0 && !field.read(issue).some(test);
  }

  private compared(
    field: Exclude<QueryField, { kind: 'set' | 'text' }>,
    operator: string,
    operand: Operand,
    name: string,
  ): Test {
    const limits =
      operand.operandType === 'list'
        ? operand.values.map((value) => this.limit(field, value, name))
        : [this.limit(field, operand, name)];
    const read = (issue: IssueRow) => (field.kind === 'moment' ? field.read(issue).map(minuteOf) : field.read(issue));
    const equal = (issue: IssueRow) =>
      read(issue).some((value) => limits.some((limit) => compareSortKeys(value, limit) === 0));
    switch (operator) {
      case '=':
      case 'in':
        return equal;
      case '!=':
      case 'not in':
        return (issue) => read(issue).length > 0 && !equal(issue);
      case '<':
      case '<=':
      case '>':
      case '>=':
        return (issue) =>
          field.read(issue).some((value) => ordered(operator, compareSortKeys(value, limits[0] ?? null)));
      default:
        return this.unsupported(operator, name);
    }
  }

  limit(field: Exclude<QueryField, { kind: 'set' | 'text' }>, operand: Operand, name: string): string | number | null {
    if (field.kind === 'number') {
      const [value] = this.texts(operand, name);
      const number = field.isDuration ? readDuration(value?.text) : Number(value?.text);
      if (number !== null && !Number.isNaN(number)) return number;
      this.problems.push(
        field.isDuration
          ? `Duration value '${value?.text ?? ''}' is invalid for field '${name}'. Valid formats include '4w 2d' and '1h 30m'.`
          : `Value '${value?.text ?? ''}' is not a valid number for field '${name}'.`,
      );
      return null;
    }
    const date =
      operand.operandType === 'function'
        ? dateFunction(
            operand.function.value,
            operand.arguments.map((argument) => argument.value),
            this.context.now,
          )
        : operand.operandType === 'value'
          ? readQueryDate(operand.value, this.context.now)
          : null;
    if (date) return field.kind === 'day' ? date.toISOString().slice(0, 10) : date.toISOString();
    this.problems.push(
      operand.operandType === 'function'
        ? `Unable to find JQL function '${operand.function.value}()'.`
        : `Date value '${operand.operandType === 'value' ? operand.value : ''}' for field '${name}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
    return null;
  }
}

/** Moments are equal to the minute, which is as fine as JQL writes them. */
const minuteOf = (moment: string): string => `${moment.slice(0, 17)}00.000Z`;

function ordered(operator: string, order: number): boolean {
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}
