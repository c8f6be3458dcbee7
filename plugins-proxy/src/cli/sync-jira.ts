import { setTimeout as pause } from 'node:timers/promises';
import { SyncTrigger } from '@crmjira/domain';
import { discoverOn } from '../capabilities/issues/discovery/discover-on';
import type { Discovery } from '../capabilities/issues/discovery/discover-projects';
import { type Estimate, estimateRun } from '../capabilities/issues/mirror/estimate-run';
import { type Mirrored, mirrorIssues, type RunControl } from '../capabilities/issues/mirror/mirror-run';
import { addCosts, countSides } from '../capabilities/issues/mirror/run-cost';
import type { RunCost } from '../reconciler/sync-log';
import type { JiraConnection } from '../connections/jira/jira-connection';
import { requireFound } from '../connections/providers/provider';
import { classifyError } from '../platform/errors/classify-error';
import type { IntegrationError } from '../platform/errors/integration-error';
import type { AddCommand, Outcome } from './command';
import { exitCodes } from './exit-codes';
import { progressText } from './progress';
import { requireOn } from './require-on';
import { type Session, withSession } from './session';
import type { Terminal } from './terminal';
import { saidOnce } from './words/said-once';

interface SyncJiraOptions {
  readonly org?: string;
  readonly testConnection: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** What came of one organization. */
interface OrganizationSynced {
  readonly id: string;
  readonly name: string;
  /** Who the service is there; null: the test failed, or none was wanted. */
  readonly account: string | null;
  readonly estimate: Estimate | null;
  readonly discovered: Discovery | null;
  readonly mirrored: Mirrored | null;
  readonly cost: RunCost | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** `7 requests (243 points) of Jira, 9 requests of Dataverse`. Pure. */
function costText({ jiraRequests, jiraPoints, dataverseRequests }: RunCost): string {
  const points = jiraPoints === null ? '' : ` (${plural(jiraPoints, 'point')})`;
  return `${plural(jiraRequests, 'request')}${points} of Jira, ${plural(dataverseRequests, 'request')} of Dataverse`;
}

/** What a run will do and cost, before it begins. Pure. */
const estimateText = (name: string, estimate: Estimate): string =>
  `${name}: about ${plural(estimate.issues, 'issue')} of ${plural(estimate.whole, 'whole project')} and of what has changed in ${plural(estimate.followed, 'other')}; for about ${costText(estimate)}`;

function resultLines({ name, discovered, mirrored, cost, error }: OrganizationSynced, dryRun: boolean): string[] {
  const found =
    discovered === null
      ? []
      : [
          `  projects: ${discovered.found} found, ${discovered.added} new, ${discovered.changed} changed, ${discovered.gone} gone`,
        ];
  const issues =
    mirrored === null
      ? []
      : [
          `  issues: ${mirrored.processed} read, ${mirrored.changed} ${dryRun ? 'to be changed' : 'changed'}, ${mirrored.removed} ${dryRun ? 'to be removed' : 'removed'}, ${mirrored.failed} failed`,
        ];
  const costs = cost === null ? [] : [`  cost: ${costText(cost)}`];
  return [`${name}  ${error === null ? 'done' : `failed: ${error.message}`}`, ...found, ...issues, ...costs];
}

interface Synced {
  readonly session: Session;
  readonly terminal: Terminal;
  readonly options: SyncJiraOptions & { readonly json: boolean };
  readonly control: RunControl;
}

/** One organization after the other: what fails in one keeps none of the others back. */
async function syncOne({ session, terminal, options, control }: Synced, connection: JiraConnection) {
  const { id, name } = connection;
  let one: OrganizationSynced = {
    id,
    name,
    account: null,
    estimate: null,
    discovered: null,
    mirrored: null,
    cost: null,
    error: null,
  };
  const tell = (line: string): void => {
    terminal.status?.('');
    if (!options.json) terminal.out(line);
  };
  try {
    if (options.testConnection) {
      const { account } = requireFound(await connection.provider.test());
      tell(`${name}  works: signed in as ${account.displayName}`);
      return { ...one, account: account.displayName };
    }
    const wanted = {
      connection,
      dataverse: session.dataverse,
      now: terminal.now,
      trigger: options.dryRun ? SyncTrigger.DryRun : SyncTrigger.Manual,
      isDryRun: options.dryRun,
      actorId: null,
      correlationId: session.correlationId,
    };
    const counting = countSides(connection.site, session.dataverse);
    const estimate = await estimateRun(counting, id, terminal.now(), options.force);
    one = { ...one, estimate, cost: counting.cost() };
    tell(estimateText(name, estimate));
    const discovered = await discoverOn(wanted);
    one = { ...one, discovered: discovered.result, cost: addCosts(counting.cost(), discovered.cost) };
    let [before, last] = [0, 0];
    const onPage = (project: string, issues: number): void => {
      // Each search counts its own issues from the start.
      if (issues < last) before += last;
      last = issues;
      terminal.status?.(
        `${name} ${project} ${progressText(Math.min(before + issues, estimate.issues), estimate.issues, 0)}`,
      );
    };
    const mirrored = await mirrorIssues(wanted, { ...control, onPage }, options.force);
    const cost = addCosts(counting.cost(), discovered.cost, mirrored.cost);
    one = { ...one, mirrored: mirrored.result, cost };
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    one = { ...one, error: { code, message: saidOnce(message) } };
  }
  if (options.testConnection) tell(`${name}  failed: ${one.error?.message ?? ''}`);
  else resultLines(one, options.dryRun).forEach(tell);
  return one;
}

const brokenOne = (id: string, name: string, { code, message }: IntegrationError): OrganizationSynced => ({
  id,
  name,
  account: null,
  estimate: null,
  discovered: null,
  mirrored: null,
  cost: null,
  error: { code, message: saidOnce(message) },
});

function outcomeOf(organizations: readonly OrganizationSynced[], dryRun: boolean): Outcome {
  const failed = organizations.filter(({ error, mirrored }) => error !== null || (mirrored?.failed ?? 0) > 0).length;
  const differs = organizations.some(
    ({ discovered, mirrored }) =>
      (discovered?.added ?? 0) + (discovered?.changed ?? 0) + (discovered?.gone ?? 0) > 0 ||
      (mirrored?.changed ?? 0) + (mirrored?.removed ?? 0) > 0,
  );
  return {
    exitCode: failed > 0 ? exitCodes.failed : dryRun && differs ? exitCodes.differences : exitCodes.done,
    json: { dryRun, summary: { organizations: organizations.length, failed }, organizations },
    lines: [`${plural(organizations.length, 'organization')}, ${failed} failed`],
  };
}

/** `crmjira sync_jira`: projects and issues of Jira organizations, now (R-1712). */
export const addSyncJira: AddCommand = (program, run) => {
  const command = program
    .command('sync_jira')
    .summary('discover projects and bring the issues of offered projects up to date')
    .description(
      'Discover the projects of all Jira organizations, or of one, and bring the issues of offered projects up to date. Before it begins, it says what that will cost in requests and points of Jira and in requests of Dataverse, and afterwards what it did cost.',
    )
    .option('--org <name>', 'one organization, by its name or id (default: all that are active)')
    .option('--test-connection', 'only sign in and read who the account is', false)
    .option('--dry-run', 'read, and say what would be changed; only the row of the run is written', false)
    .option('--force', 'read every offered project whole, not only what has changed', false);
  run<SyncJiraOptions>(command, (terminal, options) =>
    withSession(
      terminal,
      async (session) => {
        await requireOn(session, 'issues');
        await session.jira.refresh();
        let stopped = false;
        const deaf = terminal.onInterrupt?.(() => {
          stopped = true;
          terminal.err('Stopping after this page. Ctrl+C again ends at once.');
        });
        const control = {
          rest: (tookMs: number): Promise<unknown> => (terminal.sleep ?? pause)(tookMs),
          isStopped: () => stopped,
        };
        try {
          const connections = session.isConnectionNamed ? [session.connection] : session.jira.all();
          const synced: OrganizationSynced[] = [];
          for (const connection of connections)
            synced.push(await syncOne({ session, terminal, options, control }, connection));
          const broken = session.isConnectionNamed ? [] : session.jira.broken();
          for (const { id, name, error } of broken) {
            const one = brokenOne(id, name, error);
            if (!options.json) terminal.out(`${name}  failed: ${one.error?.message ?? ''}`);
            synced.push(one);
          }
          return outcomeOf(synced, options.dryRun);
        } finally {
          terminal.status?.('');
          deaf?.();
        }
      },
      options.org ?? terminal.connection ?? null,
    ),
  );
};
