/** Where the run keeps the address of the form host for the tests of a worker. */
export const formHostVariable = 'CRMJIRA_VISUAL_FORM_HOST';

/** Address of the one sandbox of the run, which set-up.ts has started. @throws Error when nobody has */
export function formHost(): string {
  const address = process.env[formHostVariable];
  if (address === undefined)
    throw new Error('No sandbox was started for the looks: run them with jest --selectProjects visual.');
  return address;
}
