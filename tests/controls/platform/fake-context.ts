import type { WebApi } from '../../../controls/form-data/src/store/desk';
import { type ControlFolder, readResx } from './resx';
import { OLIVIA, OPPORTUNITY_ID } from './rows';
import { userSettings } from './user-settings';

export interface FakeContextOptions {
  readonly control: ControlFolder;
  readonly webApi: WebApi;
  readonly language?: 1033 | 3084;
  readonly width?: number;
  readonly disabled?: boolean;
  readonly readable?: boolean;
  readonly editable?: boolean;
  readonly offline?: boolean;
  readonly recordId?: string | null;
  /** of the record; an opportunity where nothing is said */
  readonly table?: string;
  readonly privileges?: (table: string) => boolean;
  readonly offsetMinutes?: number;
  /** who is signed in, as the platform gives it: braces, capitals */
  readonly userId?: string;
  readonly dark?: boolean;
  /** shades of the host's brand by Fluent's numbers */
  readonly brand?: Readonly<Record<number, string>>;
  /** budget amount in the field of the form; left out where the form hands none over */
  readonly typed?: number | null;
  /** what stands in the fields of the form that the control is handed, by the name of the property */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** data sets by the names of their properties */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** false: the client opens no dialog for a component */
  readonly dialogs?: boolean;
}

/** What a model-driven form hands to a control, as far as the controls read it. */
export function fakeContext<Inputs>(options: FakeContextOptions): ComponentFramework.Context<Inputs> {
  const language = options.language ?? 1033;
  const texts = readResx(options.control, language);
  const security = { secured: true, readable: options.readable ?? true, editable: options.editable ?? true };
  const bound = { raw: null, type: '', error: false, errorMessage: '', security };
  const context = {
    webAPI: options.webApi,
    parameters: {
      projectKey: bound,
      projectBudget: bound,
      budgetStatus: bound,
      approvalStatus: bound,
      record: bound,
      worklogId: bound,
      issueKey: bound,
      // As the platform hands over an input that the form binds to no column.
      budgetAmount: { ...bound, ...(options.typed !== undefined && { raw: options.typed, attributes: {} }) },
      ...Object.fromEntries(Object.entries(options.fields ?? {}).map(([name, raw]) => [name, { ...bound, raw }])),
      ...options.parameters,
    },
    mode: {
      allocatedWidth: options.width ?? 640,
      isControlDisabled: options.disabled ?? false,
      trackContainerResize: jest.fn(),
      contextInfo: {
        entityTypeName: options.table ?? 'opportunity',
        ...(options.recordId !== null && { entityId: options.recordId ?? OPPORTUNITY_ID }),
      },
    },
    userSettings: {
      ...userSettings(language, options.offsetMinutes),
      userId: `{${(options.userId ?? OLIVIA).toUpperCase()}}`,
    },
    client: { isOffline: () => options.offline ?? false },
    resources: { getString: (key: string) => texts.get(key) ?? `missing:${key}` },
    utils: { hasEntityPrivilege: (table: string) => options.privileges?.(table) ?? true },
    navigation: {
      openForm: jest.fn(async () => ({ savedEntityReference: [] })),
      // In no reference of a component's navigation, and not in every client.
      ...(options.dialogs !== false && { navigateTo: jest.fn(async () => undefined) }),
    },
    fluentDesignLanguage:
      options.dark || options.brand
        ? { isDarkTheme: options.dark ?? false, brand: options.brand ?? {}, tokenTheme: {} }
        : undefined,
  };
  // The platform's type also lists what no control of ours touches.
  return context as unknown as ComponentFramework.Context<Inputs>;
}
