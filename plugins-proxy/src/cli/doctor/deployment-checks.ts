import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { optionalText, text } from '../../clients/dataverse/columns';
import {
  type EnvironmentVariables,
  readEnvironmentVariables,
} from '../../connections/environment/read-environment-variables';
import { IntegrationError } from '../../platform/errors/integration-error';
import { administratorClient } from '../../operations/registration/administrator-client';
import type { Session } from '../session';
import { auditingRemedy, auditingRow, judgeAuditing } from './auditing-check';
import { connectorRemedy, connectorRow, judgeConnector } from './connector-check';
import { type Check, failed, type Finding, ok, skipped, warning } from './check';
import { egressCheck } from './egress-check';
import { overruledSettingsCheck } from './overruled-settings';

/** Solutions of every environment by their unique names, in the order of their import. */
const solutions = ['crmjiraconnector', 'crmjira'] as const;
/** Those that only some environments have. */
const optionalSolutions = ['crmjiracases'] as const;
const serviceProfile = 'CRM-JIRA Integration Columns: Service';
const importRemedy = 'Import the solutions of one version, connector first (docs/runbook.md, step 2).';
const profileRemedy = `Add the application user to the column security profile "${serviceProfile}": without it Dataverse gives it empty columns, and no error.`;
const referenceRemedy =
  'Give each reference a connection in the solution "CRM-JIRA Budget Integration", then switch its flows on.';
const addressRemedy = 'Make the environment variable and the variable of the service name the same address.';

const solutionRow = z.object({ uniquename: text, version: text });
const nameRow = z.object({ name: text });
const referenceRow = z.object({ connectionreferencelogicalname: text, connectionid: optionalText });

/** What may not be read, or is not there to be asked, is no failure of the deployment: it is said. */
async function ifAskable(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof IntegrationError && error.status === 403)
      return skipped('cannot be asked: give REGISTRATION_CLIENT_ID, whose user may read this');
    // A Dataverse without the table answers 404, one without the relationship 400.
    if (error instanceof IntegrationError && (error.status === 404 || error.status === 400))
      return skipped('cannot be asked: this Dataverse has nothing of the kind');
    throw error;
  }
}

/** Pure: whether the solutions are there, in one version. A warning only: without their tables other checks fail. */
export function judgeSolutions(installed: readonly z.output<typeof solutionRow>[]): Finding {
  const versionOf = new Map(installed.map(({ uniquename, version }) => [uniquename, version]));
  const missing = solutions.filter((name) => !versionOf.has(name));
  if (missing.length > 0) return warning(`not imported: ${missing.join(', ')}`, importRemedy);
  const found = [...solutions, ...optionalSolutions.filter((name) => versionOf.has(name))];
  const told = found.map((name) => `${name} ${versionOf.get(name)}`).join(', ');
  return new Set(found.map((name) => versionOf.get(name))).size === 1 ? ok(told) : warning(told, importRemedy);
}

/** Pure: whether every connection reference of the solution has its connection. */
export function judgeReferences(references: readonly z.output<typeof referenceRow>[]): Finding {
  const bare = references.flatMap((row) => (row.connectionid === null ? [row.connectionreferencelogicalname] : []));
  if (references.length === 0) return failed('there is none', importRemedy);
  return bare.length === 0
    ? ok(references.map((row) => row.connectionreferencelogicalname).join(', '))
    : failed(`without a connection: ${bare.join(', ')}`, referenceRemedy);
}

const hostOf = (value: string): string => (URL.canParse(value) ? new URL(value).host : value);
const trimmed = (value: string): string => value.replace(/\/+$/, '');

