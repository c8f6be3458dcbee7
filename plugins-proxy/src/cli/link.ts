import {
  CommandType,
  LINK_REASONS,
  type LinkProposal,
  type LinkReason,
  proposeLinks,
  siteIdText,
} from '@crmjira/domain';
import { InvalidArgumentError, Option } from 'commander';
import { readUnlinked } from '../capabilities/budget/link/read-unlinked';
import { readUnmappedProjects } from '../capabilities/budget/link/read-unmapped-projects';
import { type AddCommand, recordId, type Outcome } from './command';
import { exitCodes } from './exit-codes';
import { type Each, forEachOpportunity } from './for-each-opportunity';
import { type Answer, giveCommand } from './give-command';
import { requireOn } from './require-on';
import { connectionsOf, type Session, withSession } from './session';
import type { Terminal } from './terminal';
import { workersNow } from './workers-now';

interface LinkOptions {
  readonly propose: boolean;
  readonly dryRun: boolean;
  readonly by: readonly LinkReason[];
  readonly opportunity?: string;
  readonly project?: string;
}

const defaultReasons: readonly LinkReason[] = ['ownership', 'field', 'key'];

function reasons(value: string): readonly LinkReason[] {
  return value.split(',').map((word) => {
    const reason = LINK_REASONS.find((known) => known === word.trim());
    if (reason === undefined) throw new InvalidArgumentError(`Expected some of ${LINK_REASONS.join(', ')}.`);
    return reason;
  });
}

/** Why a proposal is not linked by itself; null when it is. */
function openQuestion(proposal: LinkProposal, accepted: readonly LinkReason[]): string | null {
  if (proposal.ambiguous) return 'others fit as well: link one with --opportunity and --project';
  return accepted.includes(proposal.reason) ? null : `accept with --by ${proposal.reason}`;
}

function rowText(proposal: LinkProposal, accepted: readonly LinkReason[], connection: string | null): string {
  const { projectKey, projectName, opportunityId: id, opportunityName, reason } = proposal;
  const note = openQuestion(proposal, accepted);
  const row = `${projectKey.padEnd(10)}  ${reason.padEnd(9)}  ${id}  "${projectName}" = "${opportunityName}"${connection === null ? '' : `  at ${connection}`}`;
  return note === null ? row : `${row}  (${note})`;
}

function linkOne(session: Session, id: string, project: string): Promise<Answer> {
  return giveCommand(session, id, { type: CommandType.LinkProject, argument: project });
}

async function propose(session: Session, terminal: Terminal, options: LinkOptions): Promise<Outcome> {
  await requireOn(session, 'budget');
  const { dataverse, jira, environmentSettings } = session;
  const connections = await connectionsOf(session);
  const [{ opportunities, mappedProjects }, { fieldIds }] = await Promise.all([
    readUnlinked(dataverse, jira.first.id),
    environmentSettings.settings(),
  ]);
  const projects = await Promise.all(
    connections.map((connection) =>
      readUnmappedProjects(
        connection,
        () => connection.fields(connection.config?.fieldIds ?? fieldIds),
        mappedProjects,
      ),
    ),
  );
  const nameOf = (id: string): string | null =>
    connections.length === 1 ? null : (connections.find((connection) => connection.id === id)?.name ?? id);
  const proposals = proposeLinks(opportunities, projects.flat());
  const certain = proposals.filter((proposal) => openQuestion(proposal, options.by) === null);
  const table = proposals.map((proposal) => rowText(proposal, options.by, nameOf(proposal.connectionId)));
  const summary = { proposed: proposals.length, linked: 0, refused: 0 };
  if (options.dryRun)
    return {
      exitCode: proposals.length > 0 ? exitCodes.differences : exitCodes.done,
      json: { dryRun: true, summary, proposals },
      lines: [...table, `${proposals.length} proposed, ${certain.length} of them would be linked; nothing was written`],
    };
  const projectOf = new Map(
    certain.map((proposal) => [proposal.opportunityId, siteIdText(proposal.connectionId, proposal.projectId)]),
  );
  const answers: readonly Each<Answer>[] = await forEachOpportunity(
    terminal,
    [...projectOf.keys()],
    await workersNow(session),
    (id) => linkOne(session, id, projectOf.get(id) ?? ''),
  );
  const linked = answers.filter(({ result }) => result?.done === true).length;
  const says = answers.map((each) => `${each.opportunityId}  ${each.error?.message ?? each.result?.says ?? ''}`);
  return {
    exitCode: linked < answers.length ? exitCodes.failed : exitCodes.done,
    json: {
      dryRun: false,
      summary: { ...summary, linked, refused: answers.length - linked },
      proposals,
      opportunities: answers,
    },
    lines: [...table, ...says, `${proposals.length} proposed, ${linked} linked, ${answers.length - linked} not linked`],
  };
}

async function linkNamed(session: Session, id: string, project: string): Promise<Outcome> {
  const { connection, isConnectionNamed } = session;
  const isBare = isConnectionNamed && !project.includes('/');
  const answer = await linkOne(session, id, isBare ? siteIdText(connection.id, project) : project);
  return { exitCode: answer.done ? exitCodes.done : exitCodes.failed, json: answer, lines: [answer.says] };
}

/** `crmjira link`: opportunities to Jira projects that exist already (R-2303). */
export const addLink: AddCommand = (program, run) => {
  const command = program
    .command('link')
    .summary('link opportunities to Jira projects that exist already')
    .description(
      'With --propose: list which open opportunity fits which project, by ownership property, custom field, key or name, and link those that are certain. Start with --dry-run, which writes nothing. Thresholds crossed before are not mailed; the history is back-filled from the worklogs and marked as estimated.',
    )
    .option('--propose', 'find the pairs', false)
    .option('--dry-run', 'only list what would be linked', false)
    .addOption(
      new Option('--by <reasons>', `what is certain enough to link: some of ${LINK_REASONS.join(', ')}`)
        .argParser(reasons)
        .default(defaultReasons, defaultReasons.join(',')),
    )
    .addOption(new Option('--opportunity <id>', 'link this opportunity (GUID)').argParser(recordId))
    .option('--project <key>', 'to the project of this key, id or web address');
  run<LinkOptions>(command, (terminal, options) => {
    const { opportunity, project } = options;
    if (options.propose) return withSession(terminal, (session) => propose(session, terminal, options));
    if (opportunity === undefined || project === undefined)
      return command.error('error: give --propose, or --opportunity <id> and --project <key>', {
        code: 'crmjira.missingTarget',
      });
    return withSession(terminal, (session) => linkNamed(session, opportunity, project));
  });
};
