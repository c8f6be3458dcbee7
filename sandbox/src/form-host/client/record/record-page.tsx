import * as React from 'react';
import type { HostDefinition } from '../../contract';
import { RecordForm, type RecordFormProps } from '../form/record-form';
import { word } from '../words';
import { TableProblem } from './table-problem';
import { definitionOf, useTable } from './use-table';

export interface RecordPageProps extends Omit<RecordFormProps, 'definition'> {
  readonly table: string;
  readonly host: HostDefinition;
}

/** A row of a table of the solution on its main form. */
export function RecordPage({ table, host, ...props }: RecordPageProps) {
  const { language } = props;
  const state = useTable(table, language);
  const pages = state && 'pages' in state ? state.pages : null;
  const definition = React.useMemo(() => pages && definitionOf(host, pages), [host, pages]);
  if (state === null)
    return (
      <p className="card section" role="status">
        {word(language, 'loading')}
      </p>
    );
  if (definition === null)
    return <TableProblem language={language} reason={'problem' in state ? state.problem : word(language, 'noForm')} />;
  return <RecordForm {...props} definition={definition} />;
}
