import {
  AuthType,
  type ConnectionProblem,
  connectedText,
  connectionProblemText,
  refusalText,
  unconfirmedAccountText,
  whoseAccount,
} from '@crmjira/domain';
import { readNames } from '../../../connections/environment/read-people';
import type { AtlassianServer } from '../../../connections/personal/oauth/atlassian-server';
import type { Wish } from '../../../connections/personal/oauth/sealed-ticket';
import { signInText } from '../../../connections/personal/oauth/stored-sign-in';
import { personOf, readPersonalRow } from '../../../connections/personal/personal-rows';
import { problemOfCall } from '../../../connections/personal/test-person';
import { classifyError } from '../../../platform/errors/classify-error';
import { type ConnectionCommandParts, hostIn } from './connection-command';
import { storeConnection } from './store-connection';

type Parts = Pick<ConnectionCommandParts, 'dataverse' | 'keyring' | 'personal' | 'now'> & {
  readonly atlassian: Pick<AtlassianServer, 'redeem' | 'sites'>;
};

/** What became of a sign-in, in words. */
export interface FinishedSignIn {
  readonly ok: boolean;
  readonly text: string;
}

const isSame = (one: string, other: string): boolean => URL.parse(one)?.origin === new URL(other).origin;

/**
 * Ends a sign-in with Atlassian: exchanges the code, finds the site among those that the person has let the app reach, tests, and only
 * then stores (R-1802).
 */
export async function finishSignIn(parts: Parts, wish: Wish, code: string): Promise<FinishedSignIn> {
  const { atlassian, dataverse, personal } = parts;
  const { userId, connectionId: id, integrationId, inbound, language } = wish;
  const row = await readPersonalRow(dataverse, id);
  // Whoever asked for it was asked by Entra; the row may have changed hands since the command.
  if (row !== null && personOf(row) !== userId) return { ok: false, text: refusalText('owner', language) };
  const site = await personal.siteOf(integrationId);
  const named = { host: hostIn(site?.site.url ?? null), email: null };
  const failed = (problem: ConnectionProblem): FinishedSignIn => ({
    ok: false,
    text: connectionProblemText(problem === 'refused' ? 'sign-in-ended' : problem, named, true, language),
  });
  if (site === null) return failed('integration-off');
  try {
    const tokens = await atlassian.redeem(code);
    const reached = (await atlassian.sites(tokens.accessToken)).find(({ url }) => isSame(url, site.site.url));
    if (reached === undefined) return failed('site-not-allowed');
    const { cloudId } = reached;
    const test = await personal.trySignIn(site, cloudId, tokens.accessToken);
    if (test.problem !== null) return failed(test.problem);
    const names = await readNames(dataverse, userId);
    const isKept = row !== null && row.isActive && row.url === site.site.url;
    const whose = whoseAccount(test, { names, formerAccountId: isKept ? row.accountId : null });
    if (whose === 'another')
      return {
        ok: false,
        text: connectionProblemText('other-account', { ...named, email: names[0] ?? null }, true, language),
      };
    const isUnconfirmed = whose === 'unknown';
    await storeConnection(parts, {
      id,
      row,
      userId,
      site,
      authType: AuthType.OAuth203Lo,
      // Known only of an account that is the person's; without it nothing but the person makes it active.
      email: isUnconfirmed ? null : test.email,
      inbound,
      secret: signInText({ ...tokens, cloudId }),
      test,
      isUnconfirmed,
    });
    const who = test.displayName ?? '';
    const connected = connectedText(who, test.projects, false, language);
    return { ok: true, text: isUnconfirmed ? `${connected} ${unconfirmedAccountText(who, language)}` : connected };
  } catch (error) {
    return failed(problemOfCall(classifyError(error, 'Atlassian')));
  }
}
