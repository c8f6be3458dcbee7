import { z } from 'zod';
import { isLoopback } from '../../platform/config/residency';
import { placeOf } from '../../platform/config/host-list';

const isPlain = ({ username, password, hash }: URL): boolean => [username, password, hash].every((part) => part === '');
const isProtected = (url: URL): boolean => url.protocol === 'https:' || isLoopback(placeOf(url).host);

/** Address of so many characters at most. What goes there is encrypted on its way, unless it goes nowhere (this machine). */
export const addressUpTo = (most: number) =>
  z
    .url({ protocol: /^https?$/, abort: true })
    .max(most)
    .refine((value) => isPlain(new URL(value)), 'without user, password and fragment')
    .refine((value) => isProtected(new URL(value)), 'an https address');

/** Address of a service. */
export const serviceUrl = addressUpTo(500);

/** What stands in an address is written into logs on its way: no secret may. */
export const withoutSecrets = (text: string): boolean => !text.includes('{secret:');

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/);
const headerValue = z
  .string()
  .max(1000)
  .regex(/^[\t\u0020-\u007e]*$/);

/** Headers that this service sets itself, or that would change how a request is framed. */
const ownHeaders = new Set([
  'authorization',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const reference = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:file:\/.+|keyvault:https:\/\/.+)$/u, 'file:/… or keyvault:https://…')
  .or(z.literal(''))
  .default('');

/** A value that is filled in at each run: an expression, a template. */
export const expression = z.string().max(2000);

/** What REST and SOAP services have in common. */
export const serviceSettings = {
  headers: z
    .array(
      z.strictObject({
        name: headerName.refine((name) => !ownHeaders.has(name.toLowerCase()), 'a header of its own setting'),
        /** Empty where it is secret: the value stands under `header:<name>`. */
        value: headerValue.default(''),
        isSecret: z.boolean().default(false),
      }),
    )
    .max(50)
    .default([]),
  /** Proves who calls: a certificate and its key, as PEM, in a file of the service's machine or in its vault. */
  certificate: reference,
  key: reference,
  /** Authorities of the service's own certificate, as PEM; empty: those of the platform. */
  authority: reference,
  timeoutSeconds: z.int().min(1).max(120).default(30),
  maxPages: z.int().min(1).max(1000).default(100),
} as const;

/** Name under which a secret stands: of a way of signing in, of a header, or of a `{secret:name}`. */
const secretName =
  /^(?:username|password|token|apiKey|clientSecret|header:[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}|secret:[A-Za-z0-9._-]{1,100})$/;

/** What may not be shown: one flat object, so that a page can replace one and keep the others (R-1620). */
export const serviceSecrets = z.record(
  z.string().regex(secretName),
  z.string().min(1).max(3000).meta({ writeOnly: true }),
);
export type ServiceSecrets = Readonly<z.output<typeof serviceSecrets>>;
