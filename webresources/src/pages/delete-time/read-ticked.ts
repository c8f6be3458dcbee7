import { flagOf, variableQuery } from '../platform/environment-variable';

const TICKED = 'crmjira_DeleteWorklogWithRecord';

/** Of people who may not read settings the worklog stays, as by the default. */
export async function readTicked(): Promise<boolean> {
  try {
    const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
      'environmentvariabledefinition',
      variableQuery(TICKED),
    );
    return flagOf(entities, TICKED);
  } catch (error) {
    console.error('Whether the tick is set at first could not be read.', error);
    return false;
  }
}
