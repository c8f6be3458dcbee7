import { notificationAdapters, notificationEvents } from '@crmjira/domain';
import { z } from 'zod';
import { addressUpTo, serviceUrl } from '../web-service/service-settings';

/** Settings of one target of notifications (R-2024, R-2027), as `crmjira_config` holds them. */
export const notificationSettings = z.strictObject({
  adapter: z.enum(notificationAdapters).default('teams'),
  /** Where its address leads, and nothing more of it: the rest is the token. Empty: not entered yet, as in a draft. */
  url: serviceUrl.refine((url) => new URL(url).origin === url, 'scheme and host alone').or(z.literal('')),
  events: z
    .array(z.enum(notificationEvents))
    .max(notificationEvents.length)
    .refine((events) => new Set(events).size === events.length, 'each once')
    .default([]),
  language: z.literal([1033, 3084]).default(1033),
});
export type NotificationSettings = Readonly<z.output<typeof notificationSettings>>;

/** A signing secret of Standard Webhooks: 24 to 64 bytes in base64. */
const signingSecret = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

export const notificationSecrets = z
  .strictObject({
    /** As the product shows it. Whoever knows it can post there. */
    address: addressUpTo(2000).meta({ writeOnly: true }),
    /** Of a custom webhook. */
    signing: z.string().regex(signingSecret).meta({ writeOnly: true }),
  })
  .partial();
export type NotificationSecrets = Readonly<z.output<typeof notificationSecrets>>;
