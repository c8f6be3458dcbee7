/** Whether a `Content-Type` is JSON by its media type; a parameter or another type that only mentions it is none (F-314). */
export function isJson(contentType: string | string[] | undefined): boolean {
  const [mediaType = ''] = String(contentType ?? '').split(';');
  return /^application\/(?:[\w.-]+\+)?json$/i.test(mediaType.trim());
}
