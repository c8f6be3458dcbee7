import type { ControlDefinition, CustomControlPlacement, FormControl } from '../../contract';
import { isLookup } from '../form/column';
import { displayText } from '../form/display-text';
import type { FormSession } from '../form/form-session';
import { labelOfColumn } from '../form/labels';
import { columnRights } from '../security/column-security';
import { hasEntityPrivilege } from '../security/entity-privilege';
import { navigationApi } from '../xrm/navigation-api';
import { xrmWebApi } from '../xrm/xrm-global';
import type { HostTheme } from './design-language';
import { formattingApi } from './formatting';
import { userSettingsOf } from './user-settings';

export interface ContextParts {
  readonly session: FormSession;
  readonly control: FormControl;
  readonly placement: CustomControlPlacement;
  readonly definition: ControlDefinition;
  readonly theme: HostTheme;
  /** CSS pixels; -1 until the component asks for it (`trackContainerResize`) */
  readonly width: number;
  readonly updatedProperties: readonly string[];
  readonly trackResize: (track: boolean) => void;
  readonly requestRender: () => void;
}

/** The context that a code component is given on a model-driven form. */
export function createControlContext(parts: ContextParts): ComponentFramework.Context<unknown> {
  const { session, theme, definition, control } = parts;
  const { persona, language } = session.parts;
  const { table } = session.parts.definition;
  const { model } = session;
  const strings = definition.strings[String(language)] ?? {};
  const english = definition.strings['1033'] ?? {};
  const context = {
    parameters: Object.fromEntries(definition.properties.map(({ name, type }) => [name, parameter(parts, name, type)])),
    mode: {
      isControlDisabled: control.disabled || !session.isEditable,
      isVisible: true,
      isPreview: false,
      label: control.column ? labelOfColumn(session.parts.definition, control.column, language) : '',
      allocatedWidth: parts.width,
      allocatedHeight: -1,
      trackContainerResize: parts.trackResize,
      setControlState: () => true,
      setFullScreen: () => undefined,
      // not in the documented type; every code component that needs the record reads it here
      contextInfo: {
        entityId: model.isNew ? undefined : model.id,
        entityTypeName: table.name,
        entityRecordName: model.text(table.primaryName) ?? '',
      },
    },
    webAPI: xrmWebApi,
    userSettings: userSettingsOf(persona, language),
    formatting: formattingApi(language, () => model.currency),
    resources: {
      getString: (key: string) => strings[key] ?? english[key] ?? key,
      getResource: (_id: string, _success: unknown, failure: () => void) => failure(),
    },
    navigation: navigationApi(session.parts.pageNavigator, language),
    client: {
      disableScroll: false,
      getClient: () => 'Web',
      getFormFactor: () => (window.innerWidth < 600 ? 3 : 1),
      isNetworkAvailable: () => navigator.onLine,
      isOffline: () => !navigator.onLine,
    },
    device: {
      captureImage: unavailable,
      captureVideo: unavailable,
      captureAudio: unavailable,
      getBarcodeValue: unavailable,
      getCurrentPosition: unavailable,
      pickFile: unavailable,
    },
    utils: {
      hasEntityPrivilege: (table: string, type: number, depth: number) =>
        hasEntityPrivilege(persona, table, type, depth),
      getEntityMetadata: unavailable,
      lookupObjects: unavailable,
    },
    factory: { requestRender: parts.requestRender, getPopupService: () => ({}) },
    fluentDesignLanguage: theme.design,
    updatedProperties: parts.updatedProperties,
    accessibility: { assignedTabIndex: 0, assignedTooltip: undefined },
    theming: undefined,
    events: {},
  };
  // The host offers what virtual controls use; the platform's type also lists members of canvas apps and previews.
  return context as unknown as ComponentFramework.Context<unknown>;
}

async function unavailable(): Promise<never> {
  throw new Error('This device function does not exist on this page.');
}

/** One entry of `context.parameters`: bound to a column, or a constant from FormXml. */
function parameter(parts: ContextParts, name: string, type: string) {
  const bound = parts.placement.parameters[name];
  if (!bound || 'constant' in bound) {
    const constant = bound?.constant ?? null;
    const isNumber = /^(Whole|Decimal|FP|Currency)/.test(type);
    const raw =
      constant === null ? null : isNumber ? Number(constant) : type === 'TwoOptions' ? constant === 'true' : constant;
    return { raw, formatted: constant ?? '', type, error: false, errorMessage: '' };
  }
  const { session } = parts;
  const { model } = session;
  const column = model.columns.get(bound.column);
  const value = column?.value ?? null;
  const facts = column?.facts;
  return {
    raw: isLookup(value) ? [value] : typeof value === 'string' && column?.kind === 'date' ? new Date(value) : value,
    formatted: column ? displayText(column, session.parts.language, model.currency) : '',
    type,
    error: false,
    errorMessage: '',
    security: columnRights(
      session.parts.persona,
      session.parts.definition.table.name,
      bound.column,
      facts ?? null,
      model.isNew,
    ),
    attributes: {
      LogicalName: bound.column,
      DisplayName: labelOfColumn(session.parts.definition, bound.column, session.parts.language),
      Type: facts?.type ?? type,
      RequiredLevel: column?.required === 'required' ? 1 : 0,
      Options: (facts?.options ?? []).map((option) => ({
        Value: option.value,
        Label: option.label[session.parts.language],
        Color: '',
      })),
      Precision: facts?.precision ?? 2,
      MaxLength: facts?.maxLength ?? undefined,
      ImeMode: 0,
      Format: '',
    },
  };
}
