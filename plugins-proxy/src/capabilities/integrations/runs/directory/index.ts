import {
  type DirectoryPlan,
  type DirectoryPreview,
  type IncompleteReason,
  planDirectory,
  type TeamTrouble,
} from '@crmjira/domain';
import { DirectoryError } from '../../../../clients/directory/directory-error';
import { directorySecrets, directorySettings } from '../../../../clients/directory/directory-settings';
import { readDirectory } from '../../../../clients/directory/read-directory';
import type { DataverseClient } from '../../../../clients/dataverse/dataverse-client';
import type { DirectoryProvider } from '../../../../connections/providers/directory';
import { applyDirectory } from './apply-directory';
import {
  type NamedTeam,
  readAdministratorRoles,
  readStoredPeople,
  readTeams,
  readUserNames,
  readUsers,
} from './read-dynamics';
import { showPlan } from './show-plan';
import { confirmedWishes } from './wishes';

/** What a run of a directory works with. */
export interface DirectoryRunContext {
  readonly integration: { readonly id: string; readonly settings: unknown; readonly secrets: unknown };
  readonly mode: 'changes' | 'everything' | 'dry-run';
  /** Preview of the dry run that an administrator has confirmed; null: none is. */
  readonly confirmed: unknown;
  readonly dataverse: DataverseClient;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  progress(done: number, total: number | null): Promise<void>;
}

/** What a run of a directory came to. */
export interface DirectoryRunResult {
  readonly counts: {
    readonly processed: number;
    readonly changed: number;
    readonly removed: number;
    readonly failed: number;
  };
  /** null: not a dry run. */
  readonly preview: DirectoryPreview | null;
  /** Why something was left out; null: nothing was. */
  readonly refused: DirectoryError | null;
}

const incomplete = {
  'time-out': 'time-limit',
  'size-limit': 'size-limit',
  referral: 'referral',
  'cut-off': 'cut-off',
  'no-people': 'no-people',
} as const satisfies Readonly<Record<IncompleteReason, DirectoryError['fault']>>;

const untouched: ReadonlySet<TeamTrouble | null> = new Set([
  'privileged',
  'entra-group',
  'default-team',
  'no-team',
] as const);

/** What a run leaves out: teams that a directory must not fill, and what waits for an administrator. */
function leftOut(
  plan: DirectoryPlan,
  teams: readonly NamedTeam[],
): { readonly count: number; readonly why: DirectoryError | null } {
  const refused = plan.teams.filter(({ trouble }) => untouched.has(trouble));
  const [first] = refused;
  const why =
    plan.held.length > 0
      ? new DirectoryError('held', String(plan.held.length))
      : first === undefined
        ? null
        : new DirectoryError('team-refused', teams.find(({ id }) => id === first.teamId)?.name ?? first.teamId);
  return { count: refused.length + plan.held.length, why };
}

/**
 * Makes teams follow the groups of a directory and writes a row for each person of it (R-1605). Nothing is done with a part of an answer.
 * The first run does what an administrator has confirmed; what later runs may take away unasked, the brake says.
 * @throws DirectoryError also where the answer is not whole
 */
export async function runDirectory(
  provider: Pick<DirectoryProvider, 'open'>,
  context: DirectoryRunContext,
): Promise<DirectoryRunResult> {
  const { integration, dataverse, signal } = context;
  const settings = directorySettings.parse(integration.settings);
  const { groups: mappings, brakePercent } = settings;
  const opened = await provider.open(integration.id, settings, directorySecrets.parse(integration.secrets));
  const session = await opened.signIn();
  const answer = await readDirectory(session, {
    settings,
    groupDns: mappings.map(({ groupDn }) => groupDn),
    now: context.now(),
  }).finally(() => session.close());
  if (!answer.isWhole) throw new DirectoryError(incomplete[answer.reason], 'The directory answered in part only.');
  signal.throwIfAborted();
  await context.progress(0, answer.people.length);

  const teams = await readTeams(dataverse, [...new Set(mappings.map(({ teamId }) => teamId))]);
  const stored = await readStoredPeople(dataverse, integration.id);
  const confirmed = confirmedWishes(context.confirmed);
  const isDryRun = context.mode === 'dry-run';
  if (!isDryRun && stored.length === 0 && confirmed === null)
    throw new DirectoryError('needs-dry-run', 'No dry run has been confirmed.');
  const plan = planDirectory({
    answer,
    users: await readUsers(dataverse),
    teams,
    mappings,
    stored,
    confirmed: confirmed ?? new Set(),
    brakePercent,
    administratorRoles: await readAdministratorRoles(dataverse),
  });
  if (plan.refused !== null) throw new DirectoryError(incomplete[plan.refused], 'The directory shows nobody.');

  const { count: failed, why: refused } = leftOut(plan, teams);
  const removed = plan.actions.filter(({ kind }) => kind === 'remove-member').length;
  const changed = plan.actions.length - removed;
  const counts = { processed: answer.people.length, changed, removed, failed };
  if (isDryRun) {
    const namesOf = (ids: readonly string[]) => readUserNames(dataverse, ids);
    return { counts, preview: await showPlan({ plan, people: answer.people, teams, namesOf }), refused };
  }
  await applyDirectory(plan.actions, {
    dataverse,
    integrationId: integration.id,
    now: context.now(),
    after: async (done) => {
      signal.throwIfAborted();
      await context.progress(done, plan.actions.length);
    },
  });
  return { counts, preview: null, refused };
}

/** What runs of directories do, for the engine of runs. */
export const directoryRunner = (provider: Pick<DirectoryProvider, 'open'>) => ({
  code: 'ad' as const,
  run: (context: DirectoryRunContext): Promise<DirectoryRunResult> => runDirectory(provider, context),
});
