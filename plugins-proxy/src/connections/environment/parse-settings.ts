import { DomainError, type KeyPattern, parseKeyPattern } from '@crmjira/domain';
import { findIana } from 'windows-iana';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { DailyClock } from '../../platform/daily-clock';

/** @throws IntegrationError saying what a variable must be */
export function refuseSetting(name: string, expected: string, value: string): never {
  throw new IntegrationError(`The environment variable ${name} must be ${expected}; it is "${value}".`, {
    code: 'environment-variable',
    errorClass: 'configuration',
  });
}

/** The variable's name for messages, and its value in this environment. */
interface Given {
  readonly name: string;
  readonly value: string;
}

/** IANA name of a zone that is named as Windows or IANA do; null when neither knows it. */
function ianaZone(name: string): string | null {
  const zone = findIana(name)[0] ?? name;
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** A time of day and the zone that it is meant in: `06:00`, `Eastern Standard Time`. @throws IntegrationError */
export function parseDailyClock(time: Given, zone: Given): DailyClock {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.value) ?? [];
  if (hour === undefined || minute === undefined)
    refuseSetting(time.name, 'a time between 00:00 and 23:59', time.value);
  const iana = ianaZone(zone.value);
  if (iana === null) refuseSetting(zone.name, 'a time zone like Eastern Standard Time or America/Toronto', zone.value);
  return { hour: Number(hour), minute: Number(minute), zone: iana };
}

const minuteMs = 60_000;
/** The poll that ends a run looks once a minute; a day later the next run begins. */
const shortestLimit = minuteMs;
const longestLimit = 24 * 60 * minuteMs;

/** A duration of ISO 8601 in hours, minutes and seconds, in milliseconds: `PT10M`. @throws IntegrationError */
export function parseSyncTimeout({ name, value }: Given): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(value) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * minuteMs + Number(seconds) * 1_000;
  return ms >= shortestLimit && ms <= longestLimit
    ? ms
    : refuseSetting(name, 'a duration between PT1M and PT24H, like PT10M', value);
}

/** A host, or `*.example.com` for every name below it; with a port, or 443. */
const hostPattern = /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/;

/** Hosts that may be called (R-1212), in lower case; null = nobody has listed them. @throws IntegrationError */
export function parseHosts({ name, value }: Given): readonly string[] | null {
  const hosts = value.split(',').flatMap((host) => (host.trim() === '' ? [] : [host.trim().toLowerCase()]));
  const wrong = hosts.find((host) => !hostPattern.test(host));
  if (wrong !== undefined)
    refuseSetting(name, 'names of hosts like jira.example.com or *.example.com, separated by commas', wrong);
  return hosts.length === 0 ? null : hosts;
}

/** Pattern of the project keys. @throws IntegrationError saying what is wrong with it */
export function parseProjectKeyPattern({ name, value }: Given): KeyPattern {
  try {
    return parseKeyPattern(value);
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    throw new IntegrationError(`The environment variable ${name} cannot be used: ${cause.message}`, {
      code: 'environment-variable',
      errorClass: 'configuration',
      cause,
    });
  }
}
