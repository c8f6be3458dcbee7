import { type HostTheme, LINK_RAMP, type Look, lookOf } from '@crmjira/form-data';

/** What the control takes from its context besides rows and texts, as plain data. A view has no record and no bound column. */
export interface PageFacts {
  /** nothing may be asked for now */
  readonly still: boolean;
  readonly offline: boolean;
  readonly look: Look;
}

interface ContextLike {
  readonly mode: Pick<ComponentFramework.Mode, 'isControlDisabled'>;
  readonly client?: Partial<Pick<ComponentFramework.Client, 'isOffline'>>;
  readonly fluentDesignLanguage?: ComponentFramework.FluentDesignState;
}

export function pageFacts({ mode, client, fluentDesignLanguage }: ContextLike): PageFacts {
  const offline = client?.isOffline?.() ?? false;
  return {
    still: offline || mode.isControlDisabled,
    offline,
    // The theme's types list every token; only the few that are read here are checked, as colours.
    look: lookOf(fluentDesignLanguage as unknown as HostTheme | undefined, LINK_RAMP),
  };
}
