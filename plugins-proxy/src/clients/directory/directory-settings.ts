import { dnKey } from '@crmjira/domain';
import { FilterParser } from 'ldapts';
import { z } from 'zod';

const name = z.string().trim().max(1000);

/** Whether a text is a filter of LDAP. */
function isFilter(text: string): boolean {
  try {
    FilterParser.parseString(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a name is that of an entry or of one below it. */
const isWithin = (dn: string, base: string): boolean =>
  dnKey(dn) === dnKey(base) || dnKey(dn).endsWith(`,${dnKey(base)}`);

/**
 * Settings of one directory (R-1604). Without TLS the password would be readable on its way: port 389 only with StartTLS (R-1605).
 * Texts may still be empty: a draft is saved before everything is entered, and a test says what is lacking.
 */
export const directorySettings = z
  .strictObject({
    host: z
      .string()
      .trim()
      .regex(/^(?:|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45})$/iu)
      .meta({ title: 'Server' }),
    port: z.int().min(1).max(65_535).default(636).meta({ title: 'Port' }),
    protection: z.enum(['ldaps', 'start-tls']).default('ldaps').meta({ title: 'Protection' }),
    baseDn: name.meta({ title: 'Base DN' }),
    userSearch: name.meta({ title: 'User search' }),
    groupSearch: name.meta({ title: 'Group search' }),
    leaveOut: z
      .string()
      .trim()
      .max(2000)
      .refine((text) => text === '' || (/^\(.*\)$/su.test(text) && isFilter(text)), 'is not a filter of LDAP')
      .default('')
      .meta({ title: 'Leave out' }),
    /** Whose members which team has. A team may have several groups. */
    groups: z
      .array(z.strictObject({ groupDn: name.min(1), teamId: z.guid().transform((id) => id.toLowerCase()) }))
      .max(500)
      .default([])
      .meta({ title: 'Groups and teams' }),
    /** Percent of the mapped memberships that one run may take away unasked. */
    brakePercent: z.int().min(0).max(100).default(5).meta({ title: 'Brake' }),
  })
  .superRefine(({ port, protection, baseDn, userSearch, groupSearch }, context) => {
    const refuse = (path: string, code: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message, params: { code } });
    if (port === 389 && protection !== 'start-tls') refuse('port', 'needs-start-tls', 'is allowed with StartTLS only');
    if (port === 636 && protection !== 'ldaps') refuse('port', 'needs-ldaps', 'is the port of LDAPS');
    for (const [path, dn] of Object.entries({ userSearch, groupSearch }))
      if (dn !== '' && baseDn !== '' && !isWithin(dn, baseDn)) refuse(path, 'outside-base', 'is not below the base DN');
  });

/** Settings of one directory, checked. */
export type DirectorySettings = z.output<typeof directorySettings>;

/**
 * What of a directory is secret (R-1620). A sign-in without a password counts as anonymous for the directory, and succeeds: nobody signs
 * in with an empty one.
 */
export const directorySecrets = z.strictObject({
  bindDn: name.default('').meta({ title: 'Bind DN', writeOnly: true }),
  password: z.string().max(1000).default('').meta({ title: 'Password', writeOnly: true }),
});

/** What of a directory is secret, checked. */
export type DirectorySecrets = z.output<typeof directorySecrets>;
