/** The address when it is one a browser may open: http or https; null for anything else, such as `javascript:`. */
export function safeUrl(address: string | null): string | null {
  if (address === null) return null;
  try {
    const { protocol, href } = new URL(address);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}
