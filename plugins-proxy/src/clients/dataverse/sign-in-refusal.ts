import { entryOf } from '@crmjira/domain';
/**
 * What to look at, by the number that Entra gives its refusal. Source: learn.microsoft.com, "Microsoft Entra authentication and
 * authorization error codes".
 */
const remedies: Readonly<Record<string, string>> = {
  AADSTS7000215:
    'The client secret is wrong: DATAVERSE_CLIENT_SECRET takes the value of the secret, which is shown once, not its id.',
  AADSTS7000222: 'The client secret has ended: make a new one and store it as DATAVERSE_CLIENT_SECRET.',
  AADSTS7000112: 'The application is switched off in Entra: an administrator there enables it.',
  AADSTS700016:
    'The tenant does not know the application: check DATAVERSE_CLIENT_ID (application id, not object id) and DATAVERSE_TENANT_ID.',
  AADSTS90002: 'There is no such tenant: check DATAVERSE_TENANT_ID.',
  AADSTS500011:
    'The tenant does not know the environment: check DATAVERSE_URL, and that DATAVERSE_TENANT_ID is the tenant that it belongs to.',
  AADSTS53003: 'Conditional access forbids the sign-in from here: an administrator of Entra lets this service through.',
};

/** What an administrator does about a sign-in that was refused. Pure. @param code e.g. `AADSTS7000215`; undefined: none was given */
export function signInRemedy(code: string | undefined): string {
  return (
    (code === undefined ? undefined : entryOf(remedies, code)) ??
    'Check DATAVERSE_CLIENT_ID, DATAVERSE_CLIENT_SECRET and DATAVERSE_TENANT_ID.'
  );
}
