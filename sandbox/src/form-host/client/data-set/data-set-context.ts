import type { ControlDefinition, Persona } from '../../contract';
import type { Language } from '../language';
import { formattingApi } from '../pcf/formatting';
import type { HostTheme } from '../pcf/design-language';
import { userSettingsOf } from '../pcf/user-settings';
import { hasEntityPrivilege } from '../security/entity-privilege';
import { type PageNavigator, navigationApi } from '../xrm/navigation-api';
import { xrmWebApi } from '../xrm/xrm-global';

export interface DataSetContextParts {
  readonly definition: ControlDefinition;
  /** what the manifest calls the rows */
  readonly name: string;
  readonly dataset: ComponentFramework.PropertyTypes.DataSet;
  readonly persona: Persona;
  readonly language: Language;
  readonly theme: HostTheme;
  readonly width: number;
  readonly updatedProperties: readonly string[];
  readonly pageNavigator: PageNavigator;
}

/** The context that a data set component is given on a view: no record, but rows. */
export function createDataSetContext(parts: DataSetContextParts): ComponentFramework.Context<unknown> {
  const { definition, dataset, persona, language, theme } = parts;
  const strings = definition.strings[String(language)] ?? {};
  const english = definition.strings['1033'] ?? {};
  const context = {
    parameters: { [parts.name]: dataset },
    mode: {
      isControlDisabled: false,
      isVisible: true,
      label: dataset.getTitle(),
      allocatedWidth: parts.width,
      allocatedHeight: -1,
      trackContainerResize: () => undefined,
    },
    webAPI: xrmWebApi,
    userSettings: userSettingsOf(persona, language),
    formatting: formattingApi(language, () => 'CAD'),
    resources: { getString: (key: string) => strings[key] ?? english[key] ?? key },
    navigation: navigationApi(parts.pageNavigator, language),
    client: {
      getClient: () => 'Web',
      getFormFactor: () => (window.innerWidth < 600 ? 3 : 1),
      isOffline: () => !navigator.onLine,
    },
    utils: {
      hasEntityPrivilege: (table: string, type: number, depth: number) =>
        hasEntityPrivilege(persona, table, type, depth),
    },
    fluentDesignLanguage: theme.design,
    updatedProperties: parts.updatedProperties,
  };
  // The host offers what data set components of ours use; the platform's type lists much more.
  return context as unknown as ComponentFramework.Context<unknown>;
}
