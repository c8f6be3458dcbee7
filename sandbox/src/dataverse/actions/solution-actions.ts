import { randomUUID } from 'node:crypto';
import { badRequest, DataverseError, errorCode } from '../errors';
import { guidOf } from '../guid';
import { json, noContent, type ApiResponse } from '../http/api-message';
import type { Session } from '../http/session';
import type { ImportKind } from '../import/admit-package';
import { importJobRow } from '../import/import-job';
import { exportPackage } from '../import/export-package';
import {
  type ImportParameters,
  parseExport,
  parseImport,
  parsePromote,
  parseUninstall,
} from '../import/import-parameters';
import type { InstalledSolution } from '../import/installed-solution';
import { importSolutionJob, startSystemJob, uninstallSolutionJob } from '../import/system-job';
import { hasPrivilege, missingPrivilege, requirePrivilege } from '../security/access';
import { textOf, type Row } from '../store/row';

const importPrivilege = 'prvImportCustomization';
const exportPrivilege = 'prvExportCustomization';

const answer = (session: Session, type: string, body: object): ApiResponse =>
  json(200, { '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.${type}`, ...body });

/** Done before anything is read: a change set has a transaction of its own, and an import would wait for its end. */
function requireAlone(session: Session, action: string): void {
  if (session.tx) throw badRequest(`The operation '${action}' cannot be part of a change set.`);
}

function begin(session: Session, action: string): ImportParameters & { readonly jobId: string } {
  requireAlone(session, action);
  if (!hasPrivilege(session.caller, importPrivilege)) throw missingPrivilege(session.caller, importPrivilege);
  const parameters = parseImport(session.request.body, action);
  const jobId = (parameters.ImportJobId ?? randomUUID()).toLowerCase();
  if (session.platform.store.get('importjob', jobId))
    throw new DataverseError(412, errorCode.duplicateRecord, 'A record with matching key values already exists.');
  return { ...parameters, jobId };
}

/** The import and its job row, which stays whatever comes of it. */
async function runImport(
  { platform }: Session,
  { CustomizationFile: file, jobId }: ImportParameters & { readonly jobId: string },
  kind: ImportKind,
): Promise<InstalledSolution> {
  const job = { id: jobId, startedOn: platform.clock() };
  try {
    const solution = await platform.solutions.import(Buffer.from(file, 'base64'), kind);
    await platform.seed([importJobRow(job, platform.clock(), { kind: 'success', solution })]);
    return solution;
  } catch (error) {
    await platform.seed([importJobRow(job, platform.clock(), { kind: 'failure', error })]);
    throw error;
  }
}

const kindOf = ({ HoldingSolution: hold }: ImportParameters): ImportKind => (hold === true ? 'hold' : 'update');

/** Applies the upgrade that a holding solution brought: what the installed version alone had goes with its data. */
function promotion(session: Session, action: string): string {
  requireAlone(session, action);
  if (!hasPrivilege(session.caller, importPrivilege)) throw missingPrivilege(session.caller, importPrivilege);
  return parsePromote(session.request.body, action);
}

async function importInBackground(
  session: Session,
  action: string,
  kind: (parameters: ImportParameters) => ImportKind,
): Promise<ApiResponse> {
  const parameters = begin(session, action);
  const id = await startSystemJob(session.platform, importSolutionJob, async () => {
    await runImport(session, parameters, kind(parameters));
  });
  return answer(session, `${action}Response`, { ImportJobKey: parameters.jobId, AsyncOperationId: id });
}

/**
 * Solutions come and go. An update keeps components that the newer package lacks; StageAndUpgrade removes them with their data, HoldingSolution lets the newer version wait for
 * DeleteAndPromote.
 * Source: learn.microsoft.com "Work with solutions using the Dataverse SDK", Web API action reference.
 */
export const solutionActions = {
  ImportSolution: async (session: Session): Promise<ApiResponse> => {
    const parameters = begin(session, 'ImportSolution');
    await runImport(session, parameters, kindOf(parameters));
    return noContent();
  },
  ImportSolutionAsync: (session: Session) => importInBackground(session, 'ImportSolutionAsync', kindOf),
  StageAndUpgrade: async (session: Session): Promise<ApiResponse> => {
    const { uniqueName } = await runImport(session, begin(session, 'StageAndUpgrade'), 'upgrade');
    return answer(session, 'StageAndUpgradeResponse', { SolutionId: guidOf(`solution:${uniqueName}`) });
  },
  StageAndUpgradeAsync: (session: Session) => importInBackground(session, 'StageAndUpgradeAsync', () => 'upgrade'),
  DeleteAndPromote: async (session: Session): Promise<ApiResponse> => {
    const uniqueName = promotion(session, 'DeleteAndPromote');
    await session.platform.solutions.promote(uniqueName);
    return answer(session, 'DeleteAndPromoteResponse', { SolutionId: guidOf(`solution:${uniqueName}`) });
  },
  DeleteAndPromoteAsync: async (session: Session): Promise<ApiResponse> => {
    const uniqueName = promotion(session, 'DeleteAndPromoteAsync');
    const id = await startSystemJob(session.platform, importSolutionJob, () =>
      session.platform.solutions.promote(uniqueName),
    );
    return answer(session, 'DeleteAndPromoteAsyncResponse', { AsyncOperationId: id });
  },
  ExportSolution: (session: Session): ApiResponse => {
    if (!hasPrivilege(session.caller, exportPrivilege)) throw missingPrivilege(session.caller, exportPrivilege);
    const { SolutionName: name, Managed: managed } = parseExport(session.request.body);
    const content = exportPackage(session.platform.solutions, name, managed);
    return answer(session, 'ExportSolutionResponse', { ExportSolutionFile: Buffer.from(content).toString('base64') });
  },
  UninstallSolutionAsync: async (session: Session): Promise<ApiResponse> => {
    requireAlone(session, 'UninstallSolutionAsync');
    requirePrivilege(session.caller, 'Delete', session.platform.schema.table('solution'));
    const uniqueName = parseUninstall(session.request.body);
    const id = await startSystemJob(session.platform, uninstallSolutionJob, () =>
      session.platform.solutions.uninstall(uniqueName),
    );
    return answer(session, 'UninstallSolutionAsyncResponse', { AsyncOperationId: id });
  },
  PublishAllXml: (session: Session): ApiResponse => {
    // Everything that an import brings is published at once here.
    if (!hasPrivilege(session.caller, 'prvPublishCustomization'))
      throw missingPrivilege(session.caller, 'prvPublishCustomization');
    return noContent();
  },
} as const;

/** `DELETE solutions(id)` uninstalls. @throws DataverseError 400 when another solution needs it */
export async function uninstallRow(session: Session, row: Row): Promise<ApiResponse> {
  requireAlone(session, 'Uninstall');
  requirePrivilege(session.caller, 'Delete', session.platform.schema.table('solution'));
  await session.platform.solutions.uninstall(textOf(row, 'uniquename') ?? '');
  return noContent();
}
