/** One version of a secret. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly createdOn: Date;
  readonly expiresOn: Date | null;
}

/** Versions by lower-case name, oldest first: names of secrets know no case. */
export type Secrets = Map<string, readonly SecretVersion[]>;

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);

/** A secret as the REST interface shows it. */
export function secretBundle(host: string, name: string, { version, value, createdOn, expiresOn }: SecretVersion) {
  return {
    value,
    contentType: 'text/plain',
    id: `https://${host}/secrets/${name}/${version}`,
    attributes: {
      enabled: true,
      ...(expiresOn === null ? {} : { exp: seconds(expiresOn) }),
      created: seconds(createdOn),
      updated: seconds(createdOn),
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: 90,
    },
  };
}
