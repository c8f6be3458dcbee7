/** The sandbox never calls out: webhooks may be registered to listeners on this machine only. */
export function isLoopbackUrl(text: string): boolean {
  let url: URL;
  try {
    // variables stand in the path; they are no part of the host
    url = new URL(text.replace(/\$\{[a-z.]+\}/g, 'x'));
  } catch {
    return false;
  }
  const loopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
  return loopback && (url.protocol === 'http:' || url.protocol === 'https:');
}
