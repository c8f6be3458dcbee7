import type { z } from 'zod';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { IssueCache } from './issue-cache';
import type { HttpClient } from '../../platform/http-client/http-client';
import type { Judgement } from './judge-deployment';
import type { MetadataCache } from './metadata-cache';
import type { OwnWrites } from './own-writes';
import type { ProjectCache } from './project-cache';
import type { JiraProfile } from './profile';
import { askSite } from './require-deployment';
import { myselfAnswer } from './wire/answers';
import type { WorklogCache } from './worklog-cache';

/** Whether an address is Jira's. */
export interface SiteIdentity {
  /** Asks now, whatever is remembered. @throws NotJira; IntegrationError when nothing answers */
  readonly ask: () => Promise<unknown>;
  /** Whether it has answered as Jira since this process began. */
  readonly hasAnswered: () => boolean;
}

/** One Jira site: how to reach it and in which dialect. */
export interface JiraSite {
  readonly http: HttpClient;
  readonly profile: JiraProfile;
  /** What is remembered of it; left out: nothing is. */
  readonly metadata?: MetadataCache;
  /** Refuses a site whose type or version does not go with the configuration; left out: any is worked with. */
  readonly requireDeployment?: () => Promise<Judgement>;
  /** Tells whether what answers here is Jira; left out: its answers are taken for Jira's. */
  readonly identity?: SiteIdentity;
  /** Worklogs of issues at rest; left out: every list is read each time. */
  readonly worklogs?: WorklogCache;
  /** Compares the remembered worklogs with Jira, if that is due; left out: nothing is remembered. */
  readonly recheckWorklogs?: () => Promise<void>;
  /** Issues of large projects; left out: every project is read whole each time. */
  readonly issues?: IssueCache;
  /** Milliseconds since 1970; left out: the machine's clock. */
  readonly now?: () => number;
  /** Projects as read a moment ago; left out: none is remembered. */
  readonly projects?: ProjectCache;
  /** Writes to root issues that Jira will tell of; left out: no delivery is taken for an echo of them. */
  readonly ownWrites?: OwnWrites;
  /** Address that people open, without a slash at its end. */
  readonly url: string;
  /** What names it, for a sentence about it; left out: JIRA_URL. */
  readonly urlSetting?: string;
}

export type Myself = z.output<typeof myselfAnswer>;

/**
 * Who the site takes us for. Wrong credentials may pass as an anonymous 200 elsewhere and make projects look deleted: this call
 * tells.
 * @throws IntegrationError `jira-credentials`; NotJira where the account is not known because nothing is
 */
export async function readMyself(site: JiraSite): Promise<Myself> {
  const myself = await site.http.find({ method: 'GET', path: `${site.profile.api}/myself`, schema: myselfAnswer });
  if (myself !== null && (myself.accountId ?? myself.name ?? '') !== '') return myself;
  if (myself === null) await askSite(site.http, site.urlSetting);
  throw new IntegrationError('Jira treats the integration account as anonymous: its token is wrong or has expired.', {
    code: 'jira-credentials',
    errorClass: 'configuration',
    status: 401,
  });
}

/** Who we are, as remembered: for what does not change when credentials do. */
export function rememberedMyself(site: JiraSite): Promise<Myself> {
  return site.metadata === undefined ? readMyself(site) : site.metadata.get('myself', () => readMyself(site));
}
