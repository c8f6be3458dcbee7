import { readFailure } from '@crmjira/form-data';
import { type MonthOfWork, monthsOfHistory, monthsOfPersons } from './allocation';
import { readAllocation, readHistory } from './read-allocation';

type WebApi = Pick<ComponentFramework.WebApi, 'retrieveMultipleRecords'>;

/** What is read of one mapping when it is opened. */
export interface Details {
  readonly months: readonly MonthOfWork[];
  /** whether the months name the persons */
  readonly named: boolean;
  /** whether this person may not see them: nobody can where the integration knows only sums */
  readonly refused: boolean;
}

/**
 * The persons behind the figures for those who may see them, else sums from the burn history. Who may is Dataverse's to say: the
 * client's knowledge only spares a question that would be refused, and a refusal leaves the sums (R-2304).
 */
export async function readDetails(webApi: WebApi, mappingId: string, maySeePersons: boolean): Promise<Details> {
  const [history, persons] = await Promise.all([
    readHistory(webApi, mappingId),
    maySeePersons ? readAllocation(webApi, mappingId).catch(nullIfForbidden) : null,
  ]);
  const named = persons !== null && persons.length > 0;
  return {
    months: named ? monthsOfPersons(persons) : monthsOfHistory(history),
    named,
    refused: persons === null,
  };
}

function nullIfForbidden(error: unknown): null {
  if (readFailure(error, false) !== 'forbidden') throw error;
  return null;
}
