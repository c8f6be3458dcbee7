import {
  type ExplainAnswer,
  failureSentence,
  failureText,
  faultOf,
  faultOfRow,
  type Language,
  remedyOf,
  silentText,
  standingOf,
} from '@crmjira/domain';
import type { QueuedJob } from '../queue/store/store';
import type { Explanation } from './explain';

/** What somebody may see of a record that they may read. */
export interface Sight {
  /** All further records that the explanation is of. */
  readonly parts: boolean;
  /** Secured columns of the record. */
  readonly columns: ReadonlySet<string> | 'all';
}

/** The service asks, or an operator at the command line. */
export const seesAll: Sight = { parts: true, columns: 'all' };

const unworded: Readonly<Record<Language, string>> = {
  1033: 'An administrator finds the reason in the integration log.',
  3084: 'Un administrateur trouve la raison dans le journal d’intégration.',
};

/** A failure as somebody may read it who may not see what it is of: without the words of the other side. */
const withoutWords = (code: string | null, language: Language): string =>
  failureText(code, language) ?? unworded[language];

function troubleFor({ trouble }: Explanation, isWhole: boolean, language: Language): ExplainAnswer['trouble'] {
  if (trouble === null) return null;
  const { error, silent } = trouble;
  if (error !== null) {
    const { code, status, message, isOfRow } = error;
    const says = isWhole ? failureSentence(code, message, language) : withoutWords(code, language);
    const remedy = (isOfRow ? faultOfRow : faultOf)(code, status)?.remedy[language] ?? null;
    return { code, says, remedy, silent: null };
  }
  if (silent === null) return null;
  const code = silent.side === 'jira' ? 'jira-unavailable' : 'dataverse-unavailable';
  return { code, says: silentText(silent, language), remedy: remedyOf(code, undefined, language), silent };
}

const runOf = ({ state, running: isRunning, at, attempts }: QueuedJob): ExplainAnswer['run'] => ({
  state,
  isRunning,
  at: new Date(at).toISOString(),
  attempts,
});

/** An explanation as one person may read it, in their language. Pure. */
export function explainedFor(explanation: Explanation, sight: Sight, language: Language): ExplainAnswer {
  const { kind, isKnown, steps, lastFailure: failure, job } = explanation;
  const sees = (column: string | undefined): boolean =>
    sight.parts && (column === undefined || sight.columns === 'all' || sight.columns.has(column));
  const fields = explanation.fields.filter(({ column }) => sees(column));
  const isWhole = fields.length === explanation.fields.length && sees(failure?.column);
  const run = job && runOf(job);
  return {
    kind,
    standing: standingOf({
      isKnown,
      fields: explanation.fields,
      steps: steps?.length ?? 0,
      hasTrouble: explanation.trouble !== null,
      lastFailure: failure,
      run,
    }),
    fields: fields.map(({ column: _column, ...field }) => field),
    hidden: explanation.fields.length - fields.length,
    steps,
    trouble: troubleFor(explanation, isWhole, language),
    lastFailure: failure && {
      code: failure.code,
      says: sees(failure.column) ? failure.says : withoutWords(failure.code, language),
      remedy: failure.code === null ? null : remedyOf(failure.code, undefined, language),
      since: failure.since,
      nextRetryOn: failure.nextRetryOn,
    },
    run,
  };
}
