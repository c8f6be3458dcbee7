import { z } from 'zod';
import type { GivenTokens } from './atlassian-server';

/** What is stored, encrypted for its person and site, of somebody who has signed in with Atlassian. */
export interface StoredSignIn extends GivenTokens {
  /** Of the site, as api.atlassian.com names it. */
  readonly cloudId: string;
}

const shape = z.object({
  kind: z.literal('atlassian'),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresAt: z.iso.datetime(),
  cloudId: z.guid(),
});

export const signInText = ({ accessToken, refreshToken, expiresAt, cloudId }: StoredSignIn): string =>
  JSON.stringify({ kind: 'atlassian', accessToken, refreshToken, expiresAt, cloudId });

/** null: it is something else, such as the API token that the connection had before. */
export function readSignIn(text: string): StoredSignIn | null {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
