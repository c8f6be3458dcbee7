import * as React from 'react';
import type { HostDefinition, TablePages } from '../../contract';
import type { Language } from '../language';
import { callHost } from '../panels/host-api';
import { hasPages } from '../web-api/tables';
import { word } from '../words';
import { problemText } from '../web-api/problem-text';

/** A table's pages, or the sentence that says why there are none; null while they are read. */
export type TableState = { readonly pages: TablePages } | { readonly problem: string } | null;

/** What the solution shows of a table. */
export function useTable(table: string, language: Language): TableState {
  const [state, set] = React.useState<TableState>(null);
  React.useEffect(() => {
    let current = true;
    set(hasPages(table) ? null : { problem: word(language, 'noTable', { table }) });
    if (!hasPages(table)) return undefined;
    callHost(`/host/tables/${table}`).then(
      // The page and its server are one build: the answer is this type.
      (pages) => current && set({ pages: pages as TablePages }),
      (error: unknown) => current && set({ problem: problemText(error, language) }),
    );
    return () => {
      current = false;
    };
  }, [table, language]);
  return state;
}

/** The page's definition for the form of another table; null when the solution has no form of it. The process is the Opportunity's. */
export function definitionOf(host: HostDefinition, pages: TablePages): HostDefinition | null {
  const { form, columns, related, ribbon } = pages;
  if (form === null) return null;
  return { ...host, table: pages, form, columns, related, ribbon, process: null };
}
