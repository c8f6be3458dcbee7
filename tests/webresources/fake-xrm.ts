import { ProvisioningState } from '@crmjira/domain';

export interface FakeEnvironment {
  language: number;
  /** current value of `crmjira_BudgetThreshold`; undefined: only its default 10000 */
  threshold?: string;
  /** current value of `crmjira_WriteSpentToActualValue`; undefined: only its default, yes */
  writesSpent?: string;
  statecode: number;
  provisioningState: number | null;
  /** further columns of the mapping */
  mapping: Readonly<Record<string, unknown>>;
  /** words of the newest refused command row; null: there is none */
  refusal: string | null;
  /** an application wrote that row */
  isService: boolean;
  /** what the Web API answers to whoever asks for command rows */
  hidesCommands: unknown;
  /** the Web API does not answer */
  offline: boolean;
  /** addresses asked, in order */
  asked: string[];
}

/** `Xrm` with a Web API that answers from an environment which the test changes. */
export function installFakeXrm(): FakeEnvironment {
  const environment: FakeEnvironment = {
    language: 1033,
    statecode: 0,
    provisioningState: ProvisioningState.Linked,
    mapping: {},
    refusal: null,
    isService: true,
    hidesCommands: null,
    offline: false,
    asked: [],
  };
  const many = (table: string, options: string): unknown[] => {
    if (options.includes('crmjira_WriteSpentToActualValue'))
      return [
        {
          defaultvalue: 'yes',
          environmentvariabledefinition_environmentvariablevalue:
            environment.writesSpent === undefined ? [] : [{ value: environment.writesSpent }],
        },
      ];
    if (options.includes('crmjira_WarningThreshold')) return [{ defaultvalue: '80' }];
    if (table === 'environmentvariabledefinition')
      return [
        {
          defaultvalue: '10000',
          environmentvariabledefinition_environmentvariablevalue:
            environment.threshold === undefined ? [] : [{ value: environment.threshold }],
        },
      ];
    if (table === 'crmjira_budget_mapping')
      return environment.provisioningState === null
        ? []
        : [{ crmjira_provisioning_state: environment.provisioningState, ...environment.mapping }];
    if (table === 'crmjira_command')
      return environment.refusal
        ? [
            {
              crmjira_commandid: environment.refusal,
              crmjira_result: environment.refusal,
              createdby: { applicationid: environment.isService ? 'app' : null },
            },
          ]
        : [];
    return [];
  };
  Object.assign(globalThis, {
    Xrm: {
      Utility: { getGlobalContext: () => ({ userSettings: { languageId: environment.language, userId: '{ME}' } }) },
      WebApi: {
        retrieveRecord: async () => {
          if (environment.offline) throw new Error('offline');
          return {
            statecode: environment.statecode,
            transactioncurrencyid: { isocurrencycode: 'CAD' },
          };
        },
        retrieveMultipleRecords: async (table: string, options: string) => {
          environment.asked.push(`${table}${options}`);
          if (table === 'crmjira_command' && environment.hidesCommands) throw environment.hidesCommands;
          return { entities: many(table, options) };
        },
      },
    },
  });
  return environment;
}

/** Lets every promise that is already settled be heard. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
