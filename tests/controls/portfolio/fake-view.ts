import type { WebApi } from '../../../controls/form-data/src/store/desk';
import { fakeContext } from '../platform/fake-context';
import { type Cells, type Held, fakeDataSet, hostFormatting } from './fake-data-set';

export interface FakeView extends Held {
  readonly context: ComponentFramework.Context<never>;
}

interface Options {
  readonly rows: readonly Cells[];
  readonly webApi: WebApi;
  readonly language?: 1033 | 3084;
  readonly privileges?: (table: string) => boolean;
  readonly paging?: Readonly<Record<string, unknown>>;
  readonly state?: Readonly<Record<string, unknown>>;
}

/** The context of a component on a view: rows as the platform's runtime gives them, and a host that keeps what is asked of it. */
export function fakeView({ rows, webApi, language, privileges, ...options }: Options): FakeView {
  const asked: string[] = [];
  const view: FakeView = { context: undefined as never, asked, selected: [], rows }; // set below: the two refer to each other
  const base = fakeContext<never>({
    control: 'portfolio',
    webApi,
    ...(language ? { language } : {}),
    ...(privileges ? { privileges } : {}),
  });
  const context = {
    ...base,
    parameters: { mappings: fakeDataSet(view, options) },
    formatting: hostFormatting,
    navigation: {
      openForm: async ({ entityName, entityId }: { entityName: string; entityId: string }) =>
        asked.push(`form ${entityName} ${entityId}`),
      openUrl: (url: string) => asked.push(`url ${url}`),
    },
  };
  return Object.assign(view, { context: context as unknown as ComponentFramework.Context<never> });
}
