import { AuthType, type ConnectionProblem, isConnectionProblem } from '@crmjira/domain';
import type { ChipView } from '@crmjira/form-data';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import type { myConnectionTexts } from '../../strings/generated/my-connection';

export type ConnectionSay = Say<typeof myConnectionTexts>;

/** A connection of the person at the page. */
export interface Connection {
  readonly id: string;
  readonly host: string;
  /** connection of the organization to the same Jira; null: none any more */
  readonly integrationId: string | null;
  readonly authType: AuthType | null;
  readonly email: string | null;
  readonly displayName: string | null;
  readonly isActive: boolean;
  readonly isInbound: boolean;
  readonly lastTest: {
    readonly on: string;
    readonly ok: boolean;
    readonly ms: number | null;
    readonly reason: ConnectionProblem | null;
  } | null;
}

/** A Jira of the organization, as the service tells of it. */
export interface Site {
  readonly integration: string;
  readonly name: string;
  readonly url: string;
  readonly deployment: 'cloud' | 'dc';
  /** people may sign in with Atlassian */
  readonly oauth: boolean;
}

/** What the last test says can be done: nothing, sign in again, wait, or read why. */
export type Health = 'working' | 'untested' | 'refused' | 'silent' | 'failing';

/** Only a new token or sign-in ends these. */
const ASK_FOR_SIGN_IN: readonly ConnectionProblem[] = [
  'refused',
  'sign-in-ended',
  'anonymous',
  'expired',
  'other-person',
  'secret-gone',
  'no-token',
];

/** Pure. */
export function healthOf({ lastTest }: Pick<Connection, 'lastTest'>): Health {
  if (lastTest === null) return 'untested';
  if (lastTest.ok) return 'working';
  if (lastTest.reason !== null && ASK_FOR_SIGN_IN.includes(lastTest.reason)) return 'refused';
  return lastTest.reason === 'unreachable' ? 'silent' : 'failing';
}

/** Checks of a test, in their order. */
export const STEPS = ['stepAnswers', 'stepJira', 'stepSignIn', 'stepWork'] as const;

/** At which of them a test stopped; a problem that is missing has nothing to do with any. */
const STOPPED_AT: Readonly<Partial<Record<ConnectionProblem, number>>> = {
  'unknown-host': 0,
  unreachable: 0,
  'not-allowed': 0,
  'rate-limit': 0,
  'wrong-product': 1,
  refused: 2,
  captcha: 2,
  anonymous: 2,
  expired: 2,
  'other-person': 2,
  'no-permission': 3,
};

/** Number of the check at which a test stopped; null: at none of them. Pure. */
export const stoppedAt = (problem: ConnectionProblem | null): number | null =>
  problem === null ? null : (STOPPED_AT[problem] ?? null);

const KINDS: Readonly<Partial<Record<AuthType, 'apiToken' | 'oauth' | 'pat'>>> = {
  [AuthType.ApiToken]: 'apiToken',
  [AuthType.OAuth203Lo]: 'oauth',
  [AuthType.PatBearer]: 'pat',
};

/** Way of signing in, in words. Pure. */
export const kindOf = (authType: AuthType | null): 'apiToken' | 'oauth' | 'pat' | 'otherKind' =>
  (authType === null ? undefined : KINDS[authType]) ?? 'otherKind';

/** Whether a token can be entered for it; the others are signed in to elsewhere. Pure. */
export const takesToken = (authType: AuthType | null): boolean =>
  authType === AuthType.ApiToken || authType === AuthType.PatBearer;

/** How the active connection is, beside the title. Pure. */
export function indicator(
  connections: readonly Connection[],
  say: ConnectionSay,
  format: PageFormat,
  now: string,
): ChipView {
  const active = connections.find(({ isActive }) => isActive);
  if (active === undefined) return { tone: 'neutral', icon: 'RemoveLinkX', text: say('indicatorNone') };
  switch (healthOf(active)) {
    case 'refused':
      return { tone: 'over', icon: 'Key', text: say('indicatorRefused') };
    case 'silent':
      return {
        tone: 'warn',
        icon: 'PlugDisconnected',
        text: say('indicatorSilent', { t: format.time(active.lastTest?.on ?? now, now) }),
      };
    case 'failing':
      return { tone: 'warn', icon: 'Warning', text: say('indicatorFailing') };
    default:
      return { tone: 'ok', icon: 'PlugConnected', text: say('indicatorOk', { h: active.host }) };
  }
}

/** What the service says of a connection, beside its sentence. */
export interface ConnectionAnswer {
  readonly reason: ConnectionProblem | null;
  readonly displayName: string | null;
  readonly projects: number | null;
}

const fieldOf = (answer: unknown, key: string): unknown =>
  typeof answer === 'object' && answer !== null ? Reflect.get(answer, key) : undefined;
const textOf = (answer: unknown, key: string): string | null => {
  const value = fieldOf(answer, key);
  return typeof value === 'string' ? value : null;
};

/** Pure. */
export function connectionAnswer(answer: unknown): ConnectionAnswer {
  const [reason, projects] = [textOf(answer, 'reason'), fieldOf(answer, 'projects')];
  return {
    reason: isConnectionProblem(reason) ? reason : null,
    displayName: textOf(answer, 'displayName'),
    projects: typeof projects === 'number' ? projects : null,
  };
}

/** Where the person signs in with Atlassian; null: the service has not said. Pure. */
export const signInAddress = (answer: unknown): string | null => textOf(answer, 'url');

/** Pure. */
export function sitesIn(answer: unknown): readonly Site[] {
  const sites = fieldOf(answer, 'sites');
  // the service's own document
  return Array.isArray(sites) ? (sites as readonly Site[]) : [];
}
