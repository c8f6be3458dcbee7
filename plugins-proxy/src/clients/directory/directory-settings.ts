import { z } from 'zod';

const name = z.string().trim().min(1).max(1000);

/**
 * Settings of one directory (R-1604). A sign-in without a password counts as anonymous for the directory, and succeeds: there is always one.
 * Without TLS the password would be readable on its way: port 389 only with StartTLS (R-1605).
 */
export const directorySettings = z.strictObject({
  host: z
    .string()
    .trim()
    .regex(/^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45})$/iu)
    .meta({ title: 'Server' }),
  port: z.int().min(1).max(65_535).default(636).meta({ title: 'Port' }),
  protection: z.enum(['ldaps', 'start-tls']).default('ldaps').meta({ title: 'Protection' }),
  bindDn: name.meta({ title: 'Bind DN', writeOnly: true }),
  baseDn: name.meta({ title: 'Base DN' }),
  userSearch: name.meta({ title: 'User search' }),
  groupSearch: name.meta({ title: 'Group search' }),
  leaveOut: z
    .string()
    .trim()
    .max(2000)
    .regex(/^\(.*\)$/su)
    .optional()
    .meta({ title: 'Leave out' }),
});

/** Settings of one directory, checked. */
export type DirectorySettings = z.output<typeof directorySettings>;
