import type { Connections } from '../../capabilities/connect';
import type { JiraSite } from '../../clients/jira/jira-site';
import type { Config } from '../../platform/config/read-config';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';

/** Something that an administrator would otherwise make by hand, and how it stands. */
export type Finding = { readonly what: string; readonly says: string } & (
  | { readonly state: 'there' }
  /** `make` may leave something to a person, in words. */
  | { readonly state: 'missing'; readonly make: () => Promise<string | void> }
  | { readonly state: 'person' }
);

/** What the parts of the set-up look at and write to. */
export interface SetUpContext extends Pick<Connections, 'environmentSettings'> {
  readonly site: JiraSite;
  readonly config: Config;
  /** Of the account that may customize. */
  readonly dataverse: DataverseClient;
  /** Address of the sender queue, where it has to be made; null = nobody said. */
  readonly senderAddress: string | null;
}

/** One part of the set-up; it only looks. */
export type SetUpPart = (context: SetUpContext) => Promise<readonly Finding[]>;

export const there = (what: string, says: string): Finding => ({ what, says, state: 'there' });
export const person = (what: string, says: string): Finding => ({ what, says, state: 'person' });
