import { CommandType, commandTypeLabels, type Language } from '@crmjira/domain';
import { type Screen, readScreen } from '@crmjira/form-data';
import * as React from 'react';
import { askAbout } from '../../commands/ask-about';

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
      if (current) setState({ projectId, screen: readScreen(answer) });
    });
    return () => {
      current = false;
    };
  }, [table, id, projectId, language]);
  return state?.projectId === projectId ? state.screen : undefined;
}
