import { IntegrationStatus } from '@crmjira/domain';
import { InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../platform/config/read-config';
import type { ArchivedRow, ArchiveSearch } from '../operations/retention/archive/archive';
import { connectRemover } from '../operations/retention/connect-remover';
import { readRetentionPolicy } from '../operations/retention/read-retention-policy';
import { restoreRows } from '../operations/retention/restore-rows';
import { type RetentionResult, runRetention } from '../operations/retention/run-retention';
import { type AddCommand, instant } from './command';
import { exitCodes } from './exit-codes';
import { requireConsent, yesOption } from './require-consent';
import { withSession } from './session';
import { withArchive } from './with-archive';
import { NoStore, StoreInUse, withStore } from './with-store';

const logTable = 'crmjira_integration_log';
/** Archived rows told of or brought back at one time. */
const most = 1_000;

function status(value: string): number {
  const [, found] =
    Object.entries(IntegrationStatus).find(([name]) => name.toLowerCase() === value.toLowerCase()) ?? [];
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`Expected one of ${Object.keys(IntegrationStatus).join(', ')}.`);
}

interface SearchOptions {
  readonly correlationId?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly status?: number;
}

const searchOptions = (): readonly Option[] => [
  new Option('--correlation-id <id>', 'as it stands in a log row, a log line or an e-mail'),
  new Option('--since <instant>', 'ISO 8601 with offset, or a UTC day').argParser(instant),
  new Option('--until <instant>', 'before this moment').argParser(instant),
  new Option('--status <status>', 'Pending, Success, Failed or Retry').argParser(status),
];

const toSearch = ({ correlationId, since, until, status: wanted }: SearchOptions): ArchiveSearch => ({
  table: logTable,
  limit: most,
  ...(correlationId === undefined ? {} : { correlationId }),
  ...(since === undefined ? {} : { from: since.getTime() }),
  ...(until === undefined ? {} : { to: until.getTime() }),
  ...(wanted === undefined ? {} : { status: wanted }),
});

const toJson = ({ since, archivedOn, removedOn, restoredOn, ...row }: ArchivedRow) => {
  const text = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    ...row,
    since: text(since),
    archivedOn: text(archivedOn),
    removedOn: text(removedOn),
    restoredOn: text(restoredOn),
  };
};

function rowLine(row: ArchivedRow): string {
  const name = Object.entries(IntegrationStatus).find(([, value]) => value === row.status)?.[0] ?? '';
  const message = row.columns['crmjira_error_message'];
  const words = typeof message === 'string' ? `  ${message}` : '';
  return `${new Date(row.since).toISOString()}  ${name.padEnd(7)}  ${row.id}  ${row.correlationId ?? ''}${words}`;
}

function resultLine({ what, before, archived, deleted, purged, due, atLeast, error }: RetentionResult): string {
  const left = due === null ? 'not counted' : `${due}${atLeast ? ' or more' : ''} past their time still there`;
  const done = `${archived} archived, ${deleted} removed, ${purged} purged, ${left}`;
  return `${what.padEnd(25)} before ${before.slice(0, 10)}: ${error === null ? done : `failed: ${error}`}`;
}

const toBeDone = (results: readonly RetentionResult[]): readonly string[] => [
  'This would be done:',
  ...results.map(resultLine),
];

/** `crmjira retention`: archive, remove, purge in the legal order; search and restore what is archived (R-1107, R-1509). */
export const addRetention: AddCommand = (program, run) => {
  const group = program
    .command('retention')
    .summary('archive what has passed its time; search it and bring it back')
    .description(
      'Log rows stay 90 days in Dataverse, business records are active for 12 months; the archive keeps both for 7 years.',
    );

  const work = group
    .command('run')
    .description('archive what is due, remove from Dataverse what is archived, purge what is older than 7 years')
    .option('--dry-run', 'only say what would be done', false)
    .addOption(yesOption());
  run<{ readonly dryRun: boolean; readonly yes: boolean }>(work, (terminal, { dryRun, yes }) =>
    withSession(terminal, ({ config, dataverse, logger }) =>
      withArchive(config.archive, async (archive) => {
        const policy = await readRetentionPolicy(dataverse);
        const context = {
          dataverse,
          archive,
          remover: connectRemover(config),
          policy,
          now: terminal.now,
          logger,
          dryRun,
        };
        const preview = async (): Promise<readonly string[]> =>
          toBeDone(await runRetention({ ...context, store: null, dryRun: true }));
        if (!dryRun) await requireConsent(terminal, { yes }, preview);
        const results = await withStore(config.store, (store) => runRetention({ ...context, store })).catch(
          (error: unknown) => {
            // The running service forgets its old deliveries itself, every hour; where none has run there are none.
            if (error instanceof StoreInUse || error instanceof NoStore)
              return runRetention({ ...context, store: null });
            throw error;
          },
        );
        return {
          exitCode: results.some(({ error }) => error !== null) ? exitCodes.failed : exitCodes.done,
          json: { dryRun, policy, results },
          lines: dryRun ? ['Nothing is written.', ...toBeDone(results)] : results.map(resultLine),
        };
      }),
    ),
  );

  const search = group.command('search').description('list archived log rows by correlation id, date and status');
  searchOptions().forEach((option) => search.addOption(option));
  run<SearchOptions>(search, async (terminal, options) => {
    const { archive: config } = readConfig(terminal.environment);
    const rows = await withArchive(config, (archive) => archive.search(toSearch(options)));
    return {
      exitCode: exitCodes.done,
      json: { rows: rows.map(toJson) },
      lines: [...rows.map(rowLine), `${rows.length} found${rows.length === most ? ', and perhaps more' : ''}`],
    };
  });

  const restore = group
    .command('restore')
    .description('bring archived log rows back into Dataverse for another 90 days');
  searchOptions().forEach((option) => restore.addOption(option));
  run<SearchOptions>(restore, (terminal, options) => {
    if (Object.values(toSearch(options)).length <= 2)
      restore.error('error: say which by --correlation-id, --since, --until or --status', {
        code: 'crmjira.missingTarget',
      });
    return withSession(terminal, ({ config, dataverse }) =>
      withArchive(config.archive, async (archive) => {
        const rows = await archive.search(toSearch(options));
        const restored = await restoreRows({ dataverse, archive, now: terminal.now }, rows);
        return {
          exitCode: exitCodes.done,
          json: { restored },
          lines: [...restored, `${restored.length} stand in Dataverse again`],
        };
      }),
    );
  });

  const records = group.command('records').description('list what has been archived and purged, with its records');
  run<object>(records, async (terminal) => {
    const { archive: config } = readConfig(terminal.environment);
    const [counts, purges] = await withArchive(config, (archive) =>
      Promise.all([archive.counts(), archive.records('purge', 0, terminal.now().getTime() + 1)]),
    );
    return {
      exitCode: exitCodes.done,
      json: {
        archived: counts,
        purges: purges.map(({ at, content }) => ({ at: new Date(at).toISOString(), content })),
      },
      lines: [
        ...counts.map(({ table, rows }) => `${table.padEnd(25)} ${rows} archived`),
        ...purges.map(({ at, content }) => `purged ${new Date(at).toISOString()}  ${JSON.stringify(content)}`),
        `${purges.length} purges`,
      ],
    };
  });
};
