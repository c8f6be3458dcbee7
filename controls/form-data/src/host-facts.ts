import { recordId } from './entity-id';
import { type UserFormat, type UserSettings, userFormat } from './format/user-format';
import { type HostTheme, type Look, lookOf } from './look/theme';

/** What a control takes from its context besides the rows, as plain data. */
export interface HostFacts {
  /** null: the record is not saved yet */
  readonly recordId: string | null;
  /** pixels; full width where the host has not said */
  readonly width: number;
  readonly disabled: boolean;
  /** column security lets this person see the bound column */
  readonly readable: boolean;
  readonly offline: boolean;
  readonly format: UserFormat;
  readonly look: Look;
}

/** Width below which a control is one column (mockups "Widths"). */
export const NARROW_BELOW = 420;

/** Width from which the chart stands beside the figures. */
export const WIDE_FROM = 900;

const UNKNOWN_WIDTH = 640;

interface ContextLike {
  readonly mode: Pick<ComponentFramework.Mode, 'allocatedWidth' | 'isControlDisabled'>;
  readonly userSettings: UserSettings;
  readonly client?: Partial<Pick<ComponentFramework.Client, 'isOffline'>>;
  readonly fluentDesignLanguage?: ComponentFramework.FluentDesignState;
}

/**
 * @param bound the bound column: `context.parameters.<name>`
 * @param ramp roles in which the control draws the host's brand
 */
export function hostFacts(
  context: ContextLike,
  bound: { readonly security?: { readonly readable: boolean } } | undefined,
  ramp?: Parameters<typeof lookOf>[1],
): HostFacts {
  const width = context.mode.allocatedWidth;
  return {
    recordId: recordId(context.mode),
    width: width > 0 ? width : UNKNOWN_WIDTH,
    disabled: context.mode.isControlDisabled,
    readable: bound?.security?.readable ?? true,
    offline: context.client?.isOffline?.() ?? false,
    format: userFormat(context.userSettings),
    // The theme's types list every token; only the few that are read here are checked, as colours.
    look: lookOf(context.fluentDesignLanguage as unknown as HostTheme | undefined, ramp),
  };
}
