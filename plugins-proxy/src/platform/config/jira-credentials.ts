import type { z } from 'zod';
import type { configSchema } from './config-schema';
import type { ConfigurationProblem } from './invalid-configuration';

/**
 * How the service signs in to Jira, one kind a connection (R-915): Cloud by e-mail and API token, Data Center by personal access
 * token, a Server too old for those by user and password.
 */
export type JiraCredentials =
  | { readonly kind: 'basic'; readonly email: string; readonly apiToken: string }
  | BearerToken
  | { readonly kind: 'password'; readonly user: string; readonly password: string };

/** The kind that Tempo has too. */
export interface BearerToken {
  readonly kind: 'bearer';
  readonly pat: string;
}

/** What the credentials say about the site until it has told of itself. */
export interface JiraSignIn {
  readonly credentials: JiraCredentials;
  readonly deployment: 'cloud' | 'dc';
}

/** What the sign-in is chosen by. */
export const signInVariables = {
  JIRA_DEPLOYMENT: true,
  JIRA_CREDENTIAL_FALLBACK: true,
  JIRA_EMAIL: true,
  JIRA_API_TOKEN: true,
  JIRA_PAT: true,
  JIRA_USER: true,
  JIRA_PASSWORD: true,
} as const;

type Variables = Pick<z.output<typeof configSchema>, keyof typeof signInVariables>;
type Name = 'JIRA_EMAIL' | 'JIRA_API_TOKEN' | 'JIRA_PAT' | 'JIRA_USER' | 'JIRA_PASSWORD';

/** The variables of each kind, and what they are called in a sentence. */
const kinds = {
  cloud: {
    JIRA_EMAIL: 'the e-mail address of the service account',
    JIRA_API_TOKEN: 'an API token',
  },
  dc: { JIRA_PAT: 'a personal access token' },
  server: { JIRA_USER: 'the name of the service account', JIRA_PASSWORD: 'its password' },
} as const satisfies Record<string, Partial<Record<Name, string>>>;
type Kind = keyof typeof kinds;
// Object.keys forgets the names that the literal has.
const allKinds = Object.keys(kinds) as Kind[];

const namesOf = (kind: Kind): Name[] => Object.keys(kinds[kind]) as Name[];

function chosenKind(values: Variables): Kind {
  if (values.JIRA_DEPLOYMENT !== 'auto') return values.JIRA_DEPLOYMENT;
  return allKinds.find((kind) => namesOf(kind).some((name) => values[name] !== undefined)) ?? 'cloud';
}

/** The credentials of the one kind that is set; more than one kind, or one that does not go with JIRA_DEPLOYMENT, is refused by name. */
export function jiraSignIn(values: Variables, problems: ConfigurationProblem[]): JiraSignIn {
  const chosen = chosenKind(values);
  const why = values.JIRA_DEPLOYMENT === 'auto' ? `${namesOf(chosen).join(' and ')} belong together` : null;
  // As above.
  for (const [name, what] of Object.entries(kinds[chosen]) as [Name, string][])
    if (values[name] === undefined)
      problems.push({
        variable: name,
        expected: `${what}, as ${why ?? `JIRA_DEPLOYMENT is ${chosen}`}`,
        received: 'nothing',
      });
  // User and password may stand beside a token where they are to follow it (R-1404).
  const besides = values.JIRA_CREDENTIAL_FALLBACK && chosen === 'dc' ? 'server' : chosen;
  const others = allKinds.filter((kind) => kind !== chosen && kind !== besides).flatMap(namesOf);
  for (const name of others.filter((other) => values[other] !== undefined))
    problems.push({
      variable: name,
      expected: `nothing: one kind of credential a connection, and ${namesOf(chosen).join(' and ')} ${namesOf(chosen).length === 1 ? 'is' : 'are'} this one's`,
      received: 'a value',
    });
  const { JIRA_EMAIL: email = '', JIRA_API_TOKEN: apiToken = '', JIRA_PAT: pat = '' } = values;
  if (chosen === 'cloud') return { credentials: { kind: 'basic', email, apiToken }, deployment: 'cloud' };
  if (chosen === 'dc') return { credentials: { kind: 'bearer', pat }, deployment: 'dc' };
  const { JIRA_USER: user = '', JIRA_PASSWORD: password = '' } = values;
  return { credentials: { kind: 'password', user, password }, deployment: 'dc' };
}

/** User and password that follow a refused personal access token on Data Center; null unless asked for (R-1404). */
export function jiraFallback(
  values: Variables,
  deployment: JiraSignIn['deployment'],
  problems: ConfigurationProblem[],
): JiraCredentials | null {
  if (!values.JIRA_CREDENTIAL_FALLBACK) return null;
  const { JIRA_USER: user, JIRA_PASSWORD: password } = values;
  if (deployment === 'cloud')
    problems.push({
      variable: 'JIRA_CREDENTIAL_FALLBACK',
      expected: 'false, as Jira Cloud takes API tokens only',
      received: '"true"',
    });
  else if (user === undefined || password === undefined)
    problems.push({
      variable: user === undefined ? 'JIRA_USER' : 'JIRA_PASSWORD',
      expected: 'user and password, as JIRA_CREDENTIAL_FALLBACK is true',
      received: 'nothing',
    });
  return { kind: 'password', user: user ?? '', password: password ?? '' };
}
