import * as React from 'react';
import { CommandBar, ThemeProvider } from '@fluentui/react';
import { type HostTheme, pageTheme } from '../pcf/design-language';
import { word } from '../words';
import { type RibbonParts, useRibbon } from './use-ribbon';
import { loadRibbonScripts } from './visible-buttons';

export interface ListCommandBarProps extends RibbonParts {
  readonly theme: HostTheme;
  /** what the list is called */
  readonly listName: string;
}

/** The buttons that the solution puts above a list or sub-grid; nothing where it puts none. */
export function ListCommandBar({ theme, listName, ...parts }: ListCommandBarProps) {
  const items = useRibbon(parts);
  if (items.length === 0) return null;
  return (
    <ThemeProvider theme={pageTheme(theme)} applyTo="none">
      <div className="list-commands">
        <CommandBar
          items={items}
          ariaLabel={`${word(parts.language, 'commands')}: ${listName}`}
          overflowButtonProps={{ ariaLabel: word(parts.language, 'more'), menuIconProps: { iconName: 'More' } }}
        />
      </div>
    </ThemeProvider>
  );
}

/** Whether the scripts that a command bar calls are loaded; a script that is missing is said in the console. */
export function useRibbonScripts(buttons: RibbonParts['buttons']): boolean {
  const [areLoaded, set] = React.useState(buttons.length === 0);
  React.useEffect(() => {
    let current = true;
    loadRibbonScripts(buttons).then(
      () => current && set(true),
      (error: unknown) => console.error('A script of the command bar could not be loaded.', error),
    );
    return () => {
      current = false;
    };
  }, [buttons]);
  return areLoaded;
}
