import type { FormCell, HostDefinition } from '../../contract';
import { type Language, labelIn } from '../language';

/** Label of a column where the form shows it, else its display name, else its logical name. */
export function labelOfColumn(definition: HostDefinition, column: string, language: Language): string {
  const cell = allCells(definition).find((one) => one.control?.column === column && one.control.kind !== 'custom');
  return labelIn(language, cell?.label) || labelIn(language, definition.columns[column]?.label) || column;
}

function allCells(definition: HostDefinition): FormCell[] {
  const tabs = definition.form.tabs.flatMap((tab) =>
    tab.columns.flatMap((column) => column.sections.flatMap((section) => section.rows.flat())),
  );
  return [...definition.form.header, ...tabs];
}
