import type { Language } from '@crmjira/domain';
import type { integrationsLogsTexts } from '../../strings/generated/integrations-logs';
import type { Integration } from '../integrations/integration';
import type { AdminAct, Run } from '../integrations/run';
import {
  type IntegrationsSay,
  actionText,
  causeText,
  failureWords,
  targetText,
  triggerText,
} from '../integrations/run-words';
import type { CsvCell } from '../platform/csv';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';

export interface CsvWords {
  readonly say: Say<typeof integrationsLogsTexts>;
  readonly sayShared: IntegrationsSay;
  readonly format: PageFormat;
  readonly language: Language;
  readonly people: ReadonlyMap<string, string>;
}

const whoOf = (actorId: string | null, { people, sayShared }: CsvWords): string =>
  actorId === null ? sayShared('service') : (people.get(actorId) ?? '–');

type Rows = readonly (readonly CsvCell[])[];

/** Runs as a table for a spreadsheet. Pure. */
export function runRows(runs: readonly Run[], integrations: readonly Integration[], words: CsvWords): Rows {
  const { say, sayShared, format } = words;
  const names = new Map(integrations.map(({ id, name }) => [id, name]));
  const stamp = (instant: string | null): CsvCell => (instant === null ? null : format.stamp(instant));
  return [
    [
      ...[say('started'), say('finished'), sayShared('integration'), say('trigger'), say('by'), say('status')],
      ...[say('durationMs'), say('recordsHead'), say('failedHead'), say('cause'), say('what'), say('correlationHead')],
    ],
    ...runs.map((run): readonly CsvCell[] => [
      ...[stamp(run.startedOn), stamp(run.finishedOn), names.get(run.integrationId ?? '') ?? '–'],
      ...[triggerText(run.trigger, sayShared), whoOf(run.actorId, words), sayShared(run.status)],
      ...[run.durationMs, run.processed, run.failed],
      ...[run.cause === null ? null : causeText(run.cause, sayShared)],
      ...[failureWords(run, words.language)?.says ?? run.message, run.correlationId],
    ]),
  ];
}

/** What administrators did, as a table for a spreadsheet. Pure. */
export function actRows(acts: readonly AdminAct[], words: CsvWords): Rows {
  const { say, sayShared, format } = words;
  return [
    [say('when'), say('who'), say('action'), say('on'), say('beforeHash'), say('afterHash')],
    ...acts.map((act): readonly CsvCell[] => [
      ...[format.stamp(act.at), whoOf(act.actorId, words), actionText(act, sayShared)],
      ...[targetText(act, sayShared), act.before, act.after],
    ]),
  ];
}
