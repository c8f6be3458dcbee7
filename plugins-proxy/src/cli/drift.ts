import {
  CommandType,
  type DriftEnd,
  type DriftLine,
  type Money,
  RESOLUTION_SIDES,
  RESOLVABLE_FIELDS,
  type ResolutionSide,
  type ResolvableField,
  toDecimal,
} from '@crmjira/domain';
import { Option } from 'commander';
import { type Compared, compareOpportunity } from '../capabilities/budget/reconcile/compare-opportunity';
import { type AddCommand, recordId, type Outcome, parallel } from './command';
import { exitCodes } from './exit-codes';
import { giveCommand } from './give-command';
import { type Each, forEachOpportunity } from './for-each-opportunity';
import { createKnownOpportunities, type KnownOpportunities } from './known-opportunities';
import { wantedOpportunities } from './mapped-opportunities';
import { findOrphans, type Orphan } from './orphans';
import { requireKnown } from './require-known';
import { requireOn } from './require-on';
import { type Session, withSession } from './session';
import { workersNow } from './workers-now';

interface DriftOptions {
  readonly opportunity?: string;
  readonly take?: ResolutionSide;
  readonly field?: ResolvableField;
  readonly parallel?: number;
}

const endings: Readonly<Record<DriftEnd, string>> = {
  'takes-jira': 'the next sync takes Jira',
  'takes-crm': 'the next sync takes Dynamics',
  person: 'a person decides',
};

function lineText({ field, crm, jira, endedBy, since }: DriftLine): string {
  const when = since === null ? 'never in agreement yet' : `last in agreement ${since}`;
  return `  ${field.padEnd(9)}  Dynamics ${crm ?? '(nothing)'}  |  Jira ${jira ?? '(nothing)'}  |  ${when}; ${endings[endedBy]}`;
}

const differing = (lines: readonly DriftLine[]): readonly DriftLine[] => lines.filter((line) => line.differs);

function linesOf(each: Each<Compared>, heading: string): readonly string[] {
  if (each.error !== null) return [`${heading}  failed: ${each.error.message}`];
  const found = differing(each.result.lines);
  return found.length === 0 ? [] : [heading, ...found.map(lineText)];
}

const amountOf = (money: Money | null) =>
  money === null ? null : { amount: toDecimal(money), currency: money.currency };

/** Amounts as numbers with their currency beside the words. */
const lineJson = ({ amounts, ...line }: DriftLine) =>
  amounts === undefined ? line : { ...line, amounts: { crm: amountOf(amounts.crm), jira: amountOf(amounts.jira) } };

const eachJson = (each: Each<Compared>) =>
  each.result === null ? each : { ...each, result: { ...each.result, lines: each.result.lines.map(lineJson) } };

function outcomeOf(all: readonly Each<Compared>[], orphans: readonly Orphan[], known: KnownOpportunities): Outcome {
  const failed = all.filter(({ error }) => error !== null).length;
  const apart = all.filter(({ result }) => differing(result?.lines ?? []).length > 0).length + orphans.length;
  const compared = all.length + orphans.length;
  return {
    exitCode: failed > 0 ? exitCodes.failed : apart > 0 ? exitCodes.differences : exitCodes.done,
    json: { summary: { compared, differing: apart, failed }, opportunities: all.map(eachJson), orphans },
    lines: [
      ...all.flatMap((each) => linesOf(each, known.heading(each.opportunityId))),
      ...orphans.flatMap((orphan) => [
        `mapping ${orphan.mappingId}  ${orphan.projectKey}${orphan.connection === null ? '' : `  at ${orphan.connection}`}`,
        ...orphan.lines.map(lineText),
      ]),
      `${compared} compared: ${apart} with differences, ${failed} failed`,
    ],
  };
}

/** The same command as on the form: one field takes one side, answered in words. */
async function resolve(session: Session, id: string, argument: string): Promise<Outcome> {
  const answer = await giveCommand(session, id, { type: CommandType.ResolveDiscrepancy, argument });
  return { exitCode: answer.done ? exitCodes.done : exitCodes.failed, json: answer, lines: [answer.says] };
}

/** `crmjira drift`: what Dynamics and Jira say, field by field; nothing is written (R-1506). */
export const addDrift: AddCommand = (program, run) => {
  const command = program
    .command('drift')
    .summary('compare Dynamics and Jira field by field')
    .description(
      'Compare existence, key, approved amount, spent, remaining and status label of every linked opportunity, to the cent. Nothing is written, unless --take says which side of a field holds.',
    )
    .addOption(new Option('--opportunity <id>', 'only this opportunity (GUID)').argParser(recordId))
    .addOption(
      new Option('--take <side>', 'end a difference of --opportunity: this side of --field holds').choices(
        RESOLUTION_SIDES,
      ),
    )
    .addOption(new Option('--field <name>', 'field that --take is about').choices(RESOLVABLE_FIELDS))
    .option('--parallel <n>', 'opportunities at one time (default: WORKERS)', parallel);
  run<DriftOptions>(command, (terminal, options) => {
    const { opportunity, take, field } = options;
    if ((take ?? field) !== undefined) {
      if (opportunity === undefined || take === undefined || field === undefined)
        return command.error('error: --take needs --field and --opportunity', { code: 'crmjira.missingTarget' });
      return withSession(terminal, (session) => resolve(session, opportunity, `${field} ${take}`));
    }
    return withSession(terminal, async (session) => {
      await requireOn(session, 'budget');
      const ids = await wantedOpportunities(session, options);
      const known = createKnownOpportunities();
      const limit = options.parallel ?? (await workersNow(session));
      const all = await forEachOpportunity(terminal, ids, limit, (id) =>
        compareOpportunity(session.reconciler, {
          id,
          correlationId: session.correlationId,
          logger: session.logger,
          onFacts: ({ crm }) => {
            known.note(crm);
            requireKnown(crm);
          },
        }),
      );
      return outcomeOf(all, options.opportunity === undefined ? await findOrphans(session) : [], known);
    });
  });
};
