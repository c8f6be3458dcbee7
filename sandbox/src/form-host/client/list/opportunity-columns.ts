import type { HostDefinition } from '../../contract';
import { type Language, labelIn, localeOf } from '../language';
import type { Word } from '../words';
import type { OpportunityLine } from './read-opportunities';

export type SortDirection = 'ascending' | 'descending';

export interface OpportunityColumn {
  readonly name: string;
  readonly word: Word;
  readonly isNumber: boolean;
  /** what the column is sorted by; null stands first */
  readonly sortedBy: (line: OpportunityLine) => string | number | null;
}

export function opportunityColumns(definition: HostDefinition): readonly OpportunityColumn[] {
  const column = (word: Word, sortedBy: OpportunityColumn['sortedBy'], isNumber = false): OpportunityColumn => ({
    name: word,
    word,
    isNumber,
    sortedBy,
  });
  const order = definition.process?.stages.map(({ id }) => id) ?? [];
  return [
    column('topic', (line) => line.name),
    column('account', (line) => line.account),
    column('stage', (line) => (line.stage === null ? null : order.indexOf(line.stage))),
    column('budget', (line) => line.budget, true),
    column('burn', (line) => line.utilization),
    column('jiraProject', (line) => line.projectKey),
    column('owner', (line) => line.owner),
  ];
}

export function stageName(definition: HostDefinition, id: string | null, language: Language): string {
  return labelIn(language, definition.process?.stages.find((stage) => stage.id === id)?.name);
}

export function sortLines(
  lines: readonly OpportunityLine[],
  { sortedBy }: OpportunityColumn,
  direction: SortDirection,
  language: Language,
): readonly OpportunityLine[] {
  const { compare } = new Intl.Collator(localeOf(language), { numeric: true });
  const sign = direction === 'ascending' ? 1 : -1;
  return lines.toSorted((one, other) => {
    const [left, right] = [sortedBy(one), sortedBy(other)];
    if (left === null || right === null) return sign * (Number(left !== null) - Number(right !== null));
    return (
      sign *
      (typeof left === 'number' && typeof right === 'number' ? left - right : compare(String(left), String(right)))
    );
  });
}
