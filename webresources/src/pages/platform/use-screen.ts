import { CommandType, commandTypeLabels, type Language } from '@crmjira/domain';
import * as React from 'react';
import { askAbout } from '../../commands/ask-about';

/** What Jira asks for when an issue is created in a project, as the service answers (command 16). */
export interface Screen {
  readonly types: readonly {
    readonly name: string;
    /** required ones, beside those that every issue has */
    readonly fields: readonly { readonly id: string; readonly name: string; readonly options?: readonly string[] }[];
  }[];
  /** Jira's word for each of our priorities */
  readonly priorities: Readonly<Record<string, string>>;
  readonly priority: string;
  readonly description: string;
  readonly labels: readonly string[];
}

/** Null where the answer is none of this kind. */
export function screenOf(answer: unknown): Screen | null {
  // The service's own document: with types to choose from it is whole.
  const screen = answer as Screen | null;
  return screen?.types?.[0] ? screen : null;
}

/** Undefined while it is on its way, null where nobody says. @param projectId empty: none is chosen */
export function useScreen(
  regarding: { readonly table: string; readonly id: string } | null,
  projectId: string,
  language: Language,
): Screen | null | undefined {
  const [state, setState] = React.useState<{ readonly projectId: string; readonly screen: Screen | null }>();
  const [table, id] = [regarding?.table, regarding?.id];
  React.useEffect(() => {
    let current = true;
    if (table === undefined || id === undefined || projectId === '') return undefined;
    const name = commandTypeLabels[CommandType.FindIssues][language];
    const wanted = { regarding: { table, id }, type: CommandType.FindIssues, name, payload: { screen: projectId } };
    void askAbout(wanted, () => current).then(({ answer }) => {
      if (current) setState({ projectId, screen: screenOf(answer) });
    });
    return () => {
      current = false;
    };
  }, [table, id, projectId, language]);
  return state?.projectId === projectId ? state.screen : undefined;
}
