import '@kusto/language-service-next/bridge.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.js';

/** The part of Microsoft's language service that is used here; its own declarations are for one global namespace. */
interface LanguageService {
  readonly Symbols: {
    readonly TableSymbol: { From(schema: string): { WithName(name: string): object } };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: object[]) => object };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
  readonly KustoCode: {
    ParseAndAnalyze(
      query: string,
      globals: object,
    ): {
      GetDiagnostics(): {
        readonly Count: number;
        getItem(index: number): { readonly Severity: string; readonly Message: string };
      };
    };
  };
}

/** Tables and columns of the workspace, as Azure Monitor documents them and docs/operations.md describes the export. */
const tables = {
  CrmJiraIntegrationLog_CL:
    '(TimeGenerated: datetime, IntegrationStatus_d: real, OperationType_d: real, SourceSystem_d: real, DurationMs_d: real, ErrorMessage_s: string, EventType_s: string, CorrelationId_s: string)',
  ContainerAppConsoleLogs_CL:
    '(TimeGenerated: datetime, ContainerAppName_s: string, ContainerName_s: string, RevisionName_s: string, Log_s: string)',
  Event:
    '(TimeGenerated: datetime, Computer: string, EventLog: string, EventLevel: int, EventLevelName: string, EventID: int, RenderedDescription: string)',
  Perf: '(TimeGenerated: datetime, Computer: string, ObjectName: string, CounterName: string, InstanceName: string, CounterValue: real)',
  AzureDiagnostics:
    '(TimeGenerated: datetime, ResourceProvider: string, OperationName: string, httpStatusCode_d: real, CallerIPAddress: string)',
  AppDependencies:
    '(TimeGenerated: datetime, Name: string, AppRoleName: string, DurationMs: real, ResultCode: string, Success: bool, OperationId: string)',
} as const;

// Bridge.NET puts its namespaces on the global object.
const language = (globalThis as unknown as { Kusto: { Language: LanguageService } }).Kusto.Language;

function workspace(): object {
  const { Symbols, GlobalState } = language;
  const symbols = Object.entries(tables).map(([name, schema]) => Symbols.TableSymbol.From(schema).WithName(name));
  return GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('workspace', symbols));
}

const globals = workspace();

/** What Microsoft's language service finds wrong with a query on the workspace: grammar, tables, columns, types. */
export function kustoProblems(query: string): readonly string[] {
  const found = language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => found.getItem(index))
    .filter(({ Severity }) => Severity === 'Error' || Severity === 'Warning')
    .map(({ Severity, Message }) => `${Severity}: ${Message}`);
}
