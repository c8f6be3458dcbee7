import type { ProviderCode } from './wire';

/**
 * Where the secrets of an integration go: a host and its port. They are sealed for it, and discarded when it changes.
 * Empty where the settings name none. Pure.
 */
export function placeOf(provider: ProviderCode, settings: Readonly<Record<string, unknown>>): string {
  const { url, host, port } = settings;
  if (provider !== 'ad') return typeof url === 'string' ? (URL.parse(url)?.host ?? '') : '';
  return typeof host === 'string' && host.trim() !== '' ? `${host.trim().toLowerCase()}:${Number(port ?? 636)}` : '';
}
