import * as React from 'react';
import type { SubGridPlacement } from '../../contract';
import type { FormSession } from '../form/form-session';
import { useModel } from '../use-session';
import { WebApiError } from '../web-api/web-api';
import { word } from '../words';
import { type SubGridRows, readSubGrid } from './read-sub-grid';

export interface SubGridProps {
  readonly grid: SubGridPlacement;
  readonly label: string;
  readonly session: FormSession;
}

/** Rows that belong to the record; read when the form opens and whenever the record has changed. */
export function SubGrid({ grid, label, session }: SubGridProps) {
  const { language, id, definition } = session.parts;
  const { etag, currency } = useModel(session.model);
  const [shown, setShown] = React.useState<SubGridRows | null>(null);
  const [problem, setProblem] = React.useState<string | null>(null);
  React.useEffect(() => {
    const table = definition.related?.[grid.relationship];
    if (!table) return undefined;
    let current = true;
    readSubGrid(grid, table, id, language, currency).then(
      (rows) => {
        if (!current) return;
        setShown(rows);
        setProblem(null);
      },
      (error: unknown) => {
        if (!current) return;
        const refused = error instanceof WebApiError && error.status === 403;
        setProblem(refused ? word(language, 'gridHidden') : error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      current = false;
    };
  }, [definition, grid, id, language, etag, currency]);

  return (
    <div className="list sub-grid">
      {problem && <p role="alert">{problem}</p>}
      {!shown && !problem && <p role="status">{word(language, 'loading')}</p>}
      {shown && !problem && (
        <table>
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              {shown.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.rows.map((row) => (
              <tr key={row.id}>
                {row.cells.map((cell, at) => (
                  <td key={at} data-label={shown.columns[at]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown && !problem && (
        <p className="small sub">
          {shown.rows.length === 0
            ? word(language, 'gridEmpty')
            : word(language, 'gridRows', { n: String(Math.max(shown.total, shown.rows.length)) })}
        </p>
      )}
    </div>
  );
}