/** Pure: whether what was set at the import agrees with how the service was configured. What kept its default says nothing. */
export function judgeAddresses(
  variables: EnvironmentVariables,
  { jiraUrl, publicUrl }: { readonly jiraUrl: string; readonly publicUrl: string },
): Finding {
  const wanted = [
    { name: 'crmjira_JiraBaseUrl', as: trimmed(jiraUrl), of: 'JIRA_URL', read: trimmed },
    { name: 'crmjira_ProxyBaseUrl', as: trimmed(publicUrl), of: 'PUBLIC_URL', read: trimmed },
    { name: 'crmjira_ProxyHost', as: hostOf(publicUrl), of: 'the host of PUBLIC_URL', read: (value: string) => value },
  ];
  const set = wanted.flatMap((one) => {
    const variable = variables.get(one.name);
    return variable === undefined || variable.isDefault || variable.value === null
      ? []
      : [{ ...one, is: one.read(variable.value) }];
  });
  const astray = set.filter(({ is, as }) => is !== as);
  if (astray.length > 0)
    return warning(astray.map(({ name, is, as, of }) => `${name} is ${is}, ${of} is ${as}`).join('; '), addressRemedy);
  return set.length === 0 ? skipped('no address was set at the import') : ok(set.map(({ name }) => name).join(', '));
}

async function profilesOf(dataverse: DataverseClient, userId: string): Promise<readonly string[]> {
  const select = ['name'];
  const [direct, teams] = await Promise.all([
    dataverse.many(`systemusers(${userId})/systemuserprofiles_association`, { select }, nameRow),
    dataverse.many(
      `systemusers(${userId})/teammembership_association`,
      { select: ['teamid'] },
      z.object({ teamid: text }),
    ),
  ]);
  const through = await Promise.all(
    teams.map(({ teamid }) => dataverse.many(`teams(${teamid})/teamprofiles_association`, { select }, nameRow)),
  );
  return [...direct, ...through.flat()].map(({ name }) => name);
}

/** What the runbook asks of Dynamics beyond roles and rows: solutions, profile, connections, addresses (R-2202, R-2207). */
export function deploymentChecks(session: Session): readonly Check[] {
  const { config, dataverse } = session;
  // Connections are not the service's to read; who registers steps may. Solutions and profiles either reads.
  const administrator = administratorClient(config, dataverse);
  const check = (id: string, title: string, remedy: string, look: () => Promise<Finding>): Check => ({
    id,
    title,
    needs: ['who-am-i'],
    remedy,
    look: () => ifAskable(look),
  });
  return [
    check('solutions', 'Both solutions, in one version', importRemedy, async () => {
      const filter = [...solutions, ...optionalSolutions].map((name) => `uniquename eq '${name}'`).join(' or ');
      return judgeSolutions(
        await administrator.many('solutions', { select: ['uniquename', 'version'], filter }, solutionRow),
      );
    }),
    check('column-security', 'Column security profile of the application user', profileRemedy, async () => {
      const { userId } = await dataverse.whoAmI();
      const held = await profilesOf(administrator, userId);
      return held.includes(serviceProfile)
        ? ok(serviceProfile)
        : failed(held.length === 0 ? 'no profile at all' : held.join(', '), profileRemedy);
    }),
    check('connection-references', 'Connections of the flows', referenceRemedy, async () => {
      const select = ['connectionreferencelogicalname', 'connectionid'];
      const filter = "startswith(connectionreferencelogicalname,'crmjira_')";
      return judgeReferences(await administrator.many('connectionreferences', { select, filter }, referenceRow));
    }),
    check('connector', 'Kind of the connector, and what the service takes', connectorRemedy, async () => {
      const filter = "startswith(name,'crmjira_')";
      const rows = await administrator.many('connectors', { select: ['connectionparameters'], filter }, connectorRow);
      return judgeConnector(rows, config.connector, config.gatewaySettingsFile !== null);
    }),
    check('addresses', 'Addresses in Dynamics and of the service', addressRemedy, async () =>
      judgeAddresses(await readEnvironmentVariables(dataverse), {
        jiraUrl: config.jira.url,
        publicUrl: config.publicUrl,
      }),
    ),
    egressCheck(session),
    overruledSettingsCheck(session),
    check('auditing', 'Changes are audited, and kept', auditingRemedy, async () =>
      judgeAuditing(await dataverse.many('organizations', { select: Object.keys(auditingRow.shape) }, auditingRow)),
    ),
  ];
}
