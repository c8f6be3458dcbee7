import { InvalidArgumentError, Option } from 'commander';
import { complianceReport, type ComplianceReport } from '../operations/maintenance/compliance/compliance-report';
import type { Known } from '../operations/maintenance/compliance/unknown';
import { connectRemover } from '../operations/retention/connect-remover';
import type { AddCommand } from './command';
import { agesOfSecrets } from './doctor/ages-of-service';
import { exitCodes } from './exit-codes';
import { withSession } from './session';
import { withArchive } from './with-archive';

function month(value: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return value;
  throw new InvalidArgumentError('Expected a month such as 2025-01.');
}

const told = <T>(part: Known<T>, tell: (value: T) => readonly string[]): readonly string[] =>
  part.known ? tell(part.value).map((line) => `  ${line}`) : [`  unknown: ${part.why}`];

function toLines(report: ComplianceReport): readonly string[] {
  const { residency, retention } = report;
  return [
    `Compliance report ${report.month}${report.partial ? ' (the month is not over)' : ''}`,
    'Roles',
    ...told(report.roles, (roles) =>
      roles.flatMap(({ role, users, applications, disabledUsers, teams, privileges }) => [
        `${role}: ${users.length} users, ${applications.length} applications, ${teams.length} teams, ${disabledUsers.length} disabled`,
        ...Object.entries(privileges).map(([table, rights]) => `  ${table}: ${rights}`),
      ]),
    ),
    'Access',
    ...told(report.access, (ways) =>
      Object.entries(ways).map(
        ([way, { reads, writes, refused }]) => `${way}: ${reads} reads, ${writes} writes, ${refused} refused`,
      ),
    ),
    'Sign-ins of users',
    ...told(report.userSignIns, () => []),
    'Transfers',
    ...told(report.transfers, (directions) =>
      Object.entries(directions).map(
        ([direction, { all, success, failed, pendingOrRetry }]) =>
          `${direction}: ${all}, ${success} with success, ${failed} failed, ${pendingOrRetry} pending or retried`,
      ),
    ),
    'Residency',
    `  allowed: ${residency.allowedRegions ?? 'not configured'}`,
    ...told(residency.dataverseGeography, ({ geography, inCanada }) => [
      `Dataverse: ${geography}, ${inCanada ? 'in Canada' : 'NOT in Canada'}`,
    ]),
    ...told(residency.hosting, () => []),
    'Secrets and certificates',
    ...told(report.credentials.daysLeft, (left) =>
      left.map(({ kind, of, days }) => `${kind} ${of}: ${days} days left`),
    ),
    ...told(report.credentials.ages, (ages) =>
      ages.map(({ name, days }) => `${name}: ${days === null ? 'age not known' : `changed ${days} days ago`}`),
    ),
    'Retention',
    ...retention.archived.map(({ table, rows }) => `  ${table}: ${rows} archived`),
    `  ${retention.runs} runs, ${retention.purges.length} purges in the month`,
    'Open findings',
    ...told(report.openFindings, (open) =>
      open.length === 0 ? ['none'] : open.map(({ item, on, says }) => `${on.slice(0, 10)} ${item}: ${says}`),
    ),
  ];
}

/** `crmjira compliance-report`: what an auditor asks for once a month (R-1222, R-1231). */
export const addComplianceReport: AddCommand = (program, run) => {
  const command = program
    .command('compliance-report')
    .summary('print the compliance report of a month')
    .description(
      'Roles and privileges, access, transfers, residency, secrets and certificates, retention and purges, open findings. What cannot be known here is said to be unknown. The report is kept in the archive.',
    )
    .addOption(new Option('--month <month>', 'such as 2025-01; UTC').argParser(month).makeOptionMandatory());
  run<{ readonly month: string }>(command, (terminal, options) => {
    if (options.month > terminal.now().toISOString().slice(0, 7))
      command.error(`error: ${options.month} has not begun`, { code: 'crmjira.futureMonth' });
    return withSession(terminal, (session) =>
      withArchive(session.config.archive, async (archive) => {
        const remover = connectRemover(session.config);
        const secretFacts = () => terminal.secretFacts;
        const known = await agesOfSecrets(session, terminal.secretFacts, terminal.now());
        const ages = () => known;
        const context = {
          ...session,
          archive,
          remover,
          secretFacts,
          ages,
          deadLetters: async () => 0,
          now: terminal.now,
        };
        const report = await complianceReport(context, options.month);
        const at = terminal.now().getTime();
        await archive.record({ kind: 'compliance-report', id: options.month, at, content: report });
        return { exitCode: exitCodes.done, json: report, lines: toLines(report) };
      }),
    );
  });
};
